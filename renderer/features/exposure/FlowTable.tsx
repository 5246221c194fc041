import { useMemo } from 'react';
import type { Exposure, FlowLink, FlowNode } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { fractionOf, sumOf } from '../../../shared/domain/units.ts';
import { formatExact } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import { useNameNode } from './flowNames.ts';
import { NameCell } from './NameCell.tsx';

interface FlowRow {
  readonly id: string;
  readonly toId: string;
  readonly depth: number;
  readonly from: string;
  readonly to: string;
  readonly column: 'token' | 'operator' | 'service' | 'position';
  readonly valueWei: bigint;
  readonly share: bigint | null;
}

interface FlowTableProps {
  readonly exposure: Exposure;
  readonly onChoose: (id: string) => void;
}

/** The flows of the drawing as rows, none folded; a row chooses where its flow goes. */
export function FlowTable({ exposure, onChoose }: FlowTableProps) {
  const { t } = useText();
  const nameNode = useNameNode();
  const columns = useMemo(() => createColumns(t), [t]);
  const rows = useMemo(() => listRows(exposure, nameNode), [exposure, nameNode]);
  return (
    <DataTable
      label={t('exposure.flow.tableLabel')}
      rows={rows}
      columns={columns}
      rowId={(row) => row.id}
      maxHeight="540px"
      onRowActivate={(row) => onChoose(row.toId)}
    />
  );
}

const COLUMN_OF_DEPTH = ['position', 'token', 'operator', 'service'] as const;

function listRows(
  { nodes, links, positions }: Exposure,
  nameNode: (node: FlowNode) => string,
): readonly FlowRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = sumOf(positions.map(({ bookWei }) => bookWei ?? 0n));
  const makeRow = ({ from, to, valueWei }: FlowLink): FlowRow[] => {
    const source = byId.get(from);
    const target = byId.get(to);
    if (!source || !target) return [];
    return [
      {
        id: `${from} ${to}`,
        toId: to,
        depth: target.depth,
        from: nameNode(source),
        to: nameNode(target),
        column: COLUMN_OF_DEPTH[target.depth] ?? 'service',
        valueWei,
        share: fractionOf(valueWei, known),
      },
    ];
  };
  return links
    .flatMap(makeRow)
    .toSorted(
      (a, b) => a.depth - b.depth || (a.valueWei === b.valueWei ? 0 : a.valueWei > b.valueWei ? -1 : 1),
    );
}

function createColumns(t: Translate): readonly TableColumn<FlowRow>[] {
  return [
    {
      id: 'from',
      header: t('exposure.flow.from'),
      cell: ({ from }) => <NameCell text={from} />,
      sortValue: ({ from }) => from,
    },
    {
      id: 'to',
      header: t('exposure.flow.to'),
      cell: ({ to }) => <NameCell text={to} />,
      sortValue: ({ to }) => to,
    },
    {
      id: 'kind',
      header: t('exposure.flow.toKind'),
      cell: ({ column }) => t(`exposure.flow.column.${column}`),
      sortValue: ({ depth }) => depth,
      copyValue: ({ column }) => t(`exposure.flow.column.${column}`),
    },
    {
      id: 'value',
      header: t('exposure.flow.value'),
      align: 'end',
      cell: ({ valueWei }) => <Amount value={valueWei} unit={ETH_UNIT} isBare />,
      sortValue: ({ valueWei }) => valueWei,
      copyValue: ({ valueWei }) => formatExact(valueWei, ETH_UNIT),
    },
    {
      id: 'share',
      header: t('exposure.flow.share'),
      hint: t('exposure.flow.shareHint'),
      align: 'end',
      cell: ({ share }) => share !== null && <Amount value={share} unit={SHARE_UNIT} />,
      sortValue: ({ share }) => share,
      copyValue: ({ share }) => (share === null ? '' : formatExact(share, SHARE_UNIT)),
    },
  ];
}
