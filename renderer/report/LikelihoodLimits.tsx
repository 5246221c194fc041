/** How a study is made, what it takes for granted, and what is not in it. */
import type { LossStudy } from '../../shared/domain/loss-study.ts';
import { findSet } from '../../shared/domain/study-figures.ts';
import { describeAssumption, describeOmission, formatEstimate } from '../../shared/format/likelihood.ts';
import { useText } from '../state/text.ts';
import styles from './ReportPaper.module.css';

export function LikelihoodLimits({ study }: { readonly study: LossStudy }) {
  const { t } = useText();
  const { includeMarket, isRecoveryCounted } = study.request;
  const { assumptions, leftOut } = findSet(study, 'base');
  const method = [
    'simulated',
    'joint',
    'error',
    'ranges',
    isRecoveryCounted ? 'net' : 'gross',
    includeMarket ? 'market' : 'noMarket',
    'frozen',
  ] as const;
  return (
    <>
      <Texts
        title={t('likelihood.paper.methodTitle')}
        texts={method.map((key) => t(`likelihood.paper.method.${key}`))}
      />
      <Texts
        title={t('likelihood.numbers.assumptions')}
        texts={assumptions.map((assumption) => describeAssumption(assumption, t, formatEstimate))}
      />
      <Texts
        title={t('likelihood.numbers.leftOut')}
        texts={leftOut.map((omission) => describeOmission(omission, t, formatEstimate))}
      />
    </>
  );
}

function Texts({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <>
      <h3 className={styles['h3']}>{title}</h3>
      <ul className={styles['list']}>
        {texts.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ul>
    </>
  );
}
