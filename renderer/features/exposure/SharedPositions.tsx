import { useMemo } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Exposure, SharedRow } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { FigureValue } from '../../ui/FigureValue.tsx';
import { findSelection } from './selection.ts';
import styles from './SharedPositions.module.css';
import { useNamePosition } from './useNamePosition.ts';

interface SharedPositionsProps {
  readonly row: SharedRow;
  readonly view: PortfolioView;
  readonly exposure: Exposure;
}

/** The positions behind a row, each with its book value and the part that a fault of the row reaches. */
export function SharedPositions({ row, view, exposure }: SharedPositionsProps) {
  const { t } = useText();
  const namePosition = useNamePosition(view);
  const parts = useMemo(
    () =>
      new Map(findSelection(exposure, row.id)?.parts.map((part) => [part.positionId, part.valueWei]) ?? []),
    [exposure, row.id],
  );
  const positions = view.positions.filter(({ id }) => row.positionIds.includes(id));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('exposure.kind.position')}</th>
          <th scope="col" className={styles.end}>
            {t('exposure.shared.bookValue')}
          </th>
          <th scope="col" className={styles.end}>
            {t(row.kind === 'service' ? 'exposure.shared.partAllocated' : 'exposure.shared.part')}
          </th>
        </tr>
      </thead>
      <tbody>
        {positions.map(({ id, bookEth }) => (
          <tr key={id}>
            <th scope="row">
              <button
                type="button"
                className={styles.link}
                onClick={() => navigate('positions', { position: id })}
              >
                {namePosition(id)}
              </button>
            </th>
            <td className={styles.end}>
              <FigureValue figure={bookEth} />
            </td>
            <td className={styles.end}>
              <Amount value={parts.get(id) ?? 0n} unit={ETH_UNIT} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
