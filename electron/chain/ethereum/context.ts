/** What every reader is given: where contracts are, which block is read, and a place for what did not answer well. */
import { ZERO_ADDRESS } from '../../../shared/domain/address.ts';
import type { ContractName, Network } from '../../../shared/domain/network.ts';
import type { Notice } from '../../../shared/domain/observation.ts';
import type { Block } from '../../../shared/domain/source.ts';
import { ask, type Reader } from './rounds.ts';
import { fail, type Call, type Failure, type Outcome, type Target } from './view.ts';

export interface ReadContext {
  readonly network: Network;
  readonly block: Block;
  readonly notices: NoticeLog;
}

/** The contract by its name in the network file; null where the file has none. */
export function targetOf(network: Network, contract: ContractName): Target | null {
  const entry = network.contracts[contract];
  return entry === undefined ? null : { contract, address: entry.address };
}

/** Asks a contract of the network file; where it has none, the outcome and one notice say so. */
export function* askNamed<T>(
  context: ReadContext,
  contract: ContractName,
  build: (target: Target) => Call<T>,
): Reader<Outcome<T>> {
  const target = targetOf(context.network, contract);
  if (target !== null) return yield* ask(build(target));
  context.notices.addMissing(contract);
  const { call } = build({ contract, address: ZERO_ADDRESS });
  return fail({ contract, address: '', call }, 'not-configured', 'the network file names no such contract');
}

export interface NoticeLog {
  /** A call that did not answer as its reader was written for. */
  addFailure(failure: Failure): void;
  addMissing(contract: ContractName): void;
  /** One notice per contract and function, however many accounts met it. */
  list(): Notice[];
}

export function createNoticeLog(): NoticeLog {
  const failures = new Map<string, { first: Failure; count: number }>();
  const missing = new Map<ContractName, Notice>();
  return {
    addFailure(failure) {
      const key = `${failure.contract} ${failure.call.replace(/\(.*$/su, '')} ${failure.code}`;
      const known = failures.get(key);
      if (known) known.count += 1;
      else failures.set(key, { first: failure, count: 1 });
    },
    addMissing(contract) {
      missing.set(contract, {
        code: 'not-available',
        contract,
        call: '',
        detail: 'the network file names no such contract',
      });
    },
    list: () => [
      ...Array.from(failures.values(), ({ first, count }) => ({
        // The node's limits, not the protocol, are behind a call that was never answered.
        code: first.code === 'no-answer' ? ('partial' as const) : ('protocol-changed' as const),
        contract: first.contract,
        call: first.call,
        detail: count === 1 ? first.detail : `${first.detail} (and ${count - 1} more calls of this kind)`,
      })),
      ...missing.values(),
    ],
  };
}
