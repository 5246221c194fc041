/** What valuing one observation needs at hand: instruments in order, strategies, rates and the price. */
import { shortenAddress, type EvmAddress } from './address.ts';
import type { Figure } from './figure.ts';
import { BABYLON_STAKE, INSTRUMENTS, type Instrument } from './instrument.ts';
import type { Observation, OperatorStrategy, VaultProtocol } from './observation.ts';
import type { Position } from './position.ts';
import { parseRequestInstrument } from './request-instrument.ts';
import { findVaultById, nameVaultStake } from './vault-instrument.ts';
import { makeBtcPriceFigure, makePriceFigure, makeRateFigure, type KnownPrices } from './value-rates.ts';

export interface Valuation {
  readonly observation: Observation;
  /** Dollars per ETH. */
  readonly price: Figure;
  /** Dollars per BTC. */
  readonly btcPrice: Figure;
  /** Null for an id that neither the program nor the observation defines. */
  findInstrument(id: string): Instrument | null;
  /** Place in the order of display; restaked instruments follow all held ones, by what they hold. */
  rankInstrument(instrument: Instrument): number;
  /** The instrument that shares of a strategy are, and the rate of what they hold. */
  findRestaked(strategy: EvmAddress): RestakedInstrument;
  /** The instrument that a stake with a vault is, and the rate of what the vault holds. */
  findVaultStake(protocol: VaultProtocol, vault: EvmAddress): RestakedInstrument;
  findOperatorStrategy(operator: EvmAddress, strategy: EvmAddress): OperatorStrategy | null;
}

export interface RestakedInstrument {
  readonly instrument: Instrument;
  readonly rate: Figure;
}

export function makeValuation(observation: Observation, prices: KnownPrices): Valuation {
  const instruments = [...INSTRUMENTS, ...observation.extraInstruments];
  const price = makePriceFigure(observation, prices);
  const btcPrice = makeBtcPriceFigure(observation, prices);
  const rateOf = (held: Instrument | null, instrument: Instrument): Figure =>
    makeRateFigure({ observation, price, btcPrice }, held?.id ?? null, held?.symbol ?? instrument.symbol);
  const ranks = new Map(instruments.map(({ id }, index) => [id, index]));
  const findInstrument = (id: string): Instrument | null =>
    instruments.find((instrument) => instrument.id === id) ?? null;
  const findStrategy = (address: EvmAddress) =>
    observation.strategies.find((strategy) => strategy.address === address);
  return {
    observation,
    price,
    btcPrice,
    findInstrument,
    rankInstrument: (instrument) => {
      if (instrument.family !== 'restaked') return ranks.get(instrument.id) ?? instruments.length;
      const held = instrument.strategy
        ? findStrategy(instrument.strategy)?.instrument
        : findVaultById(observation, instrument.id)?.instrument;
      return instruments.length + 1 + (ranks.get(held ?? '') ?? instruments.length);
    },
    findRestaked: (address) => {
      const strategy = findStrategy(address);
      const held = strategy?.instrument ? findInstrument(strategy.instrument) : null;
      const instrument = held
        ? nameRestaked(address, held)
        : nameUnknownRestaked(address, strategy?.name ?? shortenAddress(address), strategy?.decimals);
      return { instrument, rate: rateOf(held, instrument) };
    },
    findVaultStake: (protocol, address) => {
      const vault = findVaultById(observation, `${protocol}:${address}`);
      const held = vault?.instrument ? findInstrument(vault.instrument) : null;
      const instrument = nameVaultStake(protocol, address, held, vault);
      return { instrument, rate: rateOf(held, instrument) };
    },
    findOperatorStrategy: (operator, strategy) => {
      const found = observation.operators.find(({ address }) => address === operator);
      return found?.strategies.find((entry) => entry.strategy === strategy) ?? null;
    },
  };
}

/**
 * The instrument an amount of the position counts: what a strategy or vault holds, what a request pays; null where no
 * reader knows it. Never told by its symbol, which a token gives itself.
 */
export function findUnderlying(
  { strategies, vaults = [] }: Observation,
  { instrument, restaking, vault, request }: Position,
): string | null {
  if (restaking) {
    return strategies.find(({ address }) => address === restaking.strategy)?.instrument ?? null;
  }
  if (vault) {
    const { protocol, vault: address } = vault;
    return vaults.find((one) => one.protocol === protocol && one.address === address)?.instrument ?? null;
  }
  if (request) return parseRequestInstrument(instrument.id)?.paid ?? null;
  if (instrument.id === BABYLON_STAKE.id) return 'BTC';
  return instrument.id;
}

const EIGENLAYER = 'contract:eigenlayer';
/** What tells a restaked token from the same token held: part of its symbol, never of its unit. */
const IN_EIGENLAYER = ' in EigenLayer';
const RESTAKED_IN = / in (?:EigenLayer|Karak|Symbiotic|Babylon)$/u;

/** The token an amount of the instrument counts: `stETH` for "stETH in EigenLayer", `ETH` for "ETH from Lido". */
export function nameUnderlying({ symbol }: Pick<Instrument, 'symbol'>): string {
  const paid = / from .+$/u.exec(symbol);
  if (paid) return symbol.slice(0, paid.index);
  return symbol.replace(RESTAKED_IN, '');
}

function nameRestaked(strategy: EvmAddress, held: Instrument): Instrument {
  return {
    id: `eigenlayer:${strategy}`,
    symbol: `${held.symbol}${IN_EIGENLAYER}`,
    name: `${held.name}, restaked in EigenLayer`,
    decimals: held.decimals,
    family: 'restaked',
    issuer: 'EigenLayer',
    dependsOn: [EIGENLAYER, ...held.dependsOn.filter((id) => id !== EIGENLAYER)],
    strategy,
  };
}

/**
 * Shares of a strategy whose token no reader knows: the amount can be shown, a value cannot. Without its decimals the
 * amount is counted in the token's smallest unit, and says so.
 */
function nameUnknownRestaked(strategy: EvmAddress, name: string, decimals: number | undefined): Instrument {
  return {
    id: `eigenlayer:${strategy}`,
    symbol: decimals === undefined ? `base units of ${name}${IN_EIGENLAYER}` : `${name}${IN_EIGENLAYER}`,
    name: `${name}, restaked in EigenLayer`,
    decimals: decimals ?? 0,
    family: 'restaked',
    issuer: 'EigenLayer',
    dependsOn: [EIGENLAYER],
    strategy,
  };
}

/** Stands in for the deposits or withdrawals of an account whose list could not be read. */
export const UNREAD_EIGENLAYER: Instrument = {
  id: 'eigenlayer',
  symbol: 'EigenLayer',
  name: 'EigenLayer, not read',
  decimals: 18,
  family: 'restaked',
  issuer: 'EigenLayer',
  dependsOn: [EIGENLAYER],
};
