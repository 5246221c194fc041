import { useEffect, useRef } from 'react';
import {
  FACT_KEYS,
  type Catalog,
  type Fact,
  type FactKey,
  type Protocol,
} from '../../../shared/domain/catalog.ts';
import { useText } from '../../state/text.ts';
import { joinClasses } from '../../ui/classes.ts';
import styles from './FactList.module.css';
import { FactStatusWord } from './FactStatusMark.tsx';
import { formatFactFigure } from '../../../shared/format/catalog.ts';
import { SourceList } from './SourceList.tsx';

interface FactListProps {
  readonly protocol: Protocol;
  readonly sources: Catalog['sources'];
  /** The one that was pressed in the table. */
  readonly chosen: FactKey | null;
}

/** Every fact: its words and figure, how sure it is, where it was found and when it was so. */
export function FactList({ protocol, sources, chosen }: FactListProps) {
  const { t } = useText();
  const list = useRef<HTMLDListElement>(null);
  useEffect(() => {
    if (chosen === null) return;
    list.current?.querySelector(`[data-fact="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <dl className={styles.list} ref={list}>
      {FACT_KEYS.map((key) => (
        <div
          key={key}
          data-fact={key}
          className={joinClasses(styles.fact, key === chosen && styles.chosen)}
          aria-current={key === chosen ? 'true' : undefined}
        >
          <dt className={styles.term} title={t(`catalog.factHint.${key}`)}>
            {t(`catalog.fact.${key}`)}
          </dt>
          <dd className={styles.body}>
            <FactBody fact={protocol.facts[key]} sources={sources} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactBody({ fact, sources }: { readonly fact: Fact; readonly sources: Catalog['sources'] }) {
  const { t, locale } = useText();
  const { text, figure, status, asOf, note } = fact;
  return (
    <>
      <p className={text === null ? styles.unknown : undefined}>
        {figure !== null && (
          <strong className={styles.figure}>{formatFactFigure(figure, t, locale)}. </strong>
        )}
        {text ?? t('compare.cell.unknown')}
      </p>
      {note !== null && <p className={styles.note}>{note}</p>}
      <div className={styles.marks}>
        <FactStatusWord status={status} />
        {asOf !== null && <span>{t('compare.cell.asOf', { date: asOf })}</span>}
        <SourceList ids={fact.sources} sources={sources} />
      </div>
    </>
  );
}
