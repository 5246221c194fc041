import { useMemo } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { useText } from '../../state/text.ts';
import { createPositionNames, type NamePosition } from '../simulate/positionNames.ts';

/** Names of the positions in view, by id. */
export function useNamePosition({ positions }: PortfolioView): NamePosition {
  const { t } = useText();
  return useMemo(() => createPositionNames(positions, t).inSentence, [positions, t]);
}
