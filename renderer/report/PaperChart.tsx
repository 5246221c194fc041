/** A chart on paper: drawn once, as vectors with text as text, at the width of the printed column. */
import { useLayoutEffect, useRef } from 'react';
import { init, type EChartsCoreOption } from '../charts/echarts.ts';
import type { ChartPalette } from '../charts/options/palette.ts';
import { readPalette } from '../charts/readPalette.ts';
import styles from './ReportPaper.module.css';

/** A4 less its margins, 174 mm, in CSS pixels. */
const CHART_WIDTH = 656;
export const CHART_TEXT_SIZE = 10;

interface PaperChartProps {
  readonly build: (palette: ChartPalette) => EChartsCoreOption;
  readonly height: number;
}

/** The option carries the description for screen readers and for the PDF's tags. */
export function PaperChart({ build, height }: PaperChartProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const chart = init(element, null, { renderer: 'svg', width: CHART_WIDTH, height });
    // Paper does not answer a pointer; the same option on a screen does.
    chart.setOption({ ...build(readPalette(element)), tooltip: { show: false } });
    return () => chart.dispose();
  }, [build, height]);
  return <div ref={ref} className={styles['chart']} style={{ height }} />;
}
