import { Truncated } from '../../ui/Truncated.tsx';
import type { PositionLines } from '../simulate/positionNames.ts';
import styles from './PositionCell.module.css';

/** The token on one line, account and state on the next. */
export function PositionCell({ token, place }: PositionLines) {
  return (
    <span className={styles.name}>
      <Truncated text={token} />
      {place !== '' && (
        <span className={styles.place}>
          <Truncated text={place} />
        </span>
      )}
    </span>
  );
}
