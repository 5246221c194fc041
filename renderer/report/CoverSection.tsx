/** The first page: whose positions, of which block, from which source, and what they come to. */
import type { Report } from '../../shared/domain/report.ts';
import { nameAccount, nameWatched } from '../../shared/domain/names.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import { formatBlock, formatValue } from '../../shared/format/numbers.ts';
import { describeEvent } from '../../shared/format/scenario.ts';
import { formatInstant } from '../../shared/format/time.ts';
import { useText } from '../state/text.ts';
import { FigureText } from './FigureText.tsx';
import styles from './ReportPaper.module.css';

function CoverMarks({ report }: { readonly report: Report }) {
  const { t, locale } = useText();
  return (
    <>
      {report.portfolio.kind === 'sample' && (
        <div className={styles['stamp']}>
          <p className={styles['stampTitle']}>{t('reports.paper.sampleMark')}</p>
          <p>{t('reports.paper.sampleNote')}</p>
        </div>
      )}
      {report.isStale && (
        <div className={styles['stamp']}>
          <p className={styles['stampTitle']}>{t('reports.paper.staleMark')}</p>
          <p>
            {t('reports.paper.staleNote', {
              block: formatBlock(report.origin.block.number, locale),
              readAt: formatInstant(report.readAt, locale),
            })}
          </p>
        </div>
      )}
    </>
  );
}

function CoverScenario({ report }: { readonly report: Report }) {
  const { t, locale } = useText();
  const result = report.run?.result;
  if (!result) return t('reports.paper.cover.noScenario');
  const share = fractionOf(result.totalLossWei, result.totalBeforeWei);
  const loss = formatValue(result.totalLossWei, ETH_UNIT, { locale });
  const percent = share === null ? '' : ` (${formatValue(share, SHARE_UNIT, { locale })})`;
  return (
    <>
      {result.scenario.events.map((event, index) => (
        <span key={index} className={styles['line']}>
          {describeEvent(event, report.exposure, t)}
        </span>
      ))}
      <span className={styles['line']}>
        {t('reports.paper.scenario.eventLoss', { loss: `${loss}${percent}` })}
      </span>
    </>
  );
}

function CoverFacts({ report }: { readonly report: Report }) {
  const { t, locale } = useText();
  const { origin } = report;
  const source =
    origin.kind === 'sample'
      ? t('reports.paper.cover.sourceSample')
      : origin.kind === 'bitcoin'
        ? t('reports.paper.cover.sourceBitcoin', { network: origin.network, endpoint: origin.endpoint })
        : t('reports.paper.cover.sourceChain', {
            network: origin.network,
            chainId: origin.chainId,
            endpoint: origin.endpoint,
          });
  return (
    <dl className={styles['facts']}>
      <dt>{t('reports.paper.cover.madeAt')}</dt>
      <dd>{formatInstant(report.generatedAt, locale)}</dd>
      <dt>{t('reports.paper.cover.block')}</dt>
      <dd>{formatBlock(origin.block.number, locale)}</dd>
      <dt>{t('reports.paper.cover.blockTime')}</dt>
      <dd>{formatInstant(origin.block.time * 1000, locale)}</dd>
      <dt>{t('reports.paper.cover.blockHash')}</dt>
      <dd className={styles['mono']}>{origin.block.hash}</dd>
      <dt>{t('reports.paper.cover.readAt')}</dt>
      <dd>{formatInstant(report.readAt, locale)}</dd>
      <dt>{t('reports.paper.cover.source')}</dt>
      <dd>{source}</dd>
      <dt>{t('reports.paper.cover.positions')}</dt>
      <dd>{report.positions.length}</dd>
      <dt>{t('reports.paper.cover.scenario')}</dt>
      <dd>
        <CoverScenario report={report} />
      </dd>
    </dl>
  );
}

function CoverAccounts({ report }: { readonly report: Report }) {
  const { t } = useText();
  if (report.accounts.length === 0) return <p>{t('reports.paper.cover.noAccounts')}</p>;
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col" className={styles['wide40']}>
            {t('reports.paper.cover.account')}
          </th>
          <th scope="col">{t('reports.paper.cover.address')}</th>
        </tr>
      </thead>
      <tbody>
        {report.accounts.map((account) => (
          <tr key={account.id}>
            <th scope="row">
              <bdi>{nameAccount(account)}</bdi>
            </th>
            <td>
              <span className={styles['mono']}>{nameWatched(account)}</span>
              {account.kind === 'evm' && account.ensName !== null && (
                <span className={styles['aside']}>
                  {t('reports.paper.cover.ensName', { name: account.ensName })}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function CoverSection({ report }: { readonly report: Report }) {
  const { t } = useText();
  const { totals } = report;
  return (
    <header className={styles['cover']}>
      <p className={styles['eyebrow']}>{t('reports.paper.title')}</p>
      <h1 className={styles['h1']}>
        <bdi>{report.portfolio.name}</bdi>
      </h1>
      <CoverMarks report={report} />
      <div className={styles['totals']}>
        <p className={styles['totalName']}>{t('reports.paper.cover.total')}</p>
        <p className={styles['totalMain']}>
          <FigureText figure={totals.bookEth} />
        </p>
        <p className={styles['totalSecond']}>
          {totals.bookUsd.value === null && `${t('reports.paper.cover.inDollars')} `}
          <FigureText figure={totals.bookUsd} />
        </p>
        {totals.unvaluedCount > 0 && (
          <p className={styles['muted']}>
            {t('reports.paper.cover.unvalued', { count: totals.unvaluedCount })}
          </p>
        )}
      </div>
      <CoverFacts report={report} />
      <h2 className={styles['h3']}>{t('reports.paper.cover.accounts')}</h2>
      <CoverAccounts report={report} />
      <p className={styles['imprint']}>{t('reports.paper.by', { version: report.programVersion })}</p>
    </header>
  );
}
