import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import type { PositionResult, Run } from '../../../shared/domain/scenario.ts';
import { describeReason } from '../../../shared/format/scenario.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { NamePosition } from './positionNames.ts';
import styles from './ReasonsPanel.module.css';

interface ReasonsPanelProps {
  readonly run: Run | null;
  readonly exposure: Exposure;
  readonly nameOf: NamePosition;
}

/** Positions explained before the rest is only counted; the report carries all of them. */
const MOST_EXPLAINED = 40;

/** Largest loss first. */
function listLosers(positions: readonly PositionResult[]): readonly PositionResult[] {
  return positions
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((a, b) => (a.lossWei === b.lossWei ? 0 : a.lossWei > b.lossWei ? -1 : 1));
}

/** Why each position lost what it lost, with the numbers to check it by hand. */
export function ReasonsPanel({ run, exposure, nameOf }: ReasonsPanelProps) {
  const { t } = useText();
  const format = useFormatAmount();
  const losers = run === null ? [] : listLosers(run.result.positions);
  const rest = losers.length - MOST_EXPLAINED;
  return (
    <Panel title={t('simulate.reasons.title')}>
      {losers.length === 0 && (
        <p className={styles.none}>{t(run === null ? 'simulate.reasons.empty' : 'simulate.reasons.none')}</p>
      )}
      <ul className={styles.list}>
        {losers.slice(0, MOST_EXPLAINED).map(({ positionId, lossWei, reasons }) => (
          <li key={positionId} className={styles.position}>
            <p className={styles.head}>
              <span className={styles.name}>{nameOf(positionId)}</span>
              {lossWei > 0n && <Amount value={lossWei} unit={ETH_UNIT} />}
            </p>
            <ul className={styles.reasons}>
              {reasons.map((reason, index) => (
                <li key={index}>{describeReason(reason, exposure, t, format)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className={styles.none}>{t('simulate.reasons.more', { count: rest })}</p>}
    </Panel>
  );
}
