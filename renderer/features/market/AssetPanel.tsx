import { useMemo, useState } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { MarketRow, PegHistory } from '../../../shared/contract/market-view.ts';
import type { Quote } from '../../../shared/domain/market.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { usePageState } from '../../state/pageState.ts';
import { useIsSample } from '../../state/portfolio.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Banner } from '../../ui/Banner.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { SearchSelect } from '../../ui/SearchSelect.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './AssetPanel.module.css';
import { EventList } from './EventList.tsx';
import { ImportPrices } from './ImportPrices.tsx';
import { ManualPrice } from './ManualPrice.tsx';
import {
  formatPeg,
  formatPrice,
  RANGES,
  startOfRange,
  unitOfQuote,
  type MarketRange,
} from './marketFormat.ts';
import { PriceChart } from './PriceChart.tsx';

interface AssetPanelProps {
  readonly row: MarketRow;
  readonly rows: readonly MarketRow[];
  readonly onChoose: (asset: string) => void;
}

const DAY = 86_400_000;
const NO_EVENTS: readonly never[] = [];

/** One asset over time: its price, and its price against what it stands for. */
export function AssetPanel({ row, rows, onChoose }: AssetPanelProps) {
  const { t } = useText();
  const { asset, underlying } = row.asset;
  const [range, setRange] = usePageState<MarketRange>('market.range', 'year');
  const [chosenQuote, setQuote] = useState<Quote>('USD');
  const [problem, setProblem] = useState<AppError | null>(null);
  const withSample = useIsSample();
  const all = useQuery('market.history', { asset, quote: chosenQuote, withSample, from: null, to: null });
  const quotes = all.data?.quotes ?? [];
  const quote = quotes.includes(chosenQuote) ? chosenQuote : (quotes[0] ?? chosenQuote);
  const newest = all.data?.points.at(-1)?.at ?? null;
  const from = newest === null ? null : startOfRange(range, newest);
  return (
    <Panel
      title={asset}
      hint={underlying === null ? row.asset.name : t('market.detail.pegHint', { asset, underlying })}
      actions={
        <>
          <ManualPrice row={row} />
          <ImportPrices
            asset={asset}
            hasImported={all.data?.points.some(({ source }) => source === 'imported') === true}
            onProblem={setProblem}
          />
        </>
      }
    >
      {problem !== null && <ErrorNotice error={problem} />}
      <div className={styles.tools}>
        <div className={styles.choice}>
          <SearchSelect
            label={t('market.detail.choose')}
            isLabelHidden
            value={asset}
            onChange={onChoose}
            options={rows.map((one) => ({ value: one.asset.asset, label: one.asset.asset }))}
          />
        </div>
        <Segmented
          label={t('market.detail.range')}
          value={range}
          onChange={setRange}
          options={RANGES.map((value) => ({ value, label: t(`market.detail.ranges.${value}`) }))}
        />
        {quotes.length > 1 && (
          <Segmented
            label={t('market.detail.quote')}
            value={quote}
            onChange={setQuote}
            options={quotes.map((value) => ({ value, label: value }))}
          />
        )}
      </div>
      <PriceHistory asset={asset} quote={quote} from={from} />
      {underlying !== null && <PegSection asset={asset} from={from} />}
    </Panel>
  );
}

interface PriceHistoryProps {
  readonly asset: string;
  readonly quote: Quote;
  readonly from: number | null;
}

function PriceHistory({ asset, quote, from }: PriceHistoryProps) {
  const { t, locale } = useText();
  const withSample = useIsSample();
  const query = useQuery('market.history', { asset, quote, withSample, from, to: null });
  const texts = useMemo(() => {
    const compact = new Intl.NumberFormat(locale, { maximumSignificantDigits: 5 });
    return {
      format: (value: bigint) => formatPrice(value, quote, locale),
      formatAxis: (value: number) => compact.format(value),
    };
  }, [quote, locale]);
  return (
    <QueryView query={query} skeleton={<Skeleton lines={8} height={24} />}>
      {({ points, thinned, gapMs, isSynthetic }) => {
        const first = points[0];
        const last = points.at(-1);
        if (!first || !last) {
          return (
            <EmptyState title={t('market.detail.empty', { asset })} body={t('market.detail.emptyBody')} />
          );
        }
        return (
          <>
            {isSynthetic && <Banner tone="caution">{t('market.detail.synthetic')}</Banner>}
            <h3 className={styles.title}>{t('market.detail.price', { asset, quote })}</h3>
            <PriceChart
              label={t('market.detail.label', {
                asset,
                quote,
                count: points.length,
                from: formatDate(first.at, locale),
                to: formatDate(last.at, locale),
                last: formatPrice(last.value, quote, locale),
              })}
              axis={t('market.detail.priceAxis', { asset, quote })}
              points={points}
              decimals={unitOfQuote(quote).decimals}
              events={NO_EVENTS}
              par={null}
              category={0}
              {...texts}
            />
            <Notes thinned={thinned} gapMs={gapMs} hasGap={points.some((point) => point.isAfterGap)} />
          </>
        );
      }}
    </QueryView>
  );
}

interface PegSectionProps {
  readonly asset: string;
  readonly from: number | null;
}

function PegSection({ asset, from }: PegSectionProps) {
  const query = useQuery('market.peg', { asset, withSample: useIsSample(), from, to: null });
  return (
    <QueryView query={query} skeleton={<Skeleton lines={8} height={24} />}>
      {(history) => <PegBody asset={asset} history={history} />}
    </QueryView>
  );
}

function PegBody({ asset, history }: { readonly asset: string; readonly history: PegHistory }) {
  const { t, locale } = useText();
  const { points, thinned, gapMs, missing, events, threshold, isSynthetic } = history;
  const texts = useMemo(
    () => ({
      format: (value: bigint) => formatPeg(value, locale),
      formatAxis: (value: number) =>
        new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value),
    }),
    [locale],
  );
  const first = points[0];
  const last = points.at(-1);
  const drawn = useMemo(
    () =>
      events
        // What really happened is no mark of an invented line; the list below has it all the same.
        .filter(({ kind }) => kind === 'detected' || !isSynthetic)
        .map(({ kind, title, from, to, worst }) => ({
          from,
          to,
          isRecorded: kind === 'recorded',
          label: kind === 'recorded' ? title : worst === null ? '' : formatPeg(worst, locale),
        })),
    [events, isSynthetic, locale],
  );
  const missed = missing['no-underlying'] + missing['no-rate'];
  return (
    <>
      <h3 className={styles.title}>{t('market.detail.peg', { asset })}</h3>
      {first && last ? (
        <>
          <PriceChart
            label={t('market.detail.pegLabel', {
              asset,
              count: points.length,
              from: formatDate(first.at, locale),
              to: formatDate(last.at, locale),
              last: formatPeg(last.value, locale),
            })}
            axis={t('market.detail.pegAxis')}
            points={points}
            decimals={18}
            events={drawn}
            par={WAD}
            category={2}
            {...texts}
          />
          <Notes thinned={thinned} gapMs={gapMs} hasGap={points.some((point) => point.isAfterGap)} />
        </>
      ) : (
        <EmptyState title={t('market.detail.emptyPeg')} />
      )}
      {missed > 0 && (
        <p className={styles.note}>
          {t('market.detail.missing', {
            count: missed,
            underlying: missing['no-underlying'],
            rate: missing['no-rate'],
          })}
        </p>
      )}
      <EventList events={events} threshold={threshold} />
    </>
  );
}

interface NotesProps {
  readonly thinned: { readonly from: number; readonly to: number } | null;
  readonly gapMs: number;
  readonly hasGap: boolean;
}

/** What the drawing leaves out, and how it shows what is not known. */
function Notes({ thinned, gapMs, hasGap }: NotesProps) {
  const { t } = useText();
  if (thinned === null && !hasGap) return null;
  return (
    <p className={styles.note}>
      {hasGap && t('market.detail.gap', { days: gapMs / DAY })}{' '}
      {thinned !== null && t('market.detail.thinned', thinned)}
    </p>
  );
}
