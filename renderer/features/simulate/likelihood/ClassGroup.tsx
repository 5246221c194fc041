import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { HazardClass, Hazards } from '../../../../shared/domain/hazards.ts';
import type { ParameterSet } from '../../../../shared/domain/loss-distribution.ts';
import type { LossStudy } from '../../../../shared/domain/loss-study.ts';
import { describeDerivation, describeRate, markEstimate } from '../../../../shared/format/likelihood.ts';
import { useText } from '../../../state/text.ts';
import { Disclosure } from '../../../ui/Disclosure.tsx';
import styles from './ClassGroup.module.css';
import type { SourceGroup } from './groupSources.ts';
import { SourceRow } from './SourceRow.tsx';
import { StatusWord } from './StatusWord.tsx';
import { useFormatEstimate } from './useFormatEstimate.ts';
import type { StudyState } from './useStudy.ts';

interface ClassGroupProps {
  readonly group: SourceGroup;
  readonly set: ParameterSet;
  readonly hazards: Hazards;
  readonly study: StudyState;
  readonly made: LossStudy;
  readonly isOpenAtFirst: boolean;
}

/** One kind of thing that can happen: how often by the file, where that is from, and each of its kind here. */
export function ClassGroup({ group, set, hazards, study, made, isOpenAtFirst }: ClassGroupProps) {
  const { t, locale } = useText();
  const format = useFormatEstimate();
  // Its own state: closed and opened by hand, it stays so when another set is shown.
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const { hazard, sources, expectedLoss } = group;
  // The file's own, where any still has it.
  const first = sources.find(({ isEdited }) => !isEdited) ?? sources[0];
  return (
    <details className={styles.group} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden className={styles.chevron} />
        <span className={styles.name}>{hazard.name}</span>
        <span className={styles.cost}>{markEstimate(format(expectedLoss))}</span>
      </summary>
      <div className={styles.body}>
        <p className={styles.line}>
          {t('likelihood.numbers.classLine', {
            rate: describeRate(hazard.rate[set].perYear, t, locale),
            per: hazard.per,
          })}
        </p>
        {first && (
          <p className={styles.words}>
            <StatusWord status={first.rateStatus} part="rate" />
            <StatusWord status={first.severityStatus} part="severity" />
          </p>
        )}
        <ul className={styles.sources}>
          {sources.map((source) => (
            <li key={source.sourceId}>
              <SourceRow source={source} hazard={hazard} set={set} study={study} made={made} />
            </li>
          ))}
        </ul>
        <Evidence hazard={hazard} set={set} hazards={hazards} />
      </div>
    </details>
  );
}

function Evidence({
  hazard,
  set,
  hazards,
}: {
  readonly hazard: HazardClass;
  readonly set: ParameterSet;
  readonly hazards: Hazards;
}) {
  const { t, locale } = useText();
  const { evidence, severity, rate, sources } = hazard;
  return (
    <Disclosure summary={<span className={styles.more}>{t('likelihood.numbers.evidence')}</span>}>
      <div className={styles.evidence}>
        <p>{describeDerivation(rate[set].from, t, locale)}</p>
        <p>{evidence.text}</p>
        <h4 className={styles.part}>{t('likelihood.numbers.severity')}</h4>
        <p>{t('likelihood.numbers.severityOf', { of: severity.of, why: severity.why })}</p>
        <h4 className={styles.part}>{t('likelihood.numbers.sources')}</h4>
        <ul className={styles.references}>
          {sources.map((id) => {
            const source = hazards.sources[id];
            if (source === undefined) return null;
            return (
              <li key={id}>
                <span className={styles.where}>{source.where}</span>
                <span className={styles.date}>
                  {source.date}, {t(`likelihood.sourceKind.${source.kind}`)}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </Disclosure>
  );
}
