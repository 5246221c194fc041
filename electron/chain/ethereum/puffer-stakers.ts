/**
 * Puffer: every module is a staker, found by its name. The list of weights can leave a module out or name it twice, so
 * it only serves to tell whether there are modules beyond the names asked for.
 */
import { stringToHex, type Hex } from 'viem';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { unreadableList, type StakerList } from './backing.ts';
import { askNamed, type ReadContext } from './context.ts';
import { forEach, together, type Reader } from './rounds.ts';
import { defineView, mayLack } from './view.ts';

const getModuleWeights = defineView('function getModuleWeights() view returns (bytes32[])');
const getModuleAddress = defineView('function getModuleAddress(bytes32 moduleName) view returns (address)');

/** The issuer's list of May 2026 ends with PUFFER_MODULE_97. */
const GUESSES = 128;
const NAMES: readonly Hex[] = Array.from({ length: GUESSES }, (_, index) =>
  stringToHex(`PUFFER_MODULE_${index}`, { size: 32 }),
);

export function* readPufferStakers(context: ReadContext): Reader<StakerList> {
  const [weights, modules] = yield* together([
    askNamed(context, 'PufferProtocol', (target) => getModuleWeights(target)),
    forEach(NAMES, (name) =>
      askNamed(context, 'PufferProtocol', (target) => mayLack(getModuleAddress(target, name))),
    ),
  ]);
  if (!weights.ok) return unreadableList(weights.detail);
  const stakers = modules.flatMap((module) => (module.ok ? [toEvmAddress(module.value)] : []));
  const read = new Set(NAMES.filter((_, index) => modules[index]?.ok === true));
  const unread = new Set(weights.value.filter((name) => !read.has(name)));
  return { stakers, gap: unread.size === 0 ? null : `${unread.size} modules were not asked` };
}
