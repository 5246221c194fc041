import { useMemo } from 'react';
import type { EvidenceStatus, ExitPlan } from '../../../shared/domain/exit.ts';
import { findWeakest, formatWait, unitOfExit } from '../../../shared/format/exit.ts';
import { formatExact } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import type { PositionLines } from '../simulate/positionNames.ts';
import type { CalendarProps } from './CalendarPanel.tsx';
import styles from './Cell.module.css';
import { EvidenceWord } from './EvidenceWord.tsx';
import { PositionCell } from './PositionCell.tsx';

interface ExitRow {
  readonly id: string;
  readonly name: PositionLines;
  readonly plan: ExitPlan;
  /** Typical seconds without the stress; null: not known. */
  readonly before: number | null;
  readonly status: EvidenceStatus | null;
}

/** The calendar's numbers as rows; a row shows its steps below. */
export function CalendarTable({ plans, names, onChoose }: CalendarProps) {
  const { t, locale } = useText();
  const isStressed = plans.asIs !== null;
  const columns = useMemo(() => createColumns(t, locale, isStressed), [t, locale, isStressed]);
  const rows = useMemo(() => {
    const before = new Map(plans.asIs?.plans.map(({ positionId, total }) => [positionId, total.typical]));
    return plans.overview.plans.map((plan): ExitRow => ({
      id: plan.positionId,
      name: names.inLines(plan.positionId),
      plan,
      before: before.get(plan.positionId) ?? null,
      status: findWeakest(plan.legs),
    }));
  }, [plans, names]);
  return (
    <DataTable
      label={t('exit.calendar.tableLabel')}
      rows={rows}
      columns={columns}
      rowId={(row) => row.id}
      initialSort={{ id: 'typical', isDescending: false }}
      onRowActivate={(row) => onChoose(row.id)}
    />
  );
}

function createColumns(t: Translate, locale: string, isStressed: boolean): readonly TableColumn<ExitRow>[] {
  const time = (
    id: 'low' | 'typical' | 'high' | 'without' | 'slashable',
    secondsOf: (row: ExitRow) => number | null,
    hint?: string,
  ): TableColumn<ExitRow> => ({
    id,
    header: t(`exit.calendar.${id}`),
    hint,
    align: 'end',
    cell: (row) => <span className={styles.line}>{formatWait(secondsOf(row), t, locale)}</span>,
    sortValue: secondsOf,
    copyValue: (row) => formatWait(secondsOf(row), t, locale),
  });
  return [
    {
      id: 'position',
      header: t('exit.calendar.position'),
      cell: ({ name }) => <PositionCell {...name} />,
      sortValue: ({ name }) => `${name.token} ${name.place}`.trim(),
    },
    time('typical', ({ plan }) => plan.total.typical),
    ...(isStressed ? [time('without', ({ before }) => before, t('exit.calendar.withoutHint'))] : []),
    time('low', ({ plan }) => plan.total.low),
    time('high', ({ plan }) => plan.total.high),
    time('slashable', ({ plan }) => plan.slashable.typical, t('exit.calendar.slashableHint')),
    {
      id: 'value',
      header: t('exit.calendar.value'),
      align: 'end',
      cell: ({ plan }) =>
        plan.amount === null ? (
          t('exit.time.unknown')
        ) : (
          <Amount value={plan.amount} unit={unitOfExit(plan)} isBare />
        ),
      sortValue: ({ plan }) => plan.amount,
      copyValue: ({ plan }) => (plan.amount === null ? '' : formatExact(plan.amount, unitOfExit(plan))),
    },
    {
      id: 'status',
      header: t('exit.calendar.status'),
      hint: t('exit.calendar.statusHint'),
      cell: ({ status }) =>
        status !== null && (
          <span className={styles.line}>
            <EvidenceWord status={status} />
          </span>
        ),
      sortValue: ({ status }) => (status === null ? null : t(`exit.status.${status}`)),
    },
  ];
}
