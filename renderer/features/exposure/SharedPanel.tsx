import { useMemo } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Exposure, SharedRow } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { formatExact } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { usePageState } from '../../state/pageState.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import { NameCell } from './NameCell.tsx';
import { SharedPositions } from './SharedPositions.tsx';

interface SharedPanelProps {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
}

/** What positions rest on, ranked by value, with what one fault there costs. */
export function SharedPanel({ view, exposure }: SharedPanelProps) {
  const { t } = useText();
  const [reach, setReach] = usePageState<'several' | 'all'>('exposure.reach', 'several');
  const columns = useMemo(() => createColumns(t), [t]);
  const rows = useMemo(
    () =>
      reach === 'all' ? exposure.shared : exposure.shared.filter(({ positionIds }) => positionIds.length > 1),
    [exposure, reach],
  );
  return (
    <Panel
      title={t('exposure.shared.title')}
      hint={t('exposure.shared.hint')}
      isFlush
      actions={
        <Segmented
          label={t('exposure.shared.view')}
          value={reach}
          onChange={setReach}
          options={[
            { value: 'several', label: t('exposure.shared.several') },
            { value: 'all', label: t('exposure.shared.all') },
          ]}
        />
      }
    >
      <DataTable
        label={t('exposure.shared.label')}
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        initialSort={{ id: 'value', isDescending: true }}
        renderDetail={(row) => <SharedPositions row={row} view={view} exposure={exposure} />}
        empty={<EmptyState title={t('exposure.shared.none')} body={t('exposure.shared.noneBody')} />}
      />
    </Panel>
  );
}

function createColumns(t: Translate): readonly TableColumn<SharedRow>[] {
  return [
    {
      id: 'name',
      header: t('exposure.shared.name'),
      cell: ({ name }) => <NameCell text={name} />,
      sortValue: ({ name }) => name,
    },
    {
      id: 'kind',
      header: t('exposure.shared.kind'),
      cell: ({ kind }) => t(`exposure.kind.${kind}`),
      sortValue: ({ kind }) => t(`exposure.kind.${kind}`),
    },
    {
      id: 'value',
      header: t('exposure.shared.value'),
      hint: t('exposure.shared.valueHint'),
      align: 'end',
      cell: ({ valueWei }) => <Amount value={valueWei} unit={ETH_UNIT} isBare />,
      sortValue: ({ valueWei }) => valueWei,
      copyValue: ({ valueWei }) => formatExact(valueWei, ETH_UNIT),
    },
    {
      id: 'share',
      header: t('exposure.shared.share'),
      hint: t('exposure.flow.shareHint'),
      align: 'end',
      cell: ({ share }) => share !== null && <Amount value={share} unit={SHARE_UNIT} />,
      sortValue: ({ share }) => share,
      copyValue: ({ share }) => (share === null ? '' : formatExact(share, SHARE_UNIT)),
    },
    {
      id: 'worst',
      header: t('exposure.shared.worst'),
      hint: t('exposure.shared.worstHint'),
      align: 'end',
      cell: ({ worstLossWei }) => <Amount value={worstLossWei} unit={ETH_UNIT} isBare />,
      sortValue: ({ worstLossWei }) => worstLossWei,
      copyValue: ({ worstLossWei }) => formatExact(worstLossWei, ETH_UNIT),
    },
    {
      id: 'positions',
      header: t('exposure.shared.positions'),
      align: 'end',
      cell: ({ positionIds }) => positionIds.length,
      sortValue: ({ positionIds }) => positionIds.length,
    },
    {
      id: 'simulate',
      header: t('exposure.shared.whatIf'),
      align: 'end',
      cell: (row) => (
        <Button
          size="sm"
          aria-label={t('exposure.shared.simulateNamed', { name: row.name })}
          onClick={(event) => {
            // A press on the row itself opens its positions.
            event.stopPropagation();
            navigate('simulate', { fault: row.id });
          }}
        >
          {t('exposure.shared.simulate')}
        </Button>
      ),
    },
  ];
}
