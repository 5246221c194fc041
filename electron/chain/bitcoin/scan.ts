/**
 * Reads the history of one account from its server: along each branch until a run of unused addresses is as long as the
 * gap limit, then the transactions, then what became of stakes. Only what changed since the last reading is asked for.
 * Every transaction that stays is checked: its id against its bytes, its proof against the header of its block.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import type {
  BitcoinWallet,
  FollowedScript,
  KeptStake,
  KeptTransaction,
} from '../../../shared/domain/bitcoin-wallet.ts';
import type { UnrecognisedStake } from './babylon-stake.ts';
import { readHeader } from './block-header.ts';
import { hashScript, toHex } from './bytes.ts';
import { deriveBranch, isRanged } from './derive.ts';
import { indexSpends, type PlacedTransaction } from './fold-wallet.ts';
import { blockChanged, SETTLED_BLOCKS, type HeaderBook } from './header-book.ts';
import type { BabylonData } from './load-babylon-data.ts';
import { checkProof } from './merkle.ts';
import { readHistories } from './read-histories.ts';
import type { BitcoinServer, HistoryEntry } from './server.ts';
import { createStakeIndex, type StakeIndex } from './stake-index.ts';
import { parseTransaction } from './transaction.ts';
import { followStake, searchTransaction } from './wallet-stakes.ts';

export interface ScanRequest {
  readonly server: BitcoinServer;
  readonly network: BitcoinNetwork;
  /** One for each branch: no `<0;1>` in it any more. */
  readonly branches: readonly string[];
  readonly gapLimit: number;
  readonly kept: BitcoinWallet | null;
  readonly headers: HeaderBook;
  /** Null where Babylon has no parameters on this network. */
  readonly babylon: BabylonData | null;
  readonly index: StakeIndex | null;
  /** Transactions fetched so far, and to fetch. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface Scan {
  readonly wallet: BitcoinWallet;
  readonly transactions: ReadonlyMap<string, PlacedTransaction>;
  readonly unrecognised: readonly { readonly placed: PlacedTransaction; readonly stake: UnrecognisedStake }[];
}

interface Failure {
  readonly height: number;
  readonly error: unknown;
}

/** A wallet of more is not one person's. */
const MOST_SCRIPTS = 100_000;
const MOST_TRANSACTIONS = 200_000;
/** Transactions in one request; between two of them progress is told. */
const BATCH = 400;

/** @throws AppError node-*, block-changed where the chain was reorganised in the middle */
export async function scanAccount(request: ScanRequest): Promise<Scan> {
  const { branches, gapLimit, server, network, babylon } = request;
  const derivedFrom = [...branches, String(gapLimit)];
  const kept = findUsable(request, derivedFrom);
  const state = new ScanState(request, kept);
  await state.walkBranches();
  await state.fetchTransactions();
  const found = await state.followStakes();
  await state.prove();
  return {
    wallet: {
      schema: 'ballast-wallet/1',
      network,
      derivedFrom,
      statusKind: server.kind,
      scripts: state.listScripts(),
      histories: Object.fromEntries(state.histories),
      transactions: [...state.kept.values()],
      searched: { asOf: markOf(babylon), txids: [...state.searched] },
      stakes: found.stakes,
    },
    transactions: state.placed,
    unrecognised: found.unrecognised,
  };
}

function findUsable(
  { kept, network, server }: ScanRequest,
  derivedFrom: readonly string[],
): BitcoinWallet | null {
  const isSame =
    kept !== null &&
    kept.network === network &&
    kept.statusKind === server.kind &&
    kept.derivedFrom.length === derivedFrom.length &&
    kept.derivedFrom.every((text, index) => text === derivedFrom[index]);
  return isSame ? kept : null;
}

class ScanState {
  readonly histories: Map<string, string[]>;
  readonly kept = new Map<string, KeptTransaction>();
  readonly placed = new Map<string, PlacedTransaction>();
  readonly searched: Set<string>;
  private readonly request: ScanRequest;
  private readonly branches: FollowedScript[][];
  private readonly followed = new Map<string, FollowedScript>();
  private readonly heights = new Map<string, number>();
  private readonly before: ReadonlyMap<string, KeptTransaction>;
  private readonly knownStakes: Map<string, KeptStake>;

  constructor(request: ScanRequest, kept: BitcoinWallet | null) {
    this.request = request;
    this.histories = new Map(Object.entries(kept?.histories ?? {}));
    this.before = new Map(kept?.transactions.map((transaction) => [transaction.txid, transaction]));
    for (const { txid, height } of this.before.values()) this.heights.set(txid, height);
    this.branches = request.branches.map(
      (_, branch) => kept?.scripts.filter((script) => script.branch === branch) ?? [],
    );
    for (const script of kept?.scripts ?? [])
      if (script.branch === null) this.followed.set(script.scriptHash, script);
    const isSameData = kept !== null && kept.searched.asOf === markOf(request.babylon);
    this.searched = new Set(isSameData ? kept.searched.txids : []);
    this.knownStakes = new Map(kept?.stakes.map((stake) => [nameStake(stake), stake]));
  }

  listScripts(): FollowedScript[] {
    return [...this.branches.flat(), ...this.followed.values()];
  }

  /** All branches at once, so that a round trip serves every one of them. */
  async walkBranches(): Promise<void> {
    let fresh = this.branches.flat();
    for (;;) {
      await this.ask(fresh);
      fresh = this.branches.flatMap((scripts, branch) => this.extend(branch, scripts));
      if (fresh.length === 0) break;
      if (this.branches.reduce((sum, { length }) => sum + length, 0) > MOST_SCRIPTS) {
        throw new AppError('node-malformed', 'The server says that every address of this account is used.', {
          detail: `more than ${MOST_SCRIPTS} addresses, and no gap of ${this.request.gapLimit}`,
          help: 'Try another server, or watch the addresses you know one by one.',
        });
      }
    }
  }

  /** Derives what the gap limit still asks for; the longer a branch, the more of it at once. */
  private extend(branch: number, scripts: FollowedScript[]): FollowedScript[] {
    const { branches, network, gapLimit } = this.request;
    const descriptor = branches[branch] ?? '';
    const used = scripts.findLastIndex(({ status }) => status !== null) + 1;
    const wanted = isRanged(descriptor) ? used + gapLimit : 1;
    if (scripts.length >= wanted) return [];
    const target = isRanged(descriptor) && scripts.length > 0 ? Math.max(wanted, scripts.length * 2) : wanted;
    const derived = deriveBranch(descriptor, network, {
      from: scripts.length,
      count: target - scripts.length,
    });
    const added = derived.map(({ index, script, scriptHash, keys }): FollowedScript => ({
      branch,
      index,
      script,
      scriptHash,
      keys: [...keys],
      status: null,
    }));
    scripts.push(...added);
    return added;
  }

  /** Asks what became of scripts, and for the history of those that changed. */
  private async ask(scripts: readonly FollowedScript[]): Promise<void> {
    if (scripts.length === 0) return;
    const { server } = this.request;
    const statuses = await server.getStatuses(scripts.map(({ scriptHash }) => scriptHash));
    const changed = scripts.filter(
      ({ scriptHash, status }, index) =>
        (statuses[index] ?? null) !== status ||
        (status !== null && (!this.histories.has(scriptHash) || this.isUnsettled(scriptHash))),
    );
    const statusOf = new Map(scripts.map(({ scriptHash }, index) => [scriptHash, statuses[index] ?? null]));
    const asked = changed.filter(({ scriptHash }) => statusOf.get(scriptHash) !== null);
    const histories = await readHistories(server, asked, statusOf);
    for (const { scriptHash } of changed) this.histories.delete(scriptHash);
    for (const { scriptHash } of asked) this.takeHistory(scriptHash, histories.get(scriptHash) ?? []);
    for (const script of changed) this.setStatus(script, statusOf.get(script.scriptHash) ?? null);
  }

  /** Esplora's counts stay the same where a transaction moves to another block, or another takes its place. */
  private isUnsettled(scriptHash: string): boolean {
    const { server, headers } = this.request;
    if (server.kind !== 'esplora') return false;
    return (this.histories.get(scriptHash) ?? []).some((txid) => {
      const height = this.heights.get(txid) ?? 0;
      return height === 0 || height > headers.tipHeight - SETTLED_BLOCKS;
    });
  }

  private takeHistory(scriptHash: string, entries: readonly HistoryEntry[]): void {
    this.histories.set(
      scriptHash,
      entries.map(({ txid }) => txid),
    );
    for (const { txid, height } of entries) this.heights.set(txid, Math.max(0, height));
  }

  private setStatus(script: FollowedScript, status: string | null): void {
    const changed = { ...script, status };
    if (script.branch === null) this.followed.set(script.scriptHash, changed);
    else {
      const scripts = this.branches[script.branch];
      if (scripts) scripts[script.index] = changed;
    }
  }

  /** Those that some history names; what none names any more is gone. */
  async fetchTransactions(): Promise<void> {
    const { server, onProgress } = this.request;
    const named = new Set([...this.histories.values()].flat());
    if (named.size > MOST_TRANSACTIONS) {
      throw new AppError('node-malformed', 'The server lists more transactions than an account has.', {
        detail: `${named.size}`,
      });
    }
    for (const txid of this.placed.keys()) if (!named.has(txid)) this.forget(txid);
    for (const txid of named) {
      const known = this.kept.get(txid) ?? this.before.get(txid);
      if (known) this.place(known.txid, known.raw, known.provenIn);
    }
    const missing = [...named].filter((txid) => !this.placed.has(txid));
    for (let start = 0; start < missing.length; start += BATCH) {
      onProgress(start, missing.length);
      const txids = missing.slice(start, start + BATCH);
      const raws = await server.getTransactions(txids);
      txids.forEach((txid, index) => {
        const raw = raws[index];
        if (raw) this.place(txid, raw, null);
      });
    }
  }

  private place(txid: string, raw: Uint8Array, provenIn: string | null): void {
    const height = this.heights.get(txid) ?? 0;
    const transaction = this.placed.get(txid)?.transaction ?? parseTransaction(raw);
    this.kept.set(txid, { txid, raw, height, provenIn });
    this.placed.set(txid, { transaction, height });
  }

  private forget(txid: string): void {
    this.kept.delete(txid);
    this.placed.delete(txid);
    this.searched.delete(txid);
  }

  /** Until nothing new is to be followed: an unbonding shows only in the history of its stake. */
  async followStakes(): Promise<{
    readonly stakes: KeptStake[];
    readonly unrecognised: Scan['unrecognised'];
  }> {
    const { babylon: data } = this.request;
    if (data === null) return { stakes: [], unrecognised: [] };
    const index = this.request.index ?? createStakeIndex(data);
    const own = new Map(this.branches.flat().map((script) => [toHex(script.script), script]));
    const unrecognised = this.searchAll({ data, index, own, transactions: this.placed });
    const asked = new Set<string>();
    for (;;) {
      const spends = indexSpends([...this.placed.values()]);
      const tip = this.request.headers.tipHeight;
      const scripts = [...this.knownStakes.values()].flatMap(
        (stake) => followStake(stake, data, this.placed, spends, tip)?.scripts ?? [],
      );
      const fresh = scripts
        .map((script) => this.followed.get(hashScript(script)) ?? makeFollowed(script))
        .filter(({ scriptHash }) => !asked.has(scriptHash));
      if (fresh.length === 0) break;
      for (const script of fresh) {
        asked.add(script.scriptHash);
        this.followed.set(script.scriptHash, script);
      }
      await this.ask(fresh);
      await this.fetchTransactions();
    }
    const stakes = [...this.knownStakes.values()].filter(({ txid }) => this.placed.has(txid));
    return { stakes, unrecognised };
  }

  private searchAll(search: Parameters<typeof searchTransaction>[1]): Scan['unrecognised'] {
    const unrecognised: Scan['unrecognised'][number][] = [];
    for (const placed of this.placed.values()) {
      const { txid } = placed.transaction;
      // One that says it is a stake and is none is said again at every reading.
      if (this.searched.has(txid)) continue;
      const found = searchTransaction(placed, search);
      for (const stake of found.stakes) this.knownStakes.set(nameStake(stake), stake);
      unrecognised.push(...found.unrecognised.map((stake) => ({ placed, stake })));
      if (found.unrecognised.length === 0) this.searched.add(txid);
    }
    return unrecognised;
  }

  /** A proof that does not fit is a lie, or of a block that came in the place of ours. */
  private async explain({ height, error }: Failure): Promise<never> {
    const { server, headers } = this.request;
    const [now] = await server.getHeadersAt([height]);
    const isReplaced = now !== undefined && readHeader(now).hash !== headers.headerAt(height).hash;
    throw isReplaced ? blockChanged() : error;
  }

  /** Checks the proof of every transaction in a block, once for each block that held it. */
  async prove(): Promise<void> {
    const { server, headers } = this.request;
    const confirmed = [...this.kept.values()].filter(({ height }) => height > 0);
    await headers.cover(confirmed);
    const open = confirmed.filter((transaction) => !headers.isProven(transaction));
    for (let start = 0; start < open.length; start += BATCH) {
      const slice = open.slice(start, start + BATCH);
      const failures: Failure[] = [];
      const proofs = await server.getProofs(slice.map(({ txid, height }) => ({ txid, height })));
      slice.forEach((transaction, index) => {
        const { txid, height, raw } = transaction;
        const proof = proofs[index];
        if (proof === undefined) throw new Error(`no proof of ${txid}`);
        const header = headers.headerAt(height);
        try {
          checkProof({ txid, raw, proof, header });
        } catch (error) {
          failures.push({ height, error });
          return;
        }
        this.kept.set(txid, { ...transaction, provenIn: header.hash });
      });
      const [failure] = failures;
      if (failure) await this.explain(failure);
    }
  }
}

function makeFollowed(script: Uint8Array): FollowedScript {
  return { branch: null, index: 0, script, scriptHash: hashScript(script), keys: [], status: null };
}

function nameStake({ txid, outputIndex }: KeptStake): string {
  return `${txid}:${outputIndex}`;
}

/** Tells one list of Babylon's parameters from another, two of one day too. */
function markOf(babylon: BabylonData | null): string {
  if (babylon === null) return '';
  const { asOf, parameters, finalityProviders } = babylon;
  return `${asOf}/${parameters.versions.length}/${finalityProviders.keys.length}`;
}
