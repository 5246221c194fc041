import { useMemo } from 'react';
import {
  computeYield,
  type PercentRange,
  type YieldRequest,
  type YieldStepEnd,
} from '../../../shared/domain/yield.ts';
import { formatDecimal } from '../../../shared/format/numbers.ts';
import { useText } from '../../state/text.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './YieldResultPanel.module.css';

interface YieldResultPanelProps {
  readonly name: string;
  /** Null where a field makes no sense. */
  readonly request: YieldRequest | null;
  readonly unit: string;
  readonly decimals: number;
}

/** Step by step from gross to net, at both ends of what is possible. */
export function YieldResultPanel({ name, request, unit, decimals }: YieldResultPanelProps) {
  const { t } = useText();
  if (request === null) return <Banner tone="caution">{t('compare.yields.fixFirst')}</Banner>;
  return (
    <Panel title={`${t('compare.yields.title')}: ${name}`} hint={t('compare.yields.hint')} isFlush>
      <Steps request={request} unit={unit} decimals={decimals} />
    </Panel>
  );
}

interface StepsProps {
  readonly request: YieldRequest;
  readonly unit: string;
  readonly decimals: number;
}

function Steps({ request, unit, decimals }: StepsProps) {
  const { t, locale } = useText();
  const result = useMemo(() => computeYield(request), [request]);
  const list = new Intl.ListFormat(locale).format(result.missing.map((id) => t(`yields.missing.${id}`)));
  const unknown = <span className={styles.unknown}>{t('compare.cell.unknown')}</span>;
  const range = (value: PercentRange | null) => (value === null ? unknown : formatSigned(value, locale));
  const { gain } = result;
  const amount = (value: bigint): string =>
    formatDecimal(value, decimals, { locale, digits: unit === 'BTC' ? 6 : 4 });
  return (
    <>
      {result.missing.length > 0 && <p className={styles.missing}>{t('compare.yields.missing', { list })}</p>}
      <table className={styles.table} aria-label={t('compare.yields.tableLabel')}>
        <thead>
          <tr>
            <th scope="col">{t('compare.yields.step')}</th>
            <th scope="col" className={styles.end}>
              {t('compare.yields.worst')}
            </th>
            <th scope="col" className={styles.end}>
              {t('compare.yields.best')}
            </th>
          </tr>
        </thead>
        <tbody>
          {result.steps.map(({ id, worst, best }) => (
            <tr key={id}>
              <th scope="row">{t(`yields.step.${id}`)}</th>
              <StepCell end={worst} />
              <StepCell end={best} />
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.sums}>
        <div className={styles.net}>
          <dt>{t('compare.yields.net')}</dt>
          <dd>{range(result.net)}</dd>
        </div>
        <div>
          <dt title={t('compare.yields.sustainableHint')}>{t('compare.yields.sustainable')}</dt>
          <dd>{range(result.sustainable)}</dd>
        </div>
        <div>
          <dt>{t('compare.yields.share')}</dt>
          <dd>{range(result.emissionsShare)}</dd>
        </div>
        <div>
          <dt>{t('compare.yields.gain', { count: request.horizonDays })}</dt>
          <dd>
            {gain === null
              ? unknown
              : gain.low === gain.high
                ? `≈ ${amount(gain.low)} ${unit}`
                : `≈ ${amount(gain.low)} – ${amount(gain.high)} ${unit}`}
          </dd>
        </div>
      </dl>
      <p className={styles.note}>
        {t('compare.yields.sustainableHint')} {t('compare.yields.simple')}
      </p>
    </>
  );
}

function StepCell({ end }: { readonly end: YieldStepEnd | null }) {
  const { t, locale } = useText();
  if (end === null) {
    return (
      <td className={styles.end}>
        <span className={styles.unknown}>{t('compare.cell.unknown')}</span>
      </td>
    );
  }
  return (
    <td className={styles.end}>
      <span className={styles.change}>{formatChange(end.change, locale)}</span>
      <span className={styles.after}>{formatPercent(end.after, locale)}</span>
    </td>
  );
}

function formatPercent(value: number, locale: string): string {
  const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    Math.abs(value),
  );
  return `${value < 0 && text !== '0.00' ? '−' : ''}${text}%`;
}

function formatChange(value: number, locale: string): string {
  const text = formatPercent(value, locale);
  return value > 0 ? `+${text}` : text;
}

function formatSigned({ low, high }: PercentRange, locale: string): string {
  const [from, to] = [formatPercent(low, locale), formatPercent(high, locale)];
  return from === to ? `≈ ${from}` : `≈ ${from} – ${to}`;
}
