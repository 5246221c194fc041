import type { ScoreRange } from '../../../shared/domain/score/score.ts';
import { useText } from '../../state/text.ts';
import styles from './ScoreDot.module.css';

interface ScoreDotProps {
  readonly score: ScoreRange | null;
  /** With the numbers beside it. */
  readonly hasNumbers?: boolean | undefined;
}

/** A score as a dot with its range on a line from 0 to 100: never a number alone. */
export function ScoreDot({ score, hasNumbers = true }: ScoreDotProps) {
  const { t } = useText();
  if (score === null) return <span className={styles.none}>{t('compare.cell.noScore')}</span>;
  const [low, mid, high] = [Math.round(score.low), Math.round(score.mid), Math.round(score.high)];
  return (
    <span className={styles.score}>
      <span className={styles.line} role="img" aria-label={t('compare.cell.score', { low, mid, high })}>
        <span className={styles.range} style={{ left: `${low}%`, width: `${Math.max(1, high - low)}%` }} />
        <span className={styles.dot} style={{ left: `${mid}%` }} />
      </span>
      {hasNumbers && (
        <span className={styles.numbers} aria-hidden>
          {low === high ? low : `${low} – ${high}`}
        </span>
      )}
    </span>
  );
}
