/** The four values of every position side by side; what they mean stands above them, where each is from under Method. */
import { ETH_UNIT } from '../../shared/domain/figure.ts';
import { sumValues, VALUE_KINDS, type ValuedPosition } from '../../shared/domain/position-values.ts';
import type { Report } from '../../shared/domain/report.ts';
import { useText } from '../state/text.ts';
import { joinClasses } from '../ui/classes.ts';
import { FigureText } from './FigureText.tsx';
import styles from './ReportPaper.module.css';

export function ValuesPart({ report }: { readonly report: Report }) {
  const { t } = useText();
  const { positions, totals } = report;
  const sums = sumValues(positions);
  return (
    <>
      <h3 className={styles['h3']}>{t('reports.paper.values.title')}</h3>
      <p className={styles['intro']}>{t('reports.paper.values.intro')}</p>
      <table className={styles['table']}>
        <caption className={styles['hidden']}>{t('reports.paper.values.caption')}</caption>
        <ValuesHead />
        <tbody>
          {positions.map((position) => (
            <ValuesRow key={position.id} position={position} />
          ))}
          <tr className={styles['totalRow']}>
            <th scope="row" colSpan={3}>
              {t('reports.paper.holdings.totalKnown')}
            </th>
            <td className={styles['number']}>
              <FigureText figure={totals.bookEth} isBare />
              <KnownCount known={positions.length - totals.unvaluedCount} count={positions.length} />
            </td>
            {VALUE_KINDS.map((kind) => (
              <td key={kind} className={styles['number']}>
                <FigureText figure={sums[kind].figure} isBare />
                <KnownCount known={positions.length - sums[kind].unknownCount} count={positions.length} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </>
  );
}

function ValuesHead() {
  const { t } = useText();
  const figures = ['bookEth', ...VALUE_KINDS] as const;
  return (
    <thead>
      <tr>
        <th scope="col" className={styles['wide18']}>
          {t('reports.paper.holdings.account')}
        </th>
        <th scope="col" className={styles['wide12']}>
          {t('reports.paper.holdings.token')}
        </th>
        <th scope="col" className={styles['wide11']}>
          {t('reports.paper.holdings.state')}
        </th>
        {figures.map((kind) => (
          <th key={kind} scope="col" className={joinClasses(styles['numberHead'], styles['wide14'])}>
            {t(`figure.name.${kind}`)}
            <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ValuesRow({ position }: { readonly position: ValuedPosition }) {
  const { t } = useText();
  const { accountLabel, instrument, state, bookEth, values } = position;
  return (
    <tr>
      <td>
        <bdi className={styles['clamped']}>{accountLabel}</bdi>
      </td>
      <th scope="row">
        <bdi>{instrument.symbol}</bdi>
      </th>
      <td>{t(`figure.state.${state}`)}</td>
      {[bookEth, ...VALUE_KINDS.map((kind) => values[kind])].map((figure) => (
        <td key={figure.name} className={styles['number']}>
          <FigureText figure={figure} isBare />
        </td>
      ))}
    </tr>
  );
}

/** A total of some of the rows says of how many. */
function KnownCount({ known, count }: { readonly known: number; readonly count: number }) {
  const { t } = useText();
  if (known === count) return null;
  return <span className={styles['unit']}>{t('reports.paper.values.known', { known, count })}</span>;
}
