import { useMemo } from 'react';
import type { Unit } from '../../../shared/domain/figure.ts';
import type { AttributionRow, HistoryView } from '../../../shared/domain/history/history-view.ts';
import { nameSubject, unitOfHistory } from '../../../shared/format/history.ts';
import { formatExact } from '../../../shared/format/numbers.ts';
import { formatDate } from '../../../shared/format/time.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import { Truncated } from '../../ui/Truncated.tsx';
import styles from './AttributionPanel.module.css';

/** What moved the value between the first and the last reading in range. */
export function AttributionPanel({ view }: { readonly view: HistoryView }) {
  const { t, locale } = useText();
  const { attribution } = view;
  const columns = useMemo(() => makeColumns(unitOfHistory(view), t), [view, t]);
  if (attribution === null) {
    return (
      <Panel title={t('history.attribution.title')}>
        <p className={styles.none}>{t('history.attribution.none')}</p>
      </Panel>
    );
  }
  const { from, to, rows, total } = attribution;
  const footer = Object.fromEntries(
    columns.map((column) => [
      column.id,
      <span key={column.id} className={styles.total}>
        {column.cell(total)}
      </span>,
    ]),
  );
  return (
    <Panel
      title={t('history.attribution.title')}
      hint={t('history.attribution.hint', { from: formatDate(from, locale), to: formatDate(to, locale) })}
      isFlush
    >
      <DataTable
        label={t('history.attribution.label')}
        rows={rows}
        columns={columns}
        rowId={({ id }) => id}
        footer={rows.length > 1 || rows[0]?.subject.kind !== 'total' ? footer : undefined}
      />
    </Panel>
  );
}

type Part = 'flows' | 'rewards' | 'price' | 'mixed';

function makeColumns(unit: Unit, t: Translate): readonly TableColumn<AttributionRow>[] {
  const head = (id: 'before' | 'after' | Part) => ({
    id,
    header: t(`history.attribution.column.${id}`),
    hint: t(`history.attribution.columnHint.${id}`),
    align: 'end' as const,
  });
  const exact = (value: bigint | null | undefined): string =>
    value === null || value === undefined ? '' : formatExact(value, unit);
  const end = (id: 'before' | 'after'): TableColumn<AttributionRow> => ({
    ...head(id),
    cell: (row) => <EndCell row={row} value={row[id]} unit={unit} />,
    sortValue: (row) => row[id],
    copyValue: (row) => exact(row[id]),
  });
  const part = (id: Part): TableColumn<AttributionRow> => ({
    ...head(id),
    cell: (row) => <PartCell row={row} part={id} unit={unit} />,
    sortValue: (row) => row.parts?.[id] ?? null,
    copyValue: (row) => exact(row.parts?.[id]),
  });
  return [
    {
      id: 'name',
      header: t('history.attribution.column.name'),
      cell: (row) => <NameCell row={row} />,
      sortValue: ({ subject }) => nameSubject(subject, t),
    },
    end('before'),
    part('flows'),
    part('rewards'),
    part('price'),
    part('mixed'),
    end('after'),
  ];
}

function NameCell({ row }: { readonly row: AttributionRow }) {
  const { t } = useText();
  return (
    <span className={styles.name}>
      <Truncated text={nameSubject(row.subject, t)} />
      {row.leftOut > 0 && (
        <span className={styles.note}>{t('history.attribution.leftOut', { count: row.leftOut })}</span>
      )}
      {row.parts?.isEstimate === true && (
        <span className={styles.note}>{t('history.attribution.estimate')}</span>
      )}
    </span>
  );
}

interface EndCellProps {
  readonly row: AttributionRow;
  readonly value: bigint | null;
  readonly unit: Unit;
}

function EndCell({ row, value, unit }: EndCellProps) {
  const { t } = useText();
  if (value === 0n) return <span className={styles.zero}>0</span>;
  if (value !== null) return <Amount value={value} unit={unit} />;
  return <span className={styles.unknown}>{row.why === null ? '' : t(`history.why.${row.why}`)}</span>;
}

interface PartCellProps {
  readonly row: AttributionRow;
  readonly part: Part;
  readonly unit: Unit;
}

/** A dash where the parts cannot be had; words where they cannot be told apart; nothing where nothing changed. */
function PartCell({ row, part, unit }: PartCellProps) {
  const { t } = useText();
  const { parts } = row;
  if (parts === null) return <span className={styles.unknown}>{t('history.cli.notKnown')}</span>;
  const value = parts[part];
  if (value === null) return <span className={styles.unknown}>{t('history.attribution.noneHere')}</span>;
  if (value === 0n) return <span className={styles.zero}>0</span>;
  return (
    <Amount
      value={value}
      unit={unit}
      isEstimate={parts.isEstimate && (part === 'flows' || part === 'rewards')}
    />
  );
}
