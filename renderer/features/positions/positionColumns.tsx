/** The columns of the positions table. */
import type { Translate } from '../../../shared/text/text.ts';
import { Address } from '../../ui/Address.tsx';
import { copyFigure } from '../../ui/figureText.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import type { Figure } from '../../../shared/domain/figure.ts';
import type { PositionRow } from './positionRows.ts';
import styles from './PositionsTable.module.css';
import { stateTones } from './stateWords.ts';
import { Truncated } from '../../ui/Truncated.tsx';

interface FigureColumn {
  readonly id: string;
  readonly header: string;
  readonly hint?: string;
  readonly figureOf: (row: PositionRow) => Figure | null;
  readonly isBare?: boolean;
}

/** The reason of a figure that is not known stands on hover: one reason for a row, not one in every cell. */
function createFigureColumn({
  id,
  header,
  hint,
  figureOf,
  isBare = true,
}: FigureColumn): TableColumn<PositionRow> {
  return {
    id,
    header,
    hint,
    align: 'end',
    cell: (row) => {
      const figure = figureOf(row);
      return figure && <FigureValue figure={figure} isBare={isBare} reason="hover" />;
    },
    sortValue: (row) => figureOf(row)?.value ?? null,
    copyValue: (row) => {
      const figure = figureOf(row);
      return figure === null ? '' : copyFigure(figure);
    },
  };
}

/**
 * `hasRun`: a run speaks of these values, so that what it left has a column. `isPartial`: some positions have no known
 * value, so that shares are of the rest.
 */
export function createPositionColumns(
  t: Translate,
  hasRun: boolean,
  isPartial: boolean,
): readonly TableColumn<PositionRow>[] {
  const nameState = ({ position }: PositionRow): string => t(`figure.state.${position.state}`);
  const columns: TableColumn<PositionRow>[] = [
    {
      id: 'token',
      header: t('positions.table.token'),
      cell: ({ position }) => (
        <span className={styles.token}>
          <Truncated text={position.instrument.symbol} />
        </span>
      ),
      sortValue: ({ position }) => position.instrument.symbol,
    },
    {
      id: 'account',
      header: t('positions.table.account'),
      cell: ({ position }) => (
        <span className={styles.account}>
          <Address address={position.address} name={position.accountLabel} />
        </span>
      ),
      sortValue: ({ position }) => position.accountLabel,
      copyValue: ({ position }) => `${position.accountLabel} ${position.address}`,
    },
    {
      id: 'state',
      header: t('positions.table.state'),
      cell: (row) => <StateWord tone={stateTones[row.position.state]}>{nameState(row)}</StateWord>,
      sortValue: nameState,
    },
    createFigureColumn({
      id: 'amount',
      header: t('positions.table.amount'),
      figureOf: ({ position }) => position.amount,
    }),
    createFigureColumn({
      id: 'rate',
      header: t('positions.table.rate'),
      hint: t('positions.table.rateHint'),
      figureOf: ({ position }) => position.rate,
    }),
    createFigureColumn({
      id: 'bookEth',
      header: t('positions.table.bookEth'),
      hint: t('positions.table.bookEthHint'),
      figureOf: ({ position }) => position.bookEth,
    }),
    createFigureColumn({
      id: 'bookUsd',
      header: t('positions.table.bookUsd'),
      figureOf: ({ position }) => position.bookUsd,
    }),
    createFigureColumn({
      id: 'share',
      header: t('positions.table.share'),
      hint: t(isPartial ? 'positions.table.shareHintPartial' : 'positions.table.shareHint'),
      figureOf: ({ share }) => share,
      isBare: false,
    }),
  ];
  const after = createFigureColumn({
    id: 'after',
    header: t('positions.table.after'),
    hint: t('positions.table.afterHint'),
    figureOf: ({ scenario }) => scenario?.after ?? null,
  });
  return hasRun ? [...columns, after] : columns;
}
