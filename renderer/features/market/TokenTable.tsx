import { useMemo } from 'react';
import type { MarketRow } from '../../../shared/contract/market-view.ts';
import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { formatExact } from '../../../shared/format/numbers.ts';
import { formatInstant } from '../../../shared/format/time.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { useText } from '../../state/text.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import { formatPeg, formatPrice, unitOfQuote } from './marketFormat.ts';
import { DisagreementMark, PriceAge, PriceSource } from './PriceSource.tsx';
import styles from './TokenTable.module.css';

interface TokenTableProps {
  readonly rows: readonly MarketRow[];
  /** The asset whose history is shown. */
  readonly chosen: string | null;
  readonly onChoose: (asset: string) => void;
}

/** Every token with its price, and its price against what it stands for. */
export function TokenTable({ rows, chosen, onChoose }: TokenTableProps) {
  const { t, locale } = useText();
  const tokens = useMemo(() => {
    const all = rows.filter((row) => row.asset.asset !== 'ETH' && row.asset.asset !== 'BTC');
    // What something is known of stands first.
    return [...all.filter((row) => mainOf(row) !== null), ...all.filter((row) => mainOf(row) === null)];
  }, [rows]);
  const columns = useMemo(() => createColumns(t, locale, chosen), [t, locale, chosen]);
  return (
    <Panel title={t('market.tokens.title')} hint={t('market.tokens.hint')} isFlush>
      <DataTable
        label={t('market.tokens.label')}
        rows={tokens}
        columns={columns}
        rowId={({ asset }) => asset.asset}
        onRowActivate={({ asset }) => onChoose(asset.asset)}
        maxHeight="48vh"
      />
    </Panel>
  );
}

/** In dollars, or in the underlying where nobody quotes dollars. */
function mainOf({ price, inUnderlying }: MarketRow) {
  return price ?? inUnderlying;
}

function createColumns(
  t: Translate,
  locale: string,
  chosen: string | null,
): readonly TableColumn<MarketRow>[] {
  const unknown = <span className={styles.unknown}>{t('market.unknown')}</span>;
  return [
    {
      id: 'asset',
      header: t('market.column.asset'),
      cell: ({ asset }) => (
        <span className={styles.asset} data-chosen={asset.asset === chosen || undefined}>
          {asset.asset}
          <span className={styles.name}>{asset.underlying ?? ''}</span>
        </span>
      ),
      sortValue: ({ asset }) => asset.asset,
    },
    {
      id: 'price',
      header: t('market.column.price'),
      align: 'end',
      cell: ({ price }) =>
        price === null ? (
          unknown
        ) : (
          <span className={styles.number}>{formatPrice(price.price, 'USD', locale)}</span>
        ),
      sortValue: ({ price }) => price?.price ?? null,
      copyValue: ({ price }) => (price === null ? '' : formatExact(price.price, unitOfQuote('USD'))),
    },
    {
      id: 'inUnderlying',
      header: t('market.column.inUnderlying'),
      hint: t('market.column.inUnderlyingHint'),
      align: 'end',
      cell: ({ inUnderlying }) =>
        inUnderlying === null ? (
          unknown
        ) : (
          <span className={styles.number}>{formatPrice(inUnderlying.price, inUnderlying.quote, locale)}</span>
        ),
      sortValue: ({ inUnderlying }) => inUnderlying?.price ?? null,
      copyValue: ({ inUnderlying }) =>
        inUnderlying === null ? '' : formatExact(inUnderlying.price, unitOfQuote(inUnderlying.quote)),
    },
    {
      id: 'peg',
      header: t('market.column.peg'),
      hint: t('market.column.pegHint'),
      align: 'end',
      cell: ({ peg }) =>
        peg === null ? (
          unknown
        ) : peg.kind === 'known' ? (
          formatPeg(peg.peg, locale)
        ) : (
          <span className={styles.unknown}>
            {t('market.unknown')}
            {/* Without a price the column beside it has said why. */}
            {peg.why !== 'no-price' && <span className={styles.why}>{t(`market.why.${peg.why}`)}</span>}
          </span>
        ),
      sortValue: ({ peg }) => (peg?.kind === 'known' ? peg.peg : null),
      copyValue: ({ peg }) => (peg?.kind === 'known' ? formatExact(peg.peg, SHARE_UNIT) : ''),
    },
    {
      id: 'source',
      header: t('market.column.source'),
      cell: (row) => {
        const point = mainOf(row);
        return (
          point && (
            <>
              <PriceSource point={point} />
              <DisagreementMark row={row} />
            </>
          )
        );
      },
      sortValue: (row) => mainOf(row)?.source ?? null,
    },
    {
      id: 'age',
      header: t('market.column.age'),
      cell: (row) => {
        const point = mainOf(row);
        return point && <PriceAge row={row} point={point} />;
      },
      sortValue: (row) => mainOf(row)?.at ?? null,
      copyValue: (row) => {
        const point = mainOf(row);
        return point ? formatInstant(point.at, locale) : '';
      },
    },
  ];
}
