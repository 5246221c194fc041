import { estimateTimeOfBlock, type KnownBlock } from '../../../shared/domain/block-time.ts';
import { readClaimEnd } from '../../../shared/domain/claim-end.ts';
import type { Figure } from '../../../shared/domain/figure.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import styles from './PositionDetail.module.css';

/** From when something can be claimed: a date, or a block with the date it is expected at. */
export function ClaimDate({
  figure,
  readIn,
}: {
  readonly figure: Figure | null;
  readonly readIn: KnownBlock;
}) {
  const { t, locale } = useText();
  if (figure === null) return t('positions.detail.claimableUnknown');
  if (figure.value === null) return <FigureValue figure={figure} />;
  const end = readClaimEnd(figure);
  if (end?.kind === 'second') return formatDate(Number(end.second) * 1000, locale);
  return (
    <>
      <FigureValue figure={figure} />
      {figure.value > readIn.block.number && (
        <span className={styles.note}>
          {' '}
          ≈ {formatDate(estimateTimeOfBlock(figure.value, readIn), locale)}
        </span>
      )}
    </>
  );
}
