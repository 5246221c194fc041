import { useEffect, useRef, type RefObject } from 'react';
import { useSettings } from '../state/settings.ts';
import { useShownTheme } from '../state/theme.ts';
import { init, type ECElementEvent, type ECharts, type EChartsCoreOption } from './echarts.ts';
import type { ChartPalette } from './options/palette.ts';
import { readPalette } from './readPalette.ts';

/** Makes the chart's option from the colours of the theme in view. Keep it stable (useCallback). */
export type BuildOption = (palette: ChartPalette) => EChartsCoreOption;

/** What a chart must have whatever its builder says: no motion, and a tooltip that adds no inline style. */
const ALWAYS = { animation: false, stateAnimation: { duration: 0 } } as const;

interface ChartMarks {
  /** What was pressed: the data item as the option gave it. */
  readonly onSelect?: ((event: ECElementEvent) => void) | undefined;
}

/**
 * Draws into the element the returned ref is put on, as SVG. Follows the element's size and the theme, and is
 * disposed with the component.
 */
export function useChart(
  build: BuildOption,
  { onSelect }: ChartMarks = {},
): RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const theme = useShownTheme(useSettings().theme);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const drawn = init(element, null, { renderer: 'svg' });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    chart.current?.setOption({ ...build(readPalette(element)), ...ALWAYS }, { notMerge: true });
    // The colours are read anew where the theme changed.
  }, [build, theme]);

  useEffect(() => {
    const drawn = chart.current;
    if (drawn === null || onSelect === undefined) return;
    drawn.on('click', onSelect);
    return () => {
      drawn.off('click', onSelect);
    };
  }, [onSelect]);

  return host;
}
