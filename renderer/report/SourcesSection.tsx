/** Every source behind the printed figures: contract, call, block, time, and how many figures rest on it. */
import type { Report } from '../../shared/domain/report.ts';
import { formatBlock } from '../../shared/format/numbers.ts';
import type { Source } from '../../shared/domain/source.ts';
import { formatInstant } from '../../shared/format/time.ts';
import { joinClasses } from '../ui/classes.ts';
import { useText, type Text } from '../state/text.ts';
import { PaperSection } from './PaperSection.tsx';
import styles from './ReportPaper.module.css';

interface SourceCells {
  readonly name: string;
  readonly address: string | null;
  readonly call: string;
  readonly block: string | null;
  readonly time: string;
}

function describeSource(source: Source, { t, tKey, locale }: Text): SourceCells {
  switch (source.kind) {
    case 'chain':
      return {
        name: source.contract,
        address: source.address,
        call: source.call,
        block: t('reports.paper.sources.block', { block: formatBlock(source.block.number, locale) }),
        time:
          source.updatedAt === undefined
            ? formatInstant(source.block.time * 1000, locale)
            : t('reports.paper.sources.updated', { time: formatInstant(source.updatedAt * 1000, locale) }),
      };
    case 'sample':
      return {
        name: source.contract,
        address: null,
        call: source.call,
        block: t('reports.paper.sources.sample'),
        time: formatInstant(source.asOf, locale),
      };
    case 'bitcoin':
      return {
        name: t('reports.paper.sources.bitcoin', { network: source.network }),
        address: source.endpoint,
        call: source.call,
        block: t('reports.paper.sources.block', { block: formatBlock(source.block.number, locale) }),
        time: formatInstant(source.block.time * 1000, locale),
      };
    case 'market':
      return {
        name: tKey(`market.source.${source.provider}`),
        address: null,
        call: t('shell.inspector.priceOf', { asset: source.asset, quote: source.quote }),
        block: null,
        time: formatInstant(source.at, locale),
      };
    case 'user':
      return {
        name: t('reports.paper.sources.user'),
        address: null,
        call: tKey(source.what),
        block: null,
        time: formatInstant(source.enteredAt, locale),
      };
    case 'definition':
      return {
        name: t('reports.paper.sources.definition'),
        address: null,
        call: tKey(source.why),
        block: null,
        time: t('reports.paper.sources.timeless'),
      };
  }
}

function SourcesTable({ report }: { readonly report: Report }) {
  const text = useText();
  const { t } = text;
  return (
    <table className={styles['table']}>
      <caption className={styles['hidden']}>{t('reports.paper.sources.caption')}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles['wide35']}>
            {t('reports.paper.sources.contract')}
          </th>
          <th scope="col" className={styles['wide34']}>
            {t('reports.paper.sources.call')}
          </th>
          <th scope="col">{t('reports.paper.sources.when')}</th>
          <th scope="col" className={joinClasses(styles['numberHead'], styles['wide7'])}>
            {t('reports.paper.sources.figures')}
          </th>
        </tr>
      </thead>
      <tbody>
        {report.sources.map(({ source, figures }, index) => {
          const cells = describeSource(source, text);
          return (
            <tr key={index} className={styles['small']}>
              <th scope="row">
                {cells.name}
                {cells.address !== null && <span className={styles['address']}>{cells.address}</span>}
              </th>
              <td>{cells.call}</td>
              <td>
                {cells.block !== null && <span className={styles['line']}>{cells.block}</span>}
                {cells.time}
              </td>
              <td className={styles['number']}>{figures}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function SourcesSection({
  report,
  isSample,
}: {
  readonly report: Report;
  readonly isSample: boolean;
}) {
  const { t } = useText();
  return (
    <PaperSection title={t('reports.paper.sources.title')} isSample={isSample}>
      {report.sources.length === 0 ? (
        <p>{t('reports.paper.sources.empty')}</p>
      ) : (
        <>
          <p className={styles['intro']}>{t('reports.paper.sources.intro')}</p>
          <SourcesTable report={report} />
        </>
      )}
    </PaperSection>
  );
}
