import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './DataSection.module.css';

/** What is kept, where, and under which seal. */
export function DataSection() {
  const { t } = useText();
  const info = useQuery('app.info', {});
  return (
    <Panel title={t('settings.data.title')} hint={t('settings.data.description')}>
      <QueryView query={info} skeleton={<Skeleton lines={4} />}>
        {({ dataDir, version, host }) => (
          <DefinitionList
            items={[
              {
                term: t('settings.data.folder'),
                value:
                  dataDir === '' ? (
                    t('settings.data.memory')
                  ) : (
                    <span className={styles.folder}>
                      <Mono>{dataDir}</Mono>
                      <CopyButton text={dataDir} label={t('settings.data.copy')} />
                    </span>
                  ),
              },
              { term: t('settings.data.kept'), value: t('settings.data.keptBody') },
              { term: t('settings.data.sealed'), value: t('settings.data.sealedBody') },
              { term: t('settings.data.version'), value: version },
              { term: t('settings.data.host'), value: t(`settings.data.hosts.${host}`) },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}
