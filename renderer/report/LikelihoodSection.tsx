/** How likely losses are: the figures under three sets of numbers, the curve, who causes it, and what it rests on. */
import { useCallback, useMemo } from 'react';
import type { Report, ReportLikelihood } from '../../shared/domain/report.ts';
import {
  describeScope,
  describeStudy,
  formatEstimate,
  formatLevel,
  markEstimate,
  nameHorizon,
  nameMark,
} from '../../shared/format/likelihood.ts';
import { formatBlock } from '../../shared/format/numbers.ts';
import { formatInstant } from '../../shared/format/time.ts';
import { buildExceedance, readExceedance } from '../charts/options/buildExceedance.ts';
import type { ChartPalette } from '../charts/options/palette.ts';
import { useText } from '../state/text.ts';
import { LikelihoodCharges } from './LikelihoodCharges.tsx';
import { LikelihoodLimits } from './LikelihoodLimits.tsx';
import { LikelihoodNumbers } from './LikelihoodNumbers.tsx';
import { LikelihoodTable } from './LikelihoodTable.tsx';
import { CHART_TEXT_SIZE, PaperChart } from './PaperChart.tsx';
import { PaperSection } from './PaperSection.tsx';
import styles from './ReportPaper.module.css';

const CHART_HEIGHT = 270;

interface LikelihoodSectionProps {
  readonly report: Report;
  readonly likelihood: ReportLikelihood;
  readonly isSample: boolean;
}

export function LikelihoodSection({ report, likelihood, isSample }: LikelihoodSectionProps) {
  const { t, locale } = useText();
  const { study, madeAt } = likelihood;
  const { base, others } = describeStudy(study, t, formatEstimate);
  return (
    <PaperSection title={t('likelihood.paper.title')} isSample={isSample} startsPage>
      <p className={styles['intro']}>
        {t('likelihood.paper.intro', {
          time: formatInstant(madeAt, locale),
          block: formatBlock(study.blockNumber, locale),
          paths: new Intl.NumberFormat(locale).format(study.request.paths),
          horizon: nameHorizon(study.request.horizonYears, t),
          seed: study.request.seed,
        })}
      </p>
      <div className={styles['together']}>
        <p>{base}</p>
        {others !== null && <p>{others}</p>}
        <p className={styles['muted']}>{describeScope(study, t)}</p>
      </div>
      <LikelihoodTable study={study} />
      <Curves likelihood={likelihood} />
      <LikelihoodCharges report={report} study={study} />
      <LikelihoodNumbers likelihood={likelihood} />
      <LikelihoodLimits study={study} />
    </PaperSection>
  );
}

function Curves({ likelihood }: { readonly likelihood: ReportLikelihood }) {
  const { t, locale } = useText();
  const exceedance = useMemo(() => readExceedance(likelihood.study.sets), [likelihood]);
  const build = useCallback(
    (palette: ChartPalette) => {
      if (exceedance === null) return {};
      return buildExceedance(
        exceedance,
        palette,
        {
          description: t('likelihood.paper.chartLabel'),
          nameOf: (set) => t(`likelihood.set.${set}`),
          nameMark: (mark) => `${nameMark(mark, t)} ${markEstimate(formatEstimate(mark.loss, { locale }))}`,
          chance: (probability) => formatLevel(probability, locale),
          // Paper has no pointer.
          point: () => '',
          probabilityAxis: t('likelihood.chart.probability'),
          lossAxis: t('likelihood.chart.loss'),
        },
        { textSize: CHART_TEXT_SIZE, isHidden: false },
      );
    },
    [exceedance, t, locale],
  );
  if (exceedance === null) return null;
  return (
    <figure className={styles['figure']}>
      <h3 className={styles['h3']}>{t('likelihood.paper.chartTitle')}</h3>
      <PaperChart build={build} height={CHART_HEIGHT} />
    </figure>
  );
}
