/** The tokens as a drawing library can read them: ECharts knows no custom properties and no `oklch()`. */
import { parseOklch, toRgbText } from '../theme/color.ts';
import type { ChartPalette } from './options/palette.ts';

const CATEGORIES = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Reads the tokens where `element` stands, so that its own colour scheme decides. */
export function readPalette(element: HTMLElement): ChartPalette {
  const probe = element.ownerDocument.createElement('span');
  element.append(probe);
  const style = getComputedStyle(probe);
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    const color = parseOklch(style.color);
    return color === null ? style.color : toRgbText(color);
  };
  const palette: ChartPalette = {
    text: read('--text-1'),
    textMuted: read('--text-3'),
    line: read('--line'),
    lineStrong: read('--line-strong'),
    surface: read('--surface-1'),
    loss: read('--loss'),
    categories: CATEGORIES.map((number) => read(`--chart-${number}`)),
    fontFamily: style.fontFamily,
  };
  probe.remove();
  return palette;
}
