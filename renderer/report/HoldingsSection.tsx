/** What is held: a row per position, what slashing already took, and what is not known. */
import { ETH_UNIT, SHARE_UNIT, USD_UNIT } from '../../shared/domain/figure.ts';
import type { Position } from '../../shared/domain/position.ts';
import type { Report } from '../../shared/domain/report.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { useText, type Text } from '../state/text.ts';
import { joinClasses } from '../ui/classes.ts';
import { describePosition, describeSlashResolution, writeReason } from './describePosition.ts';
import { EigenlayerFactsPart } from './EigenlayerFactsPart.tsx';
import { FigureText } from './FigureText.tsx';
import { PaperSection } from './PaperSection.tsx';
import styles from './ReportPaper.module.css';
import { ValuesPart } from './ValuesPart.tsx';

const COLUMNS = 8;

function PositionRow({ position, report }: { readonly position: Position; readonly report: Report }) {
  const text = useText();
  const { t, locale } = text;
  const total = report.totals.bookEth.value;
  const book = position.bookEth.value;
  const share = book === null || total === null ? null : fractionOf(book, total);
  const notes = describePosition(position, report, text);
  // `stETH in EigenLayer` is counted in stETH: the row says so already.
  const isOwnUnit = position.instrument.symbol.startsWith(position.amount.unit.symbol);
  return (
    // A body per position, so that a row and its notes stay on one page.
    <tbody className={styles['together']}>
      <tr className={notes.length > 0 ? styles['openRow'] : undefined}>
        <td>
          <bdi className={styles['clamped']}>{position.accountLabel}</bdi>
        </td>
        <th scope="row">
          <bdi>{position.instrument.symbol}</bdi>
        </th>
        <td>{t(`figure.state.${position.state}`)}</td>
        <td className={styles['number']}>
          <FigureText figure={position.amount} isBare={isOwnUnit} />
        </td>
        <td className={styles['number']}>
          <FigureText figure={position.rate} isBare />
        </td>
        <td className={styles['number']}>
          <FigureText figure={position.bookEth} isBare />
        </td>
        <td className={styles['number']}>
          <FigureText figure={position.bookUsd} isBare />
        </td>
        <td className={styles['number']}>
          {share === null ? (
            <span className={styles['unknown']}>{t('reports.paper.unknownShort')}</span>
          ) : (
            formatValue(share, SHARE_UNIT, { locale, isBare: true })
          )}
        </td>
      </tr>
      {notes.length > 0 && (
        <tr className={styles['noteRow']}>
          <td />
          <td colSpan={COLUMNS - 1}>{notes.join(' ')}</td>
        </tr>
      )}
    </tbody>
  );
}

function HoldingsHead() {
  const { t } = useText();
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
        <th scope="col" className={joinClasses(styles['numberHead'], styles['wide13'])}>
          {t('reports.paper.holdings.amount')}
          <span className={styles['unit']}>{t('reports.paper.holdings.amountUnit')}</span>
        </th>
        <th scope="col" className={joinClasses(styles['numberHead'], styles['wide11'])}>
          {t('reports.paper.holdings.rate')}
          <span className={styles['unit']}>{t('reports.paper.holdings.rateUnit')}</span>
        </th>
        <th scope="col" className={joinClasses(styles['numberHead'], styles['wide13'])}>
          {t('reports.paper.holdings.book')}
          <span className={styles['unit']}>{ETH_UNIT.symbol}</span>
        </th>
        <th scope="col" className={joinClasses(styles['numberHead'], styles['wide14'])}>
          {t('reports.paper.holdings.book')}
          <span className={styles['unit']}>{USD_UNIT.symbol}</span>
        </th>
        <th scope="col" className={joinClasses(styles['numberHead'], styles['wide8'])}>
          {t('reports.paper.holdings.share')}
          <span className={styles['unit']}>{t('reports.paper.holdings.shareUnit')}</span>
        </th>
      </tr>
    </thead>
  );
}

/** The cells that are not known, each with the detail its reader gave. */
function listUnknownCells(report: Report, text: Text): { key: string; sentence: string }[] {
  return report.positions.flatMap((position) =>
    // A dollar value that is missing for want of the value in ETH has no reason of its own.
    [position.amount, position.rate, ...(position.bookEth.value === null ? [] : [position.bookUsd])]
      .filter((figure) => figure.value === null && figure.reason?.detail !== undefined)
      .map((figure) => ({
        key: `${position.id}|${figure.name}`,
        sentence: text.t('reports.paper.holdings.unknownRow', {
          account: position.accountLabel,
          token: position.instrument.symbol,
          state: text.t(`figure.state.${position.state}`),
          figure: text.tKey(figure.name),
          reason: `${writeReason(figure, text)} (${figure.reason?.detail ?? ''})`,
        }),
      })),
  );
}

export function HoldingsSection({
  report,
  isSample,
}: {
  readonly report: Report;
  readonly isSample: boolean;
}) {
  const text = useText();
  const { t } = text;
  const unknowns = listUnknownCells(report, text);
  const heldBack = describeSlashResolution(report, text);
  if (report.positions.length === 0) {
    return (
      <PaperSection title={t('reports.paper.holdings.title')} isSample={isSample} startsPage>
        <p>{t('reports.paper.holdings.empty')}</p>
        <EigenlayerFactsPart report={report} />
      </PaperSection>
    );
  }
  return (
    <PaperSection title={t('reports.paper.holdings.title')} isSample={isSample} startsPage>
      <p className={styles['intro']}>{t('reports.paper.holdings.intro')}</p>
      <table className={styles['table']}>
        <caption className={styles['hidden']}>{t('reports.paper.holdings.caption')}</caption>
        <HoldingsHead />
        {report.positions.map((position) => (
          <PositionRow key={position.id} position={position} report={report} />
        ))}
        <tbody className={styles['together']}>
          <tr className={styles['totalRow']}>
            <th scope="row" colSpan={5}>
              {t(
                report.totals.unvaluedCount > 0
                  ? 'reports.paper.holdings.totalKnown'
                  : 'reports.paper.holdings.total',
              )}
            </th>
            <td className={styles['number']}>
              <FigureText figure={report.totals.bookEth} isBare />
            </td>
            <td className={styles['number']}>
              <FigureText figure={report.totals.bookUsd} isBare />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
      {report.totals.unvaluedCount > 0 && (
        <p className={styles['after']}>
          {t('reports.paper.cover.unvalued', { count: report.totals.unvaluedCount })}
        </p>
      )}
      {heldBack !== null && <p className={styles['after']}>{heldBack}</p>}
      <ValuesPart report={report} />
      {unknowns.length > 0 && (
        <>
          <h3 className={styles['h3']}>{t('reports.paper.holdings.unknownTitle')}</h3>
          <ul className={styles['list']}>
            {unknowns.map(({ key, sentence }) => (
              <li key={key}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      <EigenlayerFactsPart report={report} />
    </PaperSection>
  );
}
