/** Book value from position through token and operator to service, as a Sankey diagram. */
import type { SankeySeriesOption } from 'echarts/charts';
import type { AriaComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { FoldedFlows, FoldedNode } from './foldFlows.ts';
import { colorOfKind, createHatch, toEthNumber, type ChartPalette } from './palette.ts';

export type ExposureSankeyOption = ComposeOption<
  SankeySeriesOption | AriaComponentOption | TooltipComponentOption
>;

export interface ExposureSankeyTexts {
  /** What the drawing shows, for readers who do not see it. */
  readonly description: string;
  /** Name of a node; those of `free`, `hidden`, `unallocated` and folded nodes come from the message catalogue. */
  readonly nameOf: (node: FoldedNode) => string;
  /** Amount with unit. */
  readonly amount: (wei: bigint) => string;
}

export interface ExposureSankeyLayout {
  /** CSS pixels a label may take on the right of its node. */
  readonly labelWidth: number;
  readonly textSize: number;
}

/** What is not on the way that was chosen stays in view, faintly. */
const FAINT_NODE = 0.3;
const FAINT_LABEL = 0.45;
const FAINT_LINK = 0.04;
/** Pale enough for the labels that stand on it. */
const LINK = 0.18;
const CHOSEN_LINK = 0.36;

/**
 * Flows of {@link foldFlows} as an ECharts option. The links' values are ETH, as numbers for drawing only. With
 * `traced`, the nodes on a chosen way, everything else is drawn faintly.
 */
export function buildExposureSankey(
  flows: FoldedFlows,
  palette: ChartPalette,
  texts: ExposureSankeyTexts,
  layout: ExposureSankeyLayout,
  traced: ReadonlySet<string> | null = null,
): ExposureSankeyOption {
  const named = new Map(flows.nodes.map((node) => [node.id, texts.nameOf(node)]));
  const nameById = (id: string): string => named.get(id) ?? id;
  const isTraced = (id: string): boolean => traced === null || traced.has(id);
  const opacityOfLink = (from: string, to: string): number =>
    traced === null ? LINK : isTraced(from) && isTraced(to) ? CHOSEN_LINK : FAINT_LINK;
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: texts.description } },
    textStyle: { fontFamily: palette.fontFamily, fontSize: layout.textSize, color: palette.text },
    tooltip: { renderMode: 'richText' },
    series: [
      {
        type: 'sankey',
        left: 0,
        top: Math.round(layout.textSize * 0.8),
        // The label of a thin last node hangs below it.
        bottom: Math.round(layout.textSize * 1.6),
        right: layout.labelWidth + 10,
        nodeWidth: 8,
        // Two lines of text, so that thin neighbours do not write over each other.
        nodeGap: Math.round(layout.textSize * 2.7),
        nodeAlign: 'left',
        draggable: false,
        layoutIterations: 48,
        emphasis: { focus: 'trajectory' },
        lineStyle: { color: 'source', opacity: LINK, curveness: 0.5 },
        label: {
          position: 'right',
          distance: 6,
          color: palette.text,
          fontSize: layout.textSize,
          lineHeight: Math.round(layout.textSize * 1.3),
          width: layout.labelWidth,
          overflow: 'truncate',
          // Both lines cross flows, so both take the strongest colour; weight tells them apart.
          fontWeight: 500,
          rich: { amount: { color: palette.text, fontSize: layout.textSize, fontWeight: 400 } },
        },
        data: flows.nodes.map((node) => ({
          id: node.id,
          name: nameById(node.id),
          depth: node.depth,
          value: toEthNumber(node.valueWei),
          itemStyle: {
            opacity: isTraced(node.id) ? 1 : FAINT_NODE,
            color: colorOfKind(node.kind, palette),
            borderWidth: 0,
            // Not seen is marked by a pattern as well, because grey alone says nothing.
            ...(node.kind === 'hidden' ? { decal: createHatch(palette.surface) } : {}),
          },
          label: {
            opacity: isTraced(node.id) ? 1 : FAINT_LABEL,
            formatter: () => `${nameById(node.id)}\n{amount|${texts.amount(node.valueWei)}}`,
          },
          tooltip: { formatter: () => `${nameById(node.id)}\n${texts.amount(node.valueWei)}` },
        })),
        links: flows.links.map((link) => ({
          source: link.from,
          target: link.to,
          value: toEthNumber(link.valueWei),
          lineStyle: { opacity: opacityOfLink(link.from, link.to) },
          tooltip: {
            formatter: () => `${nameById(link.from)} → ${nameById(link.to)}\n${texts.amount(link.valueWei)}`,
          },
        })),
      },
    ],
  };
}
