/** The numbers a study rests on: each kind of event with its rates, its status and where it comes from. */
import type { HazardClass } from '../../shared/domain/hazards.ts';
import { PARAMETER_SETS } from '../../shared/domain/loss-distribution.ts';
import type { ReportLikelihood } from '../../shared/domain/report.ts';
import { findSet } from '../../shared/domain/study-figures.ts';
import {
  describeDerivation,
  formatChance,
  formatRate,
  markEstimate,
} from '../../shared/format/likelihood.ts';
import { useText } from '../state/text.ts';
import { joinClasses } from '../ui/classes.ts';
import styles from './ReportPaper.module.css';

const COLUMNS = 6;

export function LikelihoodNumbers({ likelihood }: { readonly likelihood: ReportLikelihood }) {
  const { t } = useText();
  const { evidence } = likelihood;
  return (
    <>
      <h3 className={styles['h3']}>{t('likelihood.paper.numbersTitle')}</h3>
      <p className={styles['intro']}>{t('likelihood.paper.numbersIntro', { date: evidence.asOf })}</p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col" className={styles['wide36']}>
              {t('likelihood.paper.what')}
            </th>
            {PARAMETER_SETS.map((set) => (
              <th key={set} scope="col" className={styles['numberHead']}>
                {t(`likelihood.set.${set}`)}
                <span className={styles['unit']}>{t('likelihood.numbers.perYear')}</span>
              </th>
            ))}
            <th scope="col" className={styles['numberHead']}>
              {t('likelihood.paper.mean')}
              <span className={styles['unit']}>{t('likelihood.setLower.base')}</span>
            </th>
            <th scope="col" className={styles['wide18']}>
              {t('likelihood.paper.status')}
            </th>
          </tr>
        </thead>
        {evidence.classes.map((hazard) => (
          <ClassRows key={hazard.id} hazard={hazard} likelihood={likelihood} />
        ))}
      </table>
      <Edits likelihood={likelihood} />
    </>
  );
}

interface ClassRowsProps {
  readonly hazard: HazardClass;
  readonly likelihood: ReportLikelihood;
}

function ClassRows({ hazard, likelihood }: ClassRowsProps) {
  const { t, locale } = useText();
  const { study, evidence } = likelihood;
  const own = findSet(study, 'base').sources.filter((source) => source.class === hazard.id);
  const first = own.find(({ isEdited }) => !isEdited) ?? own[0];
  const status = (word: HazardClass['evidence']['events']): string => t(`likelihood.status.${word}`);
  return (
    <tbody className={styles['together']}>
      <tr className={styles['openRow']}>
        <th scope="row">
          {hazard.name}
          <span className={styles['aside']}>
            {t('likelihood.paper.count', { count: own.length, per: hazard.per })}
          </span>
        </th>
        {PARAMETER_SETS.map((set) => (
          <td key={set} className={styles['number']}>
            {formatRate(hazard.rate[set].perYear, locale)}
          </td>
        ))}
        <td className={styles['number']}>
          {first && markEstimate(formatChance(first.severityMean, { locale }))}
        </td>
        <td>{first && `${status(first.rateStatus)}, ${status(first.severityStatus)}`}</td>
      </tr>
      <tr className={styles['noteRow']}>
        <td colSpan={COLUMNS}>
          {describeDerivation(hazard.rate.base.from, t, locale)}. {hazard.evidence.text}{' '}
          <span className={styles['where']}>
            {hazard.sources
              .map((id) => evidence.sources[id])
              .filter((source) => source !== undefined)
              .map(({ where, date }) => `${where} (${date})`)
              .join('; ')}
          </span>
        </td>
      </tr>
    </tbody>
  );
}

function Edits({ likelihood: { study, evidence } }: { readonly likelihood: ReportLikelihood }) {
  const { t, locale } = useText();
  const edited = findSet(study, 'base').sources.filter(({ isEdited }) => isEdited);
  if (edited.length === 0) return null;
  const names = new Map(evidence.classes.map(({ id, name }) => [id, name]));
  return (
    <>
      <h3 className={styles['h3']}>{t('likelihood.paper.editsTitle')}</h3>
      <ul className={joinClasses(styles['list'], styles['together'])}>
        {edited.map((source) => (
          <li key={source.sourceId}>
            {t('likelihood.paper.edit', {
              what: names.get(source.class) ?? source.class,
              label: source.label,
              rate: formatRate(source.ratePerYear, locale),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}
