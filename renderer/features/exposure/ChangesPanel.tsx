import { useMemo } from 'react';
import { estimateTimeOfBlock } from '../../../shared/domain/block-time.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import {
  listPendingAllocations,
  type PendingAllocation,
} from '../../../shared/domain/pending-allocations.ts';
import { formatBlock, formatExact } from '../../../shared/format/numbers.ts';
import { nameOperatorByAddress, nameServiceById, nameStrategy } from '../../../shared/format/scenario.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { useText, type Text } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import { NameCell } from './NameCell.tsx';

/** What services will be able to take that they cannot take now, and what they will no longer. Not there where nothing is. */
export function ChangesPanel({ exposure }: { readonly exposure: Exposure }) {
  const text = useText();
  const { t } = text;
  const rows = useMemo(() => listPendingAllocations(exposure), [exposure]);
  const columns = useMemo(() => createColumns(exposure, text), [exposure, text]);
  if (rows.length === 0) return null;
  return (
    <Panel title={t('exposure.changes.title')} hint={t('exposure.changes.hint')} isFlush>
      <DataTable
        label={t('exposure.changes.label')}
        rows={rows}
        columns={columns}
        rowId={({ operator, strategy, serviceId }) => `${operator} ${strategy} ${serviceId}`}
        initialSort={{ id: 'from', isDescending: false }}
        empty={null}
      />
    </Panel>
  );
}

function createColumns(exposure: Exposure, { t, locale }: Text): readonly TableColumn<PendingAllocation>[] {
  const nameOfOperator = ({ operator }: PendingAllocation): string =>
    nameOperatorByAddress(operator, exposure);
  const nameOfService = ({ serviceId }: PendingAllocation): string => nameServiceById(serviceId, exposure);
  const nameOfStrategy = ({ strategy }: PendingAllocation): string => nameStrategy(strategy, exposure);
  return [
    {
      id: 'operator',
      header: t('exposure.changes.operator'),
      cell: (row) => <NameCell text={nameOfOperator(row)} />,
      sortValue: nameOfOperator,
    },
    {
      id: 'service',
      header: t('exposure.changes.service'),
      cell: (row) => <NameCell text={nameOfService(row)} />,
      sortValue: nameOfService,
    },
    {
      id: 'strategy',
      header: t('exposure.changes.strategy'),
      cell: nameOfStrategy,
      sortValue: nameOfStrategy,
    },
    {
      id: 'now',
      header: t('exposure.changes.now'),
      hint: t('exposure.changes.amountHint'),
      align: 'end',
      cell: ({ nowWei }) => <Amount value={nowWei} unit={ETH_UNIT} isBare />,
      sortValue: ({ nowWei }) => nowWei,
      copyValue: ({ nowWei }) => formatExact(nowWei, ETH_UNIT),
    },
    {
      id: 'then',
      header: t('exposure.changes.then'),
      align: 'end',
      cell: ({ thenWei }) => <Amount value={thenWei} unit={ETH_UNIT} isBare />,
      sortValue: ({ thenWei }) => thenWei,
      copyValue: ({ thenWei }) => formatExact(thenWei, ETH_UNIT),
    },
    {
      id: 'from',
      header: t('exposure.changes.from'),
      align: 'end',
      cell: ({ block }) => formatBlock(block, locale),
      sortValue: ({ block }) => block,
    },
    {
      id: 'date',
      header: t('exposure.changes.date'),
      cell: ({ block }) => `≈ ${formatDate(estimateTimeOfBlock(block, exposure.origin), locale)}`,
    },
  ];
}
