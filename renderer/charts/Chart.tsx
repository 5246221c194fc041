import type { ECElementEvent } from './echarts.ts';
import styles from './Chart.module.css';
import { useChart, type BuildOption } from './useChart.ts';

interface ChartProps {
  /** What is drawn, in a sentence: the same numbers stand in a table beside it. */
  readonly label: string;
  readonly option: BuildOption;
  /** CSS pixels. */
  readonly height: number;
  readonly onSelect?: ((event: ECElementEvent) => void) | undefined;
}

export function Chart({ label, option, height, onSelect }: ChartProps) {
  const host = useChart(option, { onSelect });
  return (
    <figure className={styles.figure} aria-label={label}>
      <div ref={host} style={{ height }} aria-hidden />
    </figure>
  );
}
