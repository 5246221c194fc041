import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZERO_ADDRESS } from '../../../shared/domain/address.ts';
import { ask, forEach, give, runReader, together, type Reader, type RunRound } from './rounds.ts';
import type { Call, Outcome } from './view.ts';

function question(text: string): Call<string> {
  return { contract: 'Test', address: ZERO_ADDRESS, call: text, data: null, decode: (data) => data };
}

/** Answers `x` with `x!`, and remembers what travelled in which round. */
function createEcho(): { run: RunRound; rounds: string[][] } {
  const rounds: string[][] = [];
  const run: RunRound = async (calls) => {
    rounds.push(calls.map(({ call }) => call));
    return calls.map(({ contract, address, call }): Outcome<string> => ({
      ok: true,
      value: `${call}!`,
      contract,
      address,
      call,
    }));
  };
  return { run, rounds };
}

function* readValue(text: string): Reader<string> {
  const outcome = yield* ask(question(text));
  return outcome.ok ? outcome.value : outcome.code;
}

/** Asks `depth` questions, each made of the answer before. */
function* readChain(name: string, depth: number): Reader<string> {
  let text = name;
  for (let level = 0; level < depth; level++) text = yield* readValue(text);
  return text;
}

interface Tree {
  depth: number;
  children: Tree[];
}

describe('rounds of dependent questions', () => {
  it('put everything that depends on nothing into one round', async () => {
    const { run, rounds } = createEcho();
    const result = await runReader(together([readValue('a'), forEach(['b', 'c'], readValue), give(5)]), run);
    expect(result).toEqual(['a!', ['b!', 'c!'], 5]);
    expect(rounds).toEqual([['a', 'b', 'c']]);
  });

  it('are as many as the longest chain, whatever stands beside it', async () => {
    const { run, rounds } = createEcho();
    const result = await runReader(together([readChain('x', 3), readChain('y', 1), readChain('z', 2)]), run);
    expect(result).toEqual(['x!!!', 'y!', 'z!!']);
    expect(rounds).toEqual([['x', 'y', 'z'], ['x!', 'z!'], ['x!!']]);
  });

  it('send a call once that several readers ask, in the same round or a later one', async () => {
    const { run, rounds } = createEcho();
    function* late(): Reader<string> {
      yield* readValue('b');
      return yield* readValue('a');
    }
    const result = await runReader(together([readValue('a'), readValue('a'), late()]), run);
    expect(result).toEqual(['a!', 'a!', 'a!']);
    expect(rounds).toEqual([['a', 'b']]);
  });

  it('ask nothing where nothing is to be asked', async () => {
    const { run, rounds } = createEcho();
    expect(await runReader(together([give(1), forEach([], readValue)]), run)).toEqual([1, []]);
    expect(rounds).toEqual([]);
  });

  it('pass on what the round throws', async () => {
    const failing: RunRound = () => Promise.reject(new Error('down'));
    await expect(runReader(readValue('a'), failing)).rejects.toThrow('down');
  });

  it('give every reader its own answers, for any tree of readers', async () => {
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.record({
        depth: fc.integer({ min: 0, max: 3 }),
        children: fc.oneof(
          { maxDepth: 3, depthIdentifier: 'tree' },
          fc.constant<Tree[]>([]),
          fc.array(tie('tree'), { maxLength: 3 }),
        ),
      }),
    }));
    const expectedOf = ({ depth, children }: Tree, path: string): unknown => [
      `${path}${'!'.repeat(depth)}`,
      children.map((child, index) => expectedOf(child, `${path}${index}`)),
    ];
    function* readTree({ depth, children }: Tree, path: string): Reader<unknown> {
      const own = yield* readChain(path, depth);
      return [
        own,
        yield* forEach(children.entries(), ([index, child]) => readTree(child, `${path}${index}`)),
      ];
    }
    const longestOf = ({ depth, children }: Tree): number =>
      depth + Math.max(0, ...children.map((child) => longestOf(child)));
    await fc.assert(
      fc.asyncProperty(tree, async (root) => {
        const { run, rounds } = createEcho();
        expect(await runReader(readTree(root, 'r'), run)).toEqual(expectedOf(root, 'r'));
        expect(rounds.length).toBe(longestOf(root));
      }),
    );
  });
});
