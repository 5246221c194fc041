/**
 * Swell: stakers are numbered from one. No public source names the address of their manager, and nothing that is known leads
 * to it from the token; whoever knows it adds it to a network file.
 */
import { joinGuesses, type StakerList } from './backing.ts';
import { askNamed, type ReadContext } from './context.ts';
import { forEach, together, type Reader } from './rounds.ts';
import { defineView, mayLack } from './view.ts';

/** The last number given, which is their count. */
const stakeId = defineView('function stakeId() view returns (uint256)');
const stakerProxyAddresses = defineView(
  'function stakerProxyAddresses(uint256 stakeId) view returns (address)',
);

const GUESSES = 64;

export function* readSwellStakers(context: ReadContext): Reader<StakerList> {
  const [count, stakers] = yield* together([
    askNamed(context, 'SwellEigenLayerManager', (target) => stakeId(target)),
    forEach(
      Array.from({ length: GUESSES }, (_, index) => BigInt(index + 1)),
      (number) =>
        askNamed(context, 'SwellEigenLayerManager', (target) => ({
          ...mayLack(stakerProxyAddresses(target, number)),
          isGuess: true,
        })),
    ),
  ]);
  return joinGuesses(count, stakers);
}
