/** What is known of a portfolio: its newest reading, valued and looked through. Never asks a node. */
import { encode } from '../../shared/contract/codec.ts';
import { AppError, type AppErrorValue } from '../../shared/contract/errors.ts';
import type { Freshness, PortfolioView } from '../../shared/contract/methods.ts';
import { listEigenlayerFacts } from '../../shared/domain/eigenlayer-facts.ts';
import { SAMPLE_PORTFOLIO_ID, type Account, type Portfolio } from '../../shared/domain/account.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import { ETH_UNIT, unknownFigure, USD_UNIT, type Figure, type Unit } from '../../shared/domain/figure.ts';
import { listBitcoinNotices } from '../../shared/domain/bitcoin-notices.ts';
import type { ValuedPosition } from '../../shared/domain/position-values.ts';
import type { Notice, Observation } from '../../shared/domain/observation.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import type { BitcoinFollow } from './bitcoin-follow.ts';
import type { PriceBook } from './price-book.ts';
import type { Portfolios } from './portfolios.ts';
import type { Domain, Sample, Valuation } from './readers.ts';

/** A portfolio with a reading, and everything computed from it. */
export interface Reading {
  readonly portfolio: Portfolio;
  readonly accounts: readonly Account[];
  readonly observation: Observation;
  readonly valuation: Valuation;
  /** Looked through when first asked for. */
  readonly exposure: () => Exposure;
  /** The positions with their other values, which rest on the look-through. */
  readonly valued: () => readonly ValuedPosition[];
  /** Of a later refresh, where that failed. */
  readonly failure: { readonly error: AppErrorValue; readonly failedAt: number } | null;
}

export interface Readings {
  /** Null where the portfolio was never read. @throws AppError not-found */
  find(portfolioId: string): Reading | null;
  /** @throws AppError not-found, nothing-observed */
  get(portfolioId: string): Reading;
  view(portfolioId: string): PortfolioView;
}

interface Parts {
  readonly store: Store;
  readonly sample: Sample;
  readonly portfolios: Portfolios;
  readonly accounts: Accounts;
  readonly domain: Domain;
  readonly book: PriceBook;
  readonly follow: BitcoinFollow;
}

interface Computed {
  /** What it was computed from: as long as this is the same, so is the rest. */
  readonly key: string;
  readonly valuation: Valuation;
  readonly exposure: () => Exposure;
  readonly valued: () => readonly ValuedPosition[];
}

function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: compute() }).value;
}

/** Totals of a portfolio that was never read: not known, which is not the same as nothing. */
function createUnknownTotals(): PortfolioView['totals'] {
  const unknown = (name: string, unit: Unit): Figure =>
    unknownFigure({ name: `figure.name.${name}`, subject: '', unit }, { code: 'not-visible' });
  return { bookEth: unknown('totalEth', ETH_UNIT), bookUsd: unknown('totalUsd', USD_UNIT), unvaluedCount: 0 };
}

function holdsAccount({ accounts, bitcoin }: Observation, account: Account): boolean {
  return account.kind === 'evm'
    ? accounts.some(({ address }) => address === account.address)
    : bitcoin !== undefined && bitcoin.accounts.some(({ accountId }) => accountId === account.id);
}

/** Watched, but not in the reading: added since, or never read at all. */
export function listUnread(observation: Observation | null, watched: readonly Account[]): string[] {
  return watched.filter((account) => !observation || !holdsAccount(observation, account)).map(({ id }) => id);
}

/** What the chain readers noted, and what follows from a reading of Bitcoin. */
export function listNotices({ observation, accounts }: Pick<Reading, 'observation' | 'accounts'>): Notice[] {
  return [...observation.notices, ...listBitcoinNotices(observation.bitcoin, accounts)];
}

export function createReadings({
  store,
  sample,
  portfolios,
  accounts,
  domain,
  book,
  follow,
}: Parts): Readings {
  /** The newest observation of each portfolio that was asked for, opened and decoded once. */
  const observations = new Map<string, { readonly id: string; readonly observation: Observation }>();
  const computed = new Map<string, Computed>();

  function findObservation(
    portfolioId: string,
  ): { readonly id: string; readonly observation: Observation } | null {
    if (portfolioId === SAMPLE_PORTFOLIO_ID)
      return { id: SAMPLE_PORTFOLIO_ID, observation: sample.observation };
    const id = store.observations.latestId(portfolioId);
    const kept = observations.get(portfolioId);
    if (kept && kept.id === id) return kept;
    const stored = id === null ? null : store.observations.get(id);
    if (stored) observations.set(portfolioId, stored);
    else observations.delete(portfolioId);
    return stored;
  }

  function compute(
    portfolioId: string,
    id: string,
    observation: Observation,
    watched: readonly Account[],
  ): Computed {
    const prices = book.pricesFor(observation);
    const key = encode([id, watched, prices]);
    const kept = computed.get(portfolioId);
    if (kept?.key === key) return kept;
    const byBook = domain.value(observation, watched, prices);
    // Accounts of which the reading holds none are not worth nothing: nothing is known of them.
    const isUnread = watched.length > 0 && watched.every((account) => !holdsAccount(observation, account));
    const valuation = isUnread ? { ...byBook, totals: createUnknownTotals() } : byBook;
    const exposure = once(() => domain.lookThrough(observation, valuation.positions));
    const valued = once(() => domain.addValues(observation, valuation.positions, exposure(), prices));
    const fresh: Computed = { key, valuation, exposure, valued };
    computed.set(portfolioId, fresh);
    return fresh;
  }

  /** Readings of portfolios that are gone leave the memory too. */
  function forgetGone(): void {
    for (const id of observations.keys()) {
      if (store.portfolios.find(id)) continue;
      observations.delete(id);
      computed.delete(id);
    }
  }

  function find(portfolioId: string): Reading | null {
    forgetGone();
    const portfolio = portfolios.get(portfolioId);
    const found = findObservation(portfolioId);
    if (!found) return null;
    const watched = accounts.list(portfolioId);
    const { key: _, ...made } = compute(portfolioId, found.id, found.observation, watched);
    const failure = store.observations.findFailure(portfolioId);
    return { portfolio, accounts: watched, observation: found.observation, ...made, failure };
  }

  function describeFreshness(portfolioId: string, reading: Reading | null): Freshness {
    if (!reading) return { kind: 'never', error: store.observations.findFailure(portfolioId)?.error ?? null };
    const { observation, failure } = reading;
    return {
      kind: 'read',
      origin: observation.origin,
      readAt: observation.readAt,
      error: failure?.error ?? null,
      failedAt: failure?.failedAt ?? null,
    };
  }

  return {
    find,
    get(portfolioId) {
      const reading = find(portfolioId);
      if (reading) return reading;
      throw new AppError('nothing-observed', 'This portfolio has not been read yet.', {
        help: 'Refresh it: its accounts are then read from your node.',
      });
    },
    view(portfolioId) {
      const portfolio = portfolios.get(portfolioId);
      const watched = accounts.list(portfolioId);
      const reading = find(portfolioId);
      return {
        portfolio,
        accounts: [...watched],
        positions: [...(reading?.valued() ?? [])],
        totals: reading?.valuation.totals ?? createUnknownTotals(),
        freshness: describeFreshness(portfolioId, reading),
        listening: follow.describe(portfolioId),
        eigenlayer: reading ? listEigenlayerFacts(reading.observation, watched) : [],
        notices: reading ? listNotices(reading) : [],
        unreadAccountIds: listUnread(reading?.observation ?? null, watched),
      };
    },
  };
}
