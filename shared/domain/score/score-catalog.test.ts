/** The score on the catalogue that comes with the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogObservationSchema, protocolSchema } from '../catalog.ts';
import { rankProtocols, weightSensitivity } from './rank-protocols.ts';
import { scoreProtocol } from './score-protocol.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'assets', 'catalog');
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const protocols = readdirSync(join(folder, 'protocols')).map((file) =>
  protocolSchema.parse(read(join('protocols', file))),
);
const { observations } = z
  .object({ observations: z.array(catalogObservationSchema) })
  .parse(read('observations.json'));

const ON = '2026-11-26';
const scores = protocols.map((protocol) => scoreProtocol(protocol, observations, { on: ON }));
const scoreOf = (id: string) => scores.find(({ protocolId }) => protocolId === id)!;

describe('the catalogue', () => {
  it('gives every protocol a range, and none a single number', () => {
    for (const { score } of scores) {
      expect(score.low).toBeGreaterThan(0);
      expect(score.high).toBeLessThanOrEqual(100);
      expect(score.high - score.low).toBeGreaterThan(1);
    }
  });

  it('caps those that lost something in the last twelve months, and no others', () => {
    const capped = scores.filter(({ caps }) => caps.some(({ isCertain }) => isCertain));
    expect(capped.map(({ protocolId }) => protocolId).toSorted()).toEqual(['kelp', 'solv']);
    for (const { score } of capped) expect(score.high).toBe(50);
  });

  it('names the source of every figure, and where one is counted or unknown says so', () => {
    const inputs = scores.flatMap(({ dimensions }) => dimensions.flatMap((dimension) => dimension.inputs));
    for (const { origin, figure, sources, reason } of inputs) {
      if (figure === null) expect(['unknown', 'wordsOnly']).toContain(reason);
      else if (origin.kind !== 'computed' && reason !== 'unconfirmed') expect(sources).not.toEqual([]);
    }
  });

  it('reads Lido, Kelp and Babylon as they are written', () => {
    const inputsOf = (id: string) =>
      Object.fromEntries(
        scoreOf(id).dimensions.flatMap(({ inputs }) =>
          inputs.map((input) => [input.id, [input.low, input.high]]),
        ),
      );
    expect(inputsOf('lido')).toMatchObject({ audits: [100, 100], incidents: [95, 100], exitDays: [65, 95] });
    expect(inputsOf('kelp')).toMatchObject({ audits: [40, 50], timelock: [95, 100], multisig: [75, 85] });
    expect(inputsOf('babylon')).toMatchObject({ slashingMaximum: [95, 95], multisig: [80, 80] });
  });

  it('ranks with ranges, because hardly any two protocols are known well enough to be told apart', () => {
    const ranks = rankProtocols(scores);
    expect(ranks.map(({ rank }) => rank)).toContain(1);
    expect(ranks.some(({ best, worst }) => worst - best > 5)).toBe(true);
    expect(weightSensitivity(scores)).toHaveLength(scores.length);
  });
});
