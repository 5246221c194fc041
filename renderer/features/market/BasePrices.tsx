import type { MarketRow } from '../../../shared/contract/market-view.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './BasePrices.module.css';
import { formatPrice } from './marketFormat.ts';
import { DisagreementMark, PriceAge, PriceSource } from './PriceSource.tsx';

interface BasePricesProps {
  readonly rows: readonly MarketRow[];
  readonly onChoose: (asset: string) => void;
}

/** BTC and ETH: what everything else is measured in. */
export function BasePrices({ rows, onChoose }: BasePricesProps) {
  const { t } = useText();
  const bases = ['BTC', 'ETH'].flatMap((asset) => rows.find((row) => row.asset.asset === asset) ?? []);
  return (
    <Panel title={t('market.bases.title')} hint={t('market.bases.hint')}>
      <div className={styles.bases}>
        {bases.map((row) => (
          <BasePrice key={row.asset.asset} row={row} onChoose={onChoose} />
        ))}
      </div>
    </Panel>
  );
}

interface BasePriceProps {
  readonly row: MarketRow;
  readonly onChoose: (asset: string) => void;
}

function BasePrice({ row, onChoose }: BasePriceProps) {
  const { t, locale } = useText();
  const { asset, name } = row.asset;
  return (
    <div className={styles.base} data-asset={asset}>
      <Button
        variant="quiet"
        size="sm"
        title={t('market.show', { asset: name })}
        onClick={() => onChoose(asset)}
      >
        {name}
      </Button>
      {row.price === null ? (
        <p className={styles.none}>{t('market.noPrice')}</p>
      ) : (
        <>
          <p className={styles.price}>{formatPrice(row.price.price, 'USD', locale)}</p>
          <p className={styles.source}>
            <PriceSource point={row.price} /> <PriceAge row={row} point={row.price} />
          </p>
          <DisagreementMark row={row} />
        </>
      )}
    </div>
  );
}
