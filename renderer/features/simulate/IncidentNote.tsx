import type { Incident } from '../../../shared/domain/incident.ts';
import { useText } from '../../state/text.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import styles from './IncidentNote.module.css';

/** What happened, at which size, and who says so. */
export function IncidentNote({ incident }: { readonly incident: Incident }) {
  const { t } = useText();
  const { what, recorded, status, sources } = incident;
  return (
    <div className={styles.note}>
      <p>{what}</p>
      <p>{recorded}</p>
      {status !== 'confirmed' && (
        <StateWord tone="caution">
          <span className={styles.status}>{t(`simulate.incident.status.${status}`)}</span>
        </StateWord>
      )}
      <Disclosure summary={t('simulate.incident.sources', { count: sources.length })}>
        <ul className={styles.sources}>
          {sources.map(({ name, url }) => (
            <li key={name}>
              {name}
              {url !== null && <span className={styles.url}>{url}</span>}
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
