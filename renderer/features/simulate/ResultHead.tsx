import { ETH_UNIT, SHARE_UNIT, type Figure, type Unit } from '../../../shared/domain/figure.ts';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { fractionOf } from '../../../shared/domain/units.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { FigureValue } from '../../ui/FigureValue.tsx';
import styles from './ResultHead.module.css';
import type { RunFigures } from './runFigures.ts';

interface ResultHeadProps {
  readonly result: ScenarioResult;
  /** Null for a run of earlier values: its amounts can then be shown, but not traced. */
  readonly figures: RunFigures | null;
}

/** What the scenario costs altogether. */
export function ResultHead({ result, figures }: ResultHeadProps) {
  const { t } = useText();
  const { totalBeforeWei, totalAfterWei, totalLossWei } = result;
  const share = fractionOf(totalLossWei, totalBeforeWei);
  const [beforeShare, afterShare] = t('simulate.result.ofBefore', { share: '\n' }).split('\n');
  return (
    <div className={styles.head}>
      <dl className={styles.loss}>
        <dt className={styles.name}>{t('simulate.result.loss')}</dt>
        <dd className={totalLossWei > 0n ? styles.main : undefined}>
          <ResultValue figure={figures?.total.loss} value={totalLossWei} size="xl" />
        </dd>
        <dd className={styles.note}>
          {share !== null && (
            <>
              {beforeShare}
              <ResultValue figure={figures?.total.share} value={share} unit={SHARE_UNIT} />
              {afterShare}
            </>
          )}
        </dd>
        {figures !== null && figures.totalUsd !== null && (
          <dd className={styles.note}>
            <FigureValue figure={figures.totalUsd} />
          </dd>
        )}
      </dl>
      <dl className={styles.pair}>
        <div>
          <dt className={styles.name}>{t('simulate.result.before')}</dt>
          <dd>
            <ResultValue figure={figures?.total.before} value={totalBeforeWei} size="lg" />
          </dd>
        </div>
        <div>
          <dt className={styles.name}>{t('simulate.result.after')}</dt>
          <dd>
            <ResultValue figure={figures?.total.after} value={totalAfterWei} size="lg" />
          </dd>
        </div>
      </dl>
      <Asides result={result} figures={figures} />
    </div>
  );
}

/** What stands beside the loss and is no part of it: shown where there is any. */
function Asides({ result, figures }: ResultHeadProps) {
  const { t } = useText();
  const asides = figures?.total.asides;
  const rows = [
    { id: 'market', figure: asides?.marketLoss, value: result.totalMarketLossWei },
    { id: 'locked', figure: asides?.locked, value: result.totalLockedWei },
    { id: 'recovered', figure: asides?.recovered, value: result.totalRecoveredWei },
  ] as const;
  const shown = rows.filter(({ value }) => value > 0n);
  if (shown.length === 0) return null;
  return (
    <dl className={styles.asides}>
      {shown.map(({ id, figure, value }) => (
        <div key={id}>
          <dt className={styles.name}>{t(`simulate.result.${id}`)}</dt>
          <dd>
            <ResultValue figure={figure ?? undefined} value={value} />
            <span className={styles.hint}>{t(`simulate.result.${id}Hint`)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ResultValueProps {
  readonly figure: Figure | undefined;
  readonly value: bigint;
  readonly unit?: Unit | undefined;
  readonly size?: 'md' | 'lg' | 'xl' | undefined;
  readonly isBare?: boolean | undefined;
}

/** A value of a run: traceable where what it rests on is still there. */
export function ResultValue({ figure, value, unit = ETH_UNIT, size = 'md', isBare }: ResultValueProps) {
  if (figure) return <FigureValue figure={figure} size={size} isBare={isBare} />;
  return (
    <span className={styles[size]}>
      <Amount value={value} unit={unit} isBare={isBare} />
    </span>
  );
}
