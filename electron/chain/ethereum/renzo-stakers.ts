/** Renzo: its RestakeManager numbers the operator delegators; each of them is a staker of its own. */
import { joinGuesses, type StakerList } from './backing.ts';
import { askNamed, type ReadContext } from './context.ts';
import { forEach, together, type Reader } from './rounds.ts';
import { defineView, mayLack } from './view.ts';

const getOperatorDelegatorsLength = defineView(
  'function getOperatorDelegatorsLength() view returns (uint256)',
);
const operatorDelegators = defineView('function operatorDelegators(uint256 index) view returns (address)');

/** Numbers asked for before it is known how many there are: three times as many as third parties have seen. */
const GUESSES = 16;

export function* readRenzoStakers(context: ReadContext): Reader<StakerList> {
  const numbers = Array.from({ length: GUESSES }, (_, index) => BigInt(index));
  const [count, guesses] = yield* together([
    askNamed(context, 'RestakeManager', (target) => getOperatorDelegatorsLength(target)),
    forEach(numbers, (index) =>
      askNamed(context, 'RestakeManager', (target) => ({
        ...mayLack(operatorDelegators(target, index)),
        isGuess: true,
      })),
    ),
  ]);
  return joinGuesses(count, guesses);
}
