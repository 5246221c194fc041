import { useCallback, useMemo } from 'react';
import {
  statusOfExit,
  type ComparedProduct,
  type KeptComparison,
  type ProductComparison,
} from '../../../shared/domain/product-comparison.ts';
import { formatAge } from '../../../shared/format/time.ts';
import { Chart } from '../../charts/Chart.tsx';
import { buildComparedBars } from '../../charts/options/buildComparedBars.ts';
import type { ChartPalette } from '../../charts/options/palette.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { COMPARED_FIGURES, formatShare, readShares } from './comparedFigures.ts';
import styles from './ComparisonResult.module.css';
import { FactStatusWord } from './FactStatusMark.tsx';
import { formatPlain } from '../../../shared/format/catalog.ts';

const MINUTE = 60_000;
const TEXT_SIZE = 12;
const ROW_HEIGHT = 34;
const FRAME_HEIGHT = 56;
const LABEL_WIDTH = 96;

interface ComparisonResultProps {
  readonly kept: KeptComparison;
  /** What is pinned now. */
  readonly askedIds: readonly string[];
}

/** Figures, differences and assumptions of the last comparison. */
export function ComparisonResult({ kept, askedIds }: ComparisonResultProps) {
  const { t, locale } = useText();
  const now = useNow(MINUTE);
  const { comparison, madeAt } = kept;
  const { request, products } = comparison;
  const isOther =
    askedIds.length !== request.productIds.length || request.productIds.some((id) => !askedIds.includes(id));
  const names = new Intl.ListFormat(locale).format(products.map(nameProduct));
  return (
    <div className={styles.result}>
      {isOther && <Banner tone="information">{t('compare.engine.outdated', { names })}</Banner>}
      <FigureTable comparison={comparison} />
      <ComparedChart comparison={comparison} />
      <PairTable comparison={comparison} />
      <Disclosure summary={t('compare.engine.assumptions')}>
        <Assumptions comparison={comparison} />
      </Disclosure>
      <p className={styles.note}>
        {t('compare.engine.made', {
          age: formatAge(madeAt, now, locale),
          paths: new Intl.NumberFormat(locale).format(request.paths),
          days: formatPlain(request.horizonDays, locale),
          version: comparison.catalog.version,
        })}
      </p>
    </div>
  );
}

function nameProduct({ symbol, name }: Pick<ComparedProduct, 'symbol' | 'name'>): string {
  return symbol ?? name;
}

function FigureTable({ comparison }: { readonly comparison: ProductComparison }) {
  const { t, locale } = useText();
  const { products } = comparison;
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label={t('compare.engine.tableLabel')}>
        <thead>
          <tr>
            <th scope="col">{t('compare.engine.figure')}</th>
            {products.map((product) => (
              <th key={product.productId} scope="col" className={styles.end} title={product.protocolName}>
                {nameProduct(product)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {COMPARED_FIGURES.map((id) => (
            <tr key={id}>
              <th scope="row" title={t(`compare.engine.${id}Hint`)}>
                {t(`comparison.figure.${id}`)}
              </th>
              {products.map(({ productId }) => {
                const shares = readShares(comparison, productId, id);
                return (
                  <td key={productId} className={styles.end}>
                    {shares !== null && (
                      <>
                        <span className={styles.value}>
                          ≈{' '}
                          {t('compare.engine.whisker', {
                            low: formatShare(shares.low, locale),
                            high: formatShare(shares.high, locale),
                          })}
                        </span>
                        <span className={styles.base}>
                          {t('compare.engine.base', { value: formatShare(shares.base, locale) })}
                        </span>
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <th scope="row" title={t('compare.engine.exitHint')}>
              {t('comparison.figure.exit')}
            </th>
            {products.map((product) => (
              <td key={product.productId} className={styles.end}>
                <ExitCell exit={product.exit} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function ExitCell({ exit }: Pick<ComparedProduct, 'exit'>) {
  const { t, locale } = useText();
  const { total } = exit;
  const status = statusOfExit(exit);
  if (total === null) return <span className={styles.unknown}>{t('compare.cell.unknown')}</span>;
  const days = (low: number, high: number): string => {
    const [from, to] = [formatPlain(low, locale), formatPlain(high, locale)];
    return t('compare.unit.days', { value: from === to ? from : `${from} – ${to}`, count: 2 });
  };
  return (
    <>
      <span className={styles.value}>{days(total.low, total.high)}</span>
      {status !== null && (
        <span className={styles.status}>
          <FactStatusWord status={status} />
        </span>
      )}
    </>
  );
}

function ComparedChart({ comparison }: { readonly comparison: ProductComparison }) {
  const { t, locale } = useText();
  const bars = useMemo(
    () =>
      comparison.products.flatMap((product) => {
        const expectedLoss = readShares(comparison, product.productId, 'expectedLoss');
        const expectedShortfall = readShares(comparison, product.productId, 'expectedShortfall');
        if (expectedLoss === null || expectedShortfall === null) return [];
        return [{ name: nameProduct(product), expectedLoss, expectedShortfall }];
      }),
    [comparison],
  );
  const option = useCallback(
    (palette: ChartPalette) =>
      buildComparedBars(
        bars,
        palette,
        {
          description: t('compare.engine.chart'),
          expectedLoss: t('comparison.figure.expectedLoss'),
          expectedShortfall: t('comparison.figure.expectedShortfall'),
          share: (share) => formatShare(share, locale),
          describe: ({ low, base, high }) =>
            `${formatShare(base, locale)} (${t('compare.engine.whisker', {
              low: formatShare(low, locale),
              high: formatShare(high, locale),
            })})`,
        },
        { labelWidth: LABEL_WIDTH, textSize: TEXT_SIZE },
      ),
    [bars, t, locale],
  );
  return (
    <div>
      <p className={styles.note}>{t('compare.engine.chart')}</p>
      <Chart
        label={t('compare.engine.chart')}
        option={option}
        height={FRAME_HEIGHT + bars.length * ROW_HEIGHT}
      />
    </div>
  );
}

function PairTable({ comparison }: { readonly comparison: ProductComparison }) {
  const { t, locale } = useText();
  const base = comparison.sets.find(({ set }) => set === 'base');
  if (base === undefined) return null;
  const nameOf = (id: string): string => {
    const product = comparison.products.find(({ productId }) => productId === id);
    return product === undefined ? id : nameProduct(product);
  };
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label={t('compare.engine.pairsLabel')}>
        <thead>
          <tr>
            <th scope="col" title={t('compare.engine.pairsHint')}>
              {t('compare.engine.pairs')}
            </th>
            <th scope="col" className={styles.end}>
              {t('comparison.figure.expectedLoss')}
            </th>
            <th scope="col" className={styles.end}>
              {t('comparison.figure.expectedShortfall')}
            </th>
            <th scope="col" className={styles.end}>
              {t('compare.engine.pairBoth')}
            </th>
          </tr>
        </thead>
        <tbody>
          {base.pairs.map(({ one, other, expectedLoss, expectedShortfall, bothLose }) => (
            <tr key={`${one} ${other}`}>
              <th scope="row">{t('compare.engine.pair', { one: nameOf(one), other: nameOf(other) })}</th>
              <td className={styles.end}>≈ {formatShare(expectedLoss.value, locale)}</td>
              <td className={styles.end}>≈ {formatShare(expectedShortfall.value, locale)}</td>
              <td className={styles.end}>≈ {formatShare(bothLose.value, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Assumptions({ comparison }: { readonly comparison: ProductComparison }) {
  const { t, tKey } = useText();
  return (
    <ul className={styles.assumptions}>
      {comparison.assumptions.map(({ key, productId, values }, index) => {
        const text = tKey(`comparison.assumption.${key}`, values);
        const product = comparison.products.find((one) => one.productId === productId);
        return (
          <li key={index}>
            {product === undefined ? text : t('compare.engine.of', { product: nameProduct(product), text })}
          </li>
        );
      })}
    </ul>
  );
}
