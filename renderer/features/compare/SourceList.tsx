import type { Catalog } from '../../../shared/domain/catalog.ts';
import { useText } from '../../state/text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import styles from './SourceList.module.css';

interface SourceListProps {
  readonly ids: readonly string[];
  readonly sources: Catalog['sources'];
}

/** Where a fact was found: name and date. An address is copied, never opened from here. */
export function SourceList({ ids, sources }: SourceListProps) {
  const { t } = useText();
  if (ids.length === 0) return <span className={styles.none}>{t('compare.detail.noSource')}</span>;
  return (
    <ul className={styles.sources} aria-label={t('compare.detail.sources')}>
      {ids.map((id) => {
        const source = sources[id];
        const name = source?.name ?? id;
        const date = source?.date ?? null;
        return (
          <li key={id} className={styles.source} title={source?.detail ?? undefined}>
            {date === null
              ? t('compare.detail.sourceUndated', { name })
              : t('compare.detail.sourceDate', { name, date })}
            {source !== undefined && source.url !== null && (
              <CopyButton text={source.url} label={t('compare.detail.copyUrl', { name })} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
