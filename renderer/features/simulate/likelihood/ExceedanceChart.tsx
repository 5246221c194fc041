import { useCallback, useMemo } from 'react';
import type { LossStudy } from '../../../../shared/domain/loss-study.ts';
import { formatChance, formatLevel, markEstimate, nameMark } from '../../../../shared/format/likelihood.ts';
import { Chart } from '../../../charts/Chart.tsx';
import {
  buildExceedance,
  readExceedance,
  type Exceedance,
  type ExceedanceMark,
} from '../../../charts/options/buildExceedance.ts';
import type { ChartPalette } from '../../../charts/options/palette.ts';
import { useHideAmounts } from '../../../state/settings.ts';
import { useText } from '../../../state/text.ts';
import { Panel } from '../../../ui/Panel.tsx';
import styles from './ExceedanceChart.module.css';
import { useFormatEstimate } from './useFormatEstimate.ts';

const HEIGHT = 340;
const TEXT_SIZE = 12;

/** The three curves, with expected loss, value at risk and expected shortfall marked on the middle one. */
export function ExceedanceChart({ study }: { readonly study: LossStudy }) {
  const { t } = useText();
  const exceedance = useMemo(() => readExceedance(study.sets), [study]);
  return (
    <Panel title={t('likelihood.chart.title')} hint={t('likelihood.chart.hint')}>
      {exceedance === null ? (
        <p className={styles.none}>{t('likelihood.chart.none')}</p>
      ) : (
        <Curves exceedance={exceedance} />
      )}
    </Panel>
  );
}

function Curves({ exceedance }: { readonly exceedance: Exceedance }) {
  const { t, locale } = useText();
  const format = useFormatEstimate();
  const isHidden = useHideAmounts();
  const option = useCallback(
    (palette: ChartPalette) =>
      buildExceedance(
        exceedance,
        palette,
        {
          description: t('likelihood.chart.label'),
          nameOf: (set) => t(`likelihood.set.${set}`),
          nameMark: (mark: ExceedanceMark) => `${nameMark(mark, t)} ${markEstimate(format(mark.loss))}`,
          chance: (probability) => formatLevel(probability, locale),
          point: ({ loss, probability }) =>
            t('likelihood.chart.point', {
              chance: formatChance(probability, { locale }),
              loss: format(loss),
            }),
          probabilityAxis: t('likelihood.chart.probability'),
          lossAxis: t('likelihood.chart.loss'),
        },
        { textSize: TEXT_SIZE, isHidden },
      ),
    [exceedance, t, locale, format, isHidden],
  );
  return <Chart label={t('likelihood.chart.label')} option={option} height={HEIGHT} />;
}
