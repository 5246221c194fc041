import { describe, expect, it } from 'vitest';
import { INSTRUMENTS } from '../../../shared/domain/instrument.ts';
import { EVIDENCE_STATUSES } from '../../../shared/domain/exit.ts';
import { isRange } from './duration.ts';
import { EXIT_FACTS, isExitFactId, type ExitFact } from './exit-facts.ts';
import { EXIT_PATHS, findExitPath, findPathOfInstrument, isPausable, type ExitNode } from './exit-paths.ts';

function listNodes(node: ExitNode): ExitNode[] {
  if (node.op === 'unless-covered') return [node, ...listNodes(node.part)];
  if ('parts' in node) return [node, ...node.parts.flatMap(listNodes)];
  return [node];
}

describe('the table of ways out', () => {
  it('has one for every claim the program knows, but those whose custodians publish no wait', () => {
    const claims = INSTRUMENTS.filter(({ family }) => family !== 'token');
    const without = claims.filter(({ id }) => findPathOfInstrument(id) === undefined);
    expect(without.map(({ id }) => id)).toEqual(['WBTC', 'cbBTC']);
  });

  it('names no path and no token twice', () => {
    const ids = EXIT_PATHS.map(({ id }) => id);
    const instruments = EXIT_PATHS.flatMap((path) => path.instruments);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(instruments).size).toBe(instruments.length);
  });

  it('leads only to paths there are, and to none in a circle', () => {
    const visit = (id: string, above: readonly string[]): void => {
      expect(above).not.toContain(id);
      const path = findExitPath(id);
      expect(path, id).toBeDefined();
      for (const node of listNodes(path!.root)) if (node.op === 'path') visit(node.path, [...above, id]);
    };
    for (const { id } of EXIT_PATHS) visit(id, []);
  });

  it('rests on facts that are ranges with a source and a status, and uses each', () => {
    const used = new Set(
      EXIT_PATHS.flatMap(({ root }) => listNodes(root)).flatMap((n) => (n.op === 'fact' ? [n.fact] : [])),
    );
    used.add('eigenlayer-escrow');
    for (const [id, fact] of Object.entries<ExitFact>(EXIT_FACTS)) {
      expect(isRange(fact.value), id).toBe(true);
      expect(fact.evidence.source, id).not.toBe('');
      expect(EVIDENCE_STATUSES, id).toContain(fact.evidence.status);
      expect([...used], id).toContain(id);
    }
  });

  it('knows its own ids only', () => {
    expect(isExitFactId('toString')).toBe(false);
    expect(isPausable('lido')).toBe(true);
    expect(isPausable('lidp')).toBe(false);
  });
});
