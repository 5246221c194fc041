import { useCallback, useMemo } from 'react';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import { Chart } from '../../charts/Chart.tsx';
import type { ECElementEvent } from '../../charts/echarts.ts';
import { buildExposureSankey } from '../../charts/options/buildExposureSankey.ts';
import { countTallestColumn, foldFlows, type FoldedFlows } from '../../charts/options/foldFlows.ts';
import type { ChartPalette } from '../../charts/options/palette.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import styles from './FlowDrawing.module.css';
import { useNameDrawn } from './flowNames.ts';
import { listDrawnAs, traceFlow, type Selection } from './selection.ts';
import { useElementWidth } from './useElementWidth.ts';

interface FlowDrawingProps {
  readonly exposure: Exposure;
  readonly selection: Selection | null;
  readonly onToggle: (id: string) => void;
}

/** Nodes of a column before the smallest are drawn as one. */
const MOST_NODES = 14;
const TEXT_SIZE = 12;
/** A name and an amount beneath it, with room between nodes. */
const NODE_HEIGHT = 42;
const LEAST_HEIGHT = 240;
const COLUMNS = ['position', 'token', 'operator', 'service'] as const;
/** Between a node and the end of its label; as the drawing has it. */
const LABEL_GAP = 10;

/** The Sankey of the look-through, with heads over its columns. */
export function FlowDrawing({ exposure, selection, onToggle }: FlowDrawingProps) {
  const { t } = useText();
  const format = useFormatAmount();
  const nameDrawn = useNameDrawn(exposure.positions);
  const [measure, width] = useElementWidth();
  const flows = useMemo(() => foldFlows(exposure, MOST_NODES), [exposure]);
  const traced = useMemo(
    () => (selection === null ? null : traceSelection(exposure, flows, selection)),
    [exposure, flows, selection],
  );
  const depth = Math.max(1, ...flows.nodes.map((node) => node.depth));
  const labelWidth = Math.max(56, Math.min(190, Math.floor(width / (depth + 1)) - 22));
  const option = useCallback(
    (palette: ChartPalette) =>
      buildExposureSankey(
        flows,
        palette,
        { description: t('exposure.flow.label'), nameOf: nameDrawn, amount: (wei) => format(wei, ETH_UNIT) },
        { labelWidth, textSize: TEXT_SIZE },
        traced,
      ),
    [flows, nameDrawn, format, labelWidth, traced, t],
  );
  const select = useCallback(
    (event: ECElementEvent) => {
      const id = readNodeId(event);
      if (id !== null) onToggle(id);
    },
    [onToggle],
  );
  const step = (width - labelWidth - LABEL_GAP) / depth;
  return (
    <div ref={measure} className={styles.drawing}>
      {width > 0 && (
        <>
          <div className={styles.heads} aria-hidden>
            {COLUMNS.slice(0, depth + 1).map((column, index) => (
              <span key={column} className={styles.head} style={{ left: Math.round(step * index) }}>
                {t(`exposure.flow.column.${column}`)}
              </span>
            ))}
          </div>
          <Chart
            label={t('exposure.flow.label')}
            option={option}
            height={Math.max(LEAST_HEIGHT, countTallestColumn(flows) * NODE_HEIGHT)}
            onSelect={select}
          />
        </>
      )}
    </div>
  );
}

/** Null for a link, and for a node that stands for several. */
function readNodeId({ dataType, data }: ECElementEvent): string | null {
  if (dataType !== 'node' || typeof data !== 'object' || data === null || !('id' in data)) return null;
  return typeof data.id === 'string' && !data.id.startsWith('rest:') ? data.id : null;
}

function traceSelection(exposure: Exposure, flows: FoldedFlows, selection: Selection): ReadonlySet<string> {
  const shown = new Set(flows.nodes.map(({ id }) => id));
  const starts = listDrawnAs(exposure, selection).map(({ id, depth, kind }) =>
    shown.has(id) ? id : `rest:${depth}:${kind}`,
  );
  return traceFlow(flows.links, starts);
}
