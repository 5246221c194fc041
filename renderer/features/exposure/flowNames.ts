import { useCallback, useMemo } from 'react';
import type { ExposurePosition } from '../../../shared/domain/exposure.ts';
import { namePositionInDrawing } from '../../../shared/format/position-name.ts';
import { useText } from '../../state/text.ts';

/** The parts of a node, drawn or chosen, that make its name. */
interface Named {
  readonly kind: string;
  readonly name: string;
  readonly state?: string | undefined;
  /** How many are drawn as this one. */
  readonly count?: number | undefined;
}

/** These carry a key of the catalogue as their name. */
const NAMED_BY_KEY: ReadonlySet<string> = new Set(['free', 'hidden', 'unallocated']);

/** What a node is called. Only a position that is more than held says its state. */
export function useNameNode(): (node: Named) => string {
  const { t, tKey } = useText();
  return useCallback(
    ({ kind, name, state, count = 1 }) => {
      if (count > 1) return t('exposure.flow.folded', { count });
      const word = NAMED_BY_KEY.has(kind) ? tKey(name) : name;
      if (state === undefined || state === 'held') return word;
      return t('exposure.flow.named', { name: word, state: tKey(`figure.state.${state}`) });
    },
    [t, tKey],
  );
}

/** The same for the drawing, where the names of positions begin with what tells them apart. */
export function useNameDrawn(
  positions: readonly ExposurePosition[],
): (node: Named & { readonly id: string }) => string {
  const { t } = useText();
  const nameNode = useNameNode();
  return useMemo(() => {
    const byNode = new Map(positions.map((position) => [`position:${position.id}`, position]));
    return (node) => {
      const position = byNode.get(node.id);
      return position ? namePositionInDrawing(position, t) : nameNode(node);
    };
  }, [positions, nameNode, t]);
}
