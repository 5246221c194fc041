import type { MarketView as View } from '../../../shared/contract/market-view.ts';
import { usePageState } from '../../state/pageState.ts';
import { useIsSample } from '../../state/portfolio.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Banner } from '../../ui/Banner.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AssetPanel } from './AssetPanel.tsx';
import { BasePrices } from './BasePrices.tsx';
import styles from './MarketView.module.css';
import { TokenTable } from './TokenTable.tsx';

/** Prices, pegs and their history, from what is stored. */
export function MarketView() {
  const market = useQuery('market.view', { withSample: useIsSample() });
  return (
    <QueryView query={market} skeleton={<Skeleton lines={12} height={24} />}>
      {(view) => <MarketBody view={view} />}
    </QueryView>
  );
}

function MarketBody({ view }: { readonly view: View }) {
  const [asset, setAsset] = usePageState('market.asset', 'ETH');
  const row = view.rows.find((one) => one.asset.asset === asset) ?? view.rows[0];
  return (
    <div className={styles.market}>
      <RefreshParts view={view} />
      <BasePrices rows={view.rows} onChoose={setAsset} />
      <TokenTable rows={view.rows} chosen={row?.asset.asset ?? null} onChoose={setAsset} />
      {row && <AssetPanel key={row.asset.asset} row={row} rows={view.rows} onChoose={setAsset} />}
    </div>
  );
}

/** What the last refresh did not bring, part by part. */
function RefreshParts({ view }: { readonly view: View }) {
  const { t } = useText();
  const { parts } = view.refresh;
  const failed = parts.flatMap(({ part, host, error }) => (error === null ? [] : [{ part, host, error }]));
  const leftOut = parts.reduce((sum, part) => sum + part.leftOut, 0);
  if (failed.length === 0 && leftOut === 0) return null;
  const title = t(failed.length === parts.length ? 'market.part.nothing' : 'market.part.title');
  return (
    <Banner
      tone={failed.length > 0 ? 'caution' : 'information'}
      title={failed.length > 0 ? `${title}.` : undefined}
    >
      {failed.map(({ part, host, error }) => (
        <span key={part} className={styles.part}>
          {t('market.part.line', { part: t(`market.part.${part}`), host, message: error.message })}
        </span>
      ))}
      {failed.length > 0 && <span className={styles.part}>{t('market.part.kept')}</span>}
      {leftOut > 0 && <span className={styles.part}>{t('market.part.leftOut', { count: leftOut })}</span>}
    </Banner>
  );
}
