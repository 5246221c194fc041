/** What the services ask of the rest of the program. Handed in by app.ts, and by tests. */
import type { Account, Portfolio } from '../../shared/domain/account.ts';
import type { EvmAddress } from '../../shared/domain/address.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Block } from '../../shared/domain/source.ts';
import type { Implementation, Observation } from '../../shared/domain/observation.ts';
import type { Position, Totals } from '../../shared/domain/position.ts';
import type { EngineTasks, TaskName } from '../risk/tasks.ts';
import type { Settings } from '../../shared/contract/settings.ts';

/** One node, as the user entered it. The URL may hold an API key: it goes to the node and nowhere else. */
export interface NodeRef {
  readonly network: Network;
  readonly rpcUrl: string;
  readonly signal: AbortSignal;
}

export interface ObserveRequest extends NodeRef {
  readonly addresses: readonly EvmAddress[];
  /** Of the portfolio's last reading: the chain and its contracts are compared with it. */
  readonly previous: { readonly block: Block; readonly implementations: readonly Implementation[] } | null;
  /** `progress` 0 to 1. `step`: a message key below `jobs.step`. */
  readonly onProgress: (progress: number, step: string) => void;
}

export interface NodeProbe {
  readonly chainId: number;
  readonly blockNumber: bigint;
  /** Host and port. */
  readonly endpoint: string;
}

/** The only thing here that reaches the network. Everything it throws is an AppError without a URL in it. */
export interface ChainReader {
  observe(request: ObserveRequest): Promise<Observation>;
  /** @throws AppError ens-not-found, ens-unavailable, node-* */
  resolveName(node: NodeRef, name: string): Promise<EvmAddress>;
  /** @throws AppError wrong-chain, node-* */
  probe(node: NodeRef): Promise<NodeProbe>;
  /** The URL in its normal form. @throws AppError bad-url */
  parseUrl(text: string): string;
}

export interface Sample {
  readonly portfolio: Portfolio;
  readonly accounts: readonly Account[];
  readonly observation: Observation;
}

export interface Valuation {
  readonly positions: readonly Position[];
  readonly totals: Totals;
}

/** The pure steps after observing: value, look through. */
export interface Domain {
  value(
    observation: Observation,
    accounts: readonly Account[],
    manualEthUsd: Settings['manualEthUsd'],
  ): Valuation;
  lookThrough(observation: Observation, positions: readonly Position[]): Exposure;
}

export interface EngineHooks {
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (progress: number) => void;
}

/** The risk engine, in a thread of its own. */
export interface Engine {
  /** @throws AppError what the task throws (electron/risk/tasks.ts), and cancelled */
  run<Name extends TaskName>(
    task: Name,
    input: EngineTasks[Name]['input'],
    hooks: EngineHooks,
  ): Promise<EngineTasks[Name]['output']>;
  close(): Promise<void>;
}
