import { useId } from 'react';
import type { HazardClass } from '../../../../shared/domain/hazards.ts';
import type { ParameterSet } from '../../../../shared/domain/loss-distribution.ts';
import type { LossStudy } from '../../../../shared/domain/loss-study.ts';
import { formatChance, markEstimate, nameHorizon } from '../../../../shared/format/likelihood.ts';
import { useText } from '../../../state/text.ts';
import { StateWord } from '../../../ui/StateWord.tsx';
import type { StudiedSource } from './groupSources.ts';
import { RateField } from './RateField.tsx';
import styles from './SourceRow.module.css';
import { setRate } from './studyDraft.ts';
import { useFormatEstimate } from './useFormatEstimate.ts';
import type { StudyState } from './useStudy.ts';

interface SourceRowProps {
  readonly source: StudiedSource;
  readonly hazard: HazardClass;
  readonly set: ParameterSet;
  readonly study: StudyState;
  readonly made: LossStudy;
}

/** One thing that can happen: its rate, to be changed in place, and what follows from it within the horizon. */
export function SourceRow({ source, hazard, set, study, made }: SourceRowProps) {
  const { t, locale } = useText();
  const format = useFormatEstimate();
  const nameId = useId();
  const { draft, setDraft } = study;
  const { sourceId, label, probability, severityMean, expectedLoss, isAssumed } = source;
  const filed = hazard.rate[set].perYear;
  const edited = draft.rates[sourceId];
  const simulated = made.request.edits.find((edit) => edit.sourceId === sourceId)?.ratePerYear;
  const horizon = nameHorizon(made.request.horizonYears, t);
  return (
    <div className={styles.row} role="group" aria-labelledby={nameId}>
      <p className={styles.head}>
        <span id={nameId} className={styles.name}>
          {label}
          {isAssumed && <span className={styles.assumed}> {t('likelihood.numbers.assumed')}</span>}
        </span>
        <span className={styles.cost}>{markEstimate(format(expectedLoss))}</span>
      </p>
      <RateField
        label={t('likelihood.numbers.rate', { label })}
        backLabel={t('likelihood.numbers.back', { label })}
        rate={edited ?? filed}
        isEdited={edited !== undefined}
        limits={hazard.editable}
        onChange={(rate) => setDraft(setRate(draft, sourceId, rate === filed ? null : rate))}
        onBack={() => setDraft(setRate(draft, sourceId, null))}
      />
      <p className={styles.facts}>
        {t('likelihood.numbers.chance', {
          chance: markEstimate(formatChance(probability, { locale })),
          horizon,
        })}
        {', '}
        {t('likelihood.numbers.takes', { share: markEstimate(formatChance(severityMean, { locale })) })}
      </p>
      {edited !== undefined && (
        <p className={styles.marks}>
          <StateWord tone="information">{t('likelihood.numbers.edited')}</StateWord>
          {edited !== simulated && <span>{t('likelihood.numbers.pending')}</span>}
        </p>
      )}
      {edited === undefined && simulated !== undefined && (
        <p className={styles.marks}>{t('likelihood.numbers.pending')}</p>
      )}
    </div>
  );
}
