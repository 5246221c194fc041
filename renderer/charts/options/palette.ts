/** What every chart is drawn with. Pure: whoever mounts the chart reads the tokens and hands them in. */
import type { NODE_KINDS } from '../../../shared/domain/exposure.ts';

type NodeKind = (typeof NODE_KINDS)[number];

/** Colours as strings ECharts can read (`rgb(12, 34, 56)`), by role. */
export interface ChartPalette {
  readonly text: string;
  readonly textMuted: string;
  readonly line: string;
  /** Stands out from every surface; for areas that are there and mean nothing in particular. */
  readonly lineStrong: string;
  readonly surface: string;
  readonly loss: string;
  /** Eight, in the order of the tokens `--chart-1` to `--chart-8`. */
  readonly categories: readonly string[];
  readonly fontFamily: string;
}

export function categoryColor(palette: ChartPalette, index: number): string {
  return palette.categories[index % Math.max(1, palette.categories.length)] ?? palette.textMuted;
}

/** One hue per kind of node, the same in every drawing. What cannot be seen or slashed stays grey. */
export function colorOfKind(kind: NodeKind, palette: ChartPalette): string {
  switch (kind) {
    case 'position':
      return categoryColor(palette, 4);
    case 'token':
      return categoryColor(palette, 0);
    case 'operator':
      return categoryColor(palette, 2);
    case 'service':
      return categoryColor(palette, 5);
    case 'unallocated':
    case 'free':
    case 'hidden':
      return categoryColor(palette, 7);
  }
}

/** Diagonal lines over a plain ground: a mark that survives a copier and colour blindness. */
export function createHatch(color: string) {
  return {
    symbol: 'rect' as const,
    symbolSize: 1,
    dashArrayX: [1, 0],
    dashArrayY: [2, 3],
    rotation: -Math.PI / 4,
    color,
  };
}

/** For drawing only: amounts are compared and summed as bigint before they come here. */
export function toEthNumber(wei: bigint): number {
  return Number(wei) / 1e18;
}
