import { Play } from 'lucide-react';
import { useMemo } from 'react';
import {
  DEFAULT_COMPARED_DAYS,
  DEFAULT_COMPARED_PATHS,
  refOfProduct,
} from '../../../shared/domain/product-comparison.ts';
import { usePageState } from '../../state/pageState.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { SwitchField } from '../../ui/SwitchField.tsx';
import type { CompareRow } from './compareRows.ts';
import styles from './ComparisonPanel.module.css';
import { ComparisonResult } from './ComparisonResult.tsx';
import { useComparison } from './useComparison.ts';

/** What the engine says of the pinned protocols: a product of each, on the same simulated paths. */
export function ComparisonPanel({ pinned }: { readonly pinned: readonly CompareRow[] }) {
  const { t, tKey } = useText();
  const { latest, run, job, isRunning, error, cancel } = useComparison();
  const [chosen, choose] = usePageState<Readonly<Record<string, string>>>('compare.products', {});
  const [withMarketLoss, setMarket] = usePageState('compare.market', false);
  const [withBridges, setBridges] = usePageState('compare.bridges', true);
  const productIds = useMemo(
    () => pinned.map((row) => refOfProduct(row.protocol, { id: chooseProduct(row, chosen) })),
    [pinned, chosen],
  );
  const kept = latest.data?.kept ?? null;
  const start = () =>
    run({
      productIds: [...productIds],
      paths: DEFAULT_COMPARED_PATHS,
      horizonDays: DEFAULT_COMPARED_DAYS,
      withMarketLoss,
      withBridges,
      seed: 1,
    });
  return (
    <Panel title={t('compare.engine.title')} hint={t('compare.engine.hint')}>
      <div className={styles.parts}>
        <div className={styles.choice}>
          {pinned
            .filter(({ protocol }) => protocol.products.length > 1)
            .map((row) => (
              <SelectField
                key={row.protocol.id}
                label={t('compare.engine.product', { name: row.protocol.name })}
                value={chooseProduct(row, chosen)}
                onChange={(id) => choose({ ...chosen, [row.protocol.id]: id })}
                options={row.protocol.products.map(({ id, symbol, name }) => ({
                  value: id,
                  label: symbol ?? name,
                  hint: symbol === null ? undefined : name,
                }))}
              />
            ))}
          <div className={styles.switch}>
            <SwitchField
              label={t('compare.engine.market')}
              help={t('compare.engine.marketHelp')}
              value={withMarketLoss}
              onChange={setMarket}
            />
          </div>
          <div className={styles.switch}>
            <SwitchField
              label={t('compare.engine.bridges')}
              help={t('compare.engine.bridgesHelp')}
              value={withBridges}
              onChange={setBridges}
            />
          </div>
        </div>
        {error !== null && error.code !== 'cancelled' && <ErrorNotice error={error} onRetry={start} />}
        <div className={styles.run}>
          <Button
            variant="primary"
            icon={Play}
            isBusy={isRunning}
            disabled={productIds.length < 2}
            onClick={start}
          >
            {t(isRunning ? 'compare.engine.running' : 'compare.engine.run')}
          </Button>
          {isRunning && (
            <Button variant="quiet" onClick={cancel}>
              {t('compare.engine.cancel')}
            </Button>
          )}
          {productIds.length < 2 && <span className={styles.note}>{t('compare.engine.needTwo')}</span>}
        </div>
        {isRunning && job !== null && <ProgressBar value={job.progress} label={tKey(job.step)} />}
        {latest.error !== null && <ErrorNotice error={latest.error} onRetry={latest.reload} />}
        {kept === null && !isRunning && latest.data !== undefined && (
          <p className={styles.note}>{t('compare.engine.none')}</p>
        )}
        {kept !== null && <ComparisonResult kept={kept} askedIds={productIds} />}
      </div>
    </Panel>
  );
}

/** The one chosen; else the one that is held; else the first. */
function chooseProduct({ protocol, held }: CompareRow, chosen: Readonly<Record<string, string>>): string {
  const { products, id } = protocol;
  const found =
    products.find((product) => product.id === chosen[id]) ??
    products.find(({ symbol }) => symbol !== null && held.includes(symbol)) ??
    products[0];
  return found?.id ?? id;
}
