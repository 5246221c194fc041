/** The score of every protocol with the weights the user set: facts are gone through once, weights laid over them. */
import { useMemo } from 'react';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import { reweighScore, scoreProtocol } from '../../../shared/domain/score/score-protocol.ts';
import type { ProtocolScore, ScoreWeights } from '../../../shared/domain/score/score.ts';
import { formatDay } from '../../../shared/format/time.ts';
import { useNow } from '../../state/useNow.ts';

const HOUR = 3_600_000;

export function useScores(catalog: Catalog, weights: ScoreWeights): readonly ProtocolScore[] {
  const on = formatDay(useNow(HOUR));
  const plain = useMemo(() => {
    const byProtocol = Map.groupBy(catalog.observations, ({ protocol }) => protocol);
    return catalog.protocols.map((protocol) =>
      scoreProtocol(protocol, byProtocol.get(protocol.id) ?? [], { on }),
    );
  }, [catalog, on]);
  return useMemo(() => plain.map((score) => reweighScore(score, weights)), [plain, weights]);
}
