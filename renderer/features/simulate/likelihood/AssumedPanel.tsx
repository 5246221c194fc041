import type { LossStudy } from '../../../../shared/domain/loss-study.ts';
import { findSet } from '../../../../shared/domain/study-figures.ts';
import { describeAssumption, describeOmission } from '../../../../shared/format/likelihood.ts';
import { useText } from '../../../state/text.ts';
import { Panel } from '../../../ui/Panel.tsx';
import styles from './AssumedPanel.module.css';
import { useFormatEstimate } from './useFormatEstimate.ts';

/** What the figures take for granted, and what is not in them; the same under all sets of numbers. */
export function AssumedPanel({ study }: { readonly study: LossStudy }) {
  const { t } = useText();
  const format = useFormatEstimate();
  const { assumptions, leftOut } = findSet(study, 'base');
  return (
    <>
      <Panel title={t('likelihood.numbers.assumptions')}>
        <Sentences
          texts={assumptions.map((assumption) => describeAssumption(assumption, t, format))}
          none={t('likelihood.numbers.assumptionsNone')}
        />
      </Panel>
      <Panel title={t('likelihood.numbers.leftOut')}>
        <Sentences
          texts={leftOut.map((omission) => describeOmission(omission, t, format))}
          none={t('likelihood.numbers.leftOutNone')}
        />
      </Panel>
    </>
  );
}

function Sentences({ texts, none }: { readonly texts: readonly string[]; readonly none: string }) {
  if (texts.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <ul className={styles.list}>
      {texts.map((text, index) => (
        <li key={index}>{text}</li>
      ))}
    </ul>
  );
}
