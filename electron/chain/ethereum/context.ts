/** What every reader is given: where contracts are, which block is read, and a place for what did not answer well. */
import { ZERO_ADDRESS } from '../../../shared/domain/address.ts';
import type { ContractName, Network } from '../../../shared/domain/network.ts';
import { CHAIN_MISMATCH, type Notice } from '../../../shared/domain/observation.ts';
import type { Trail } from '../../../shared/domain/trail.ts';
import type { Block } from '../../../shared/domain/source.ts';
import { ask, type Reader } from './rounds.ts';
import { fail, type Call, type Failure, type Outcome, type Target } from './view.ts';

export interface ReadContext {
  readonly network: Network;
  readonly block: Block;
  readonly notices: NoticeLog;
  /** What events told, and by kind what keeps a trail from being whole. */
  readonly trails: readonly Trail[];
  readonly trailGaps: ReadonlyMap<string, string>;
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
  addMissing(contract: ContractName | 'symbioticVaults'): void;
  /** Requests for these tokens that no view finds from their owner. */
  addUnreadable(contract: string, tokens: readonly string[], why?: string): void;
  /** What keeps the look-through of a token from being whole; the last word of each token and call stands. */
  addGap(token: string, call: string, detail: string): void;
  /** A contract of the network file that has no code on this chain. */
  addAbsent(contract: string, address: string): void;
  /**
   * One notice per contract and function, however many accounts met it. Where most of the `named` contracts that were
   * asked are not on the chain, one notice says that of the chain.
   */
  list(network: Network, asked: ReadonlySet<string>): Notice[];
}

export function createNoticeLog(): NoticeLog {
  const failures = new Map<string, { first: Failure; count: number }>();
  const missing = new Map<string, Notice>();
  const absent = new Map<string, Notice>();
  const unreadable = new Map<string, Notice>();
  const gaps = new Map<string, Notice>();
  const addAbsent = (contract: string, address: string): void => {
    absent.set(`${contract} ${address}`, {
      code: 'not-available',
      contract,
      call: '',
      detail: `there is no contract at ${address} on this chain`,
    });
  };
  return {
    addAbsent,
    addFailure(failure) {
      if (failure.code === 'no-contract') {
        addAbsent(failure.contract, failure.address);
        return;
      }
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
    addUnreadable(contract, tokens, why) {
      unreadable.set(contract, {
        code: 'not-readable',
        contract,
        call: '',
        detail: `withdrawal requests for ${tokens.join(', ')} cannot be found from their owner${why === undefined ? '' : `: ${why}`}`,
      });
    },
    addGap(token, call, detail) {
      gaps.set(`${token} ${call}`, { code: 'partial', contract: token, call, detail });
    },
    list: (network, asked) => [
      ...Array.from(failures.values(), ({ first, count }) => ({
        // The node's limits, not the protocol, are behind a call that was never answered.
        code: first.code === 'no-answer' ? ('partial' as const) : ('protocol-changed' as const),
        contract: first.contract,
        call: first.call,
        detail: count === 1 ? first.detail : `${first.detail} (and ${count - 1} more calls of this kind)`,
      })),
      ...missing.values(),
      ...summarizeAbsent([...absent.values()], network, asked),
      ...unreadable.values(),
      ...gaps.values(),
    ],
  };
}

/** One missing contract is a slip in the file; most of them missing is another chain with the same id. */
function summarizeAbsent(absent: readonly Notice[], network: Network, asked: ReadonlySet<string>): Notice[] {
  const isNamed = (contract: string): boolean => Object.hasOwn(network.contracts, contract);
  const named = absent.filter(({ contract }) => isNamed(contract));
  const askedCount = [...asked].filter(isNamed).length;
  if (named.length < 2 || named.length * 2 <= askedCount) return [...absent];
  const which =
    named.length >= askedCount
      ? 'none of its contracts is there'
      : `these of its contracts are not there: ${named.map(({ contract }) => contract).join(', ')}`;
  return [
    {
      code: 'not-available',
      ...CHAIN_MISMATCH,
      detail: `this chain does not look like ${network.name}: ${which}`,
    },
    // DelegationManager keeps its own: the page tells by it that restaking was never asked, and so is not zero.
    ...absent.filter(({ contract }) => !isNamed(contract) || contract === 'DelegationManager'),
  ];
}
