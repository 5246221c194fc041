import type { KnownBlock } from '../../../shared/domain/block-time.ts';
import type { Figure } from '../../../shared/domain/figure.ts';
import type { RequestDetail } from '../../../shared/domain/position.ts';
import { useText } from '../../state/text.ts';
import { Address } from '../../ui/Address.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { nameFigure } from '../../ui/figureText.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import { ClaimDate } from './ClaimDate.tsx';
import type { PositionRow } from './positionRows.ts';
import { useSharedItems } from './useSharedItems.tsx';

interface RequestFactsProps {
  readonly row: PositionRow;
  readonly request: RequestDetail;
  readonly readIn: KnownBlock;
}

/** A withdrawal request: what was given back, what was promised for it, and when it can be claimed. */
export function RequestFacts({ row, request, readIn }: RequestFactsProps) {
  const { t, tKey } = useText();
  const { instrument, address, state } = row.position;
  const { id, isFixed, given, promised, claimableFrom } = request;
  const itemOf = (figure: Figure) => ({
    term: nameFigure(figure, tKey),
    value: <FigureValue figure={figure} />,
  });
  const items = [
    { term: t('positions.detail.name'), value: instrument.name },
    { term: t('positions.detail.request'), value: id.toString() },
    { term: t('positions.detail.address'), value: <Address address={address} /> },
    itemOf(given),
    itemOf(promised),
    {
      term: t('positions.detail.settled'),
      value: t(isFixed ? 'positions.detail.isSettled' : 'positions.detail.isOpen'),
    },
    ...(state === 'claimable'
      ? []
      : [
          {
            term: t('positions.detail.claimable'),
            value: <ClaimDate figure={claimableFrom} readIn={readIn} />,
          },
        ]),
    ...useSharedItems(row),
  ];
  return <DefinitionList items={items} />;
}
