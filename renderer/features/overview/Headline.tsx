import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import { findEthPrice, findPrice } from '../../../shared/domain/find-eth-price.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { Figure } from '../../../shared/domain/figure.ts';
import { isRunCurrent, makeScenarioFigures } from '../../../shared/domain/scenario-figures.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import { describeEvent } from '../../../shared/format/scenario.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { FigureValue } from '../../ui/FigureValue.tsx';
import styles from './Headline.module.css';
import { tellWhyNoPrice } from './whyNoPrice.ts';

interface HeadlineProps {
  readonly view: PortfolioView;
  readonly exposure: Exposure | null;
  /** The newest run, of whatever block. */
  readonly run: Run | null;
}

/** The values of the portfolio side by side, each with what it leaves out. */
export function Headline({ view, exposure, run }: HeadlineProps) {
  const { t } = useText();
  const { totals, positions } = view;
  return (
    <section className={styles.band} aria-label={t('overview.figures.label')}>
      <div className={styles.cell}>
        <h2 className={styles.name}>{t('overview.figures.bookEth')}</h2>
        <FigureValue figure={totals.bookEth} size="xl" />
        <p className={styles.note}>
          {t('overview.figures.parts', { count: positions.length - totals.unvaluedCount })}
        </p>
        {totals.unvaluedCount > 0 && (
          <p className={styles.caution}>{t('overview.figures.unvalued', { count: totals.unvaluedCount })}</p>
        )}
      </div>
      <div className={styles.cell}>
        <h2 className={styles.name}>{t('overview.figures.bookUsd')}</h2>
        <FigureValue figure={totals.bookUsd} size="xl" />
        <PriceNote total={totals.bookUsd} />
      </div>
      <div className={styles.cell}>
        <h2 className={styles.name}>{t('overview.figures.after')}</h2>
        <AfterRun view={view} exposure={exposure} run={run} />
      </div>
    </section>
  );
}

function PriceNote({ total }: { readonly total: Figure }) {
  const { t } = useText();
  const price = findEthPrice(total);
  const isBtcMissing = total.value === null && findPrice(total, 'figure.name.btcPrice')?.value === null;
  if (total.value === null) {
    return (
      <p className={styles.note}>
        {t(`overview.figures.noPrice.${isBtcMissing ? 'btc' : tellWhyNoPrice(price)}`)}{' '}
        <button
          type="button"
          className={styles.link}
          onClick={() =>
            isBtcMissing
              ? navigate('compare', { view: 'market' })
              : navigate('settings', { setting: 'manualEthUsd' })
          }
        >
          {t('overview.figures.setPrice')}
        </button>
      </p>
    );
  }
  // Bitcoin alone is valued without a price of ETH.
  if (price === null) return null;
  const [before, after] = t('overview.figures.price', { price: '\n' }).split('\n');
  return (
    <p className={styles.note}>
      {before}
      <FigureValue figure={price} size="sm" />
      {after}
    </p>
  );
}

function AfterRun({ view, exposure, run }: HeadlineProps) {
  const { t, locale } = useText();
  const { freshness, positions, totals } = view;
  if (run === null) {
    return (
      <>
        <p className={styles.none}>{t('overview.figures.noRun')}</p>
        <div className={styles.action}>
          <Button size="sm" onClick={() => navigate('simulate')}>
            {t('overview.figures.chooseRun')}
          </Button>
        </div>
      </>
    );
  }
  const open = (
    <button type="button" className={styles.link} onClick={() => navigate('simulate', { run: run.id })}>
      {t('overview.figures.openRun')}
    </button>
  );
  const events = run.result.scenario.events;
  const [first] = events;
  const names = exposure ?? { operators: [], services: [], dependencies: [], strategies: [] };
  const story = (
    <p className={styles.note}>
      {first && describeEvent(first, names, t)}
      {events.length > 1 && ` ${t('overview.figures.more', { count: events.length - 1 })}`} {open}
    </p>
  );
  const isCurrent = freshness.kind === 'read' && isRunCurrent(run, positions, freshness.origin.block.number);
  if (!isCurrent) {
    return (
      <>
        <p className={styles.none}>
          {t('overview.figures.outdated', { block: formatBlock(run.blockNumber, locale) })}
        </p>
        {story}
      </>
    );
  }
  const { after, loss } = makeScenarioFigures(totals.bookEth, run.result.totalLossWei);
  return (
    <>
      <div className={styles.pair}>
        <FigureValue figure={after} size="xl" />
        <span className={styles.loss}>
          {t('overview.figures.loss')} <FigureValue figure={loss} size="sm" />
        </span>
      </div>
      {story}
    </>
  );
}
