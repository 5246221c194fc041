import type { Observation, WithdrawalRequest } from '../observation.ts';
import { WAD } from '../units.ts';

/** What the readings are worth, added up without the code under test. */
export function addUp(observation: Observation): bigint {
  const rates = new Map<string | null, bigint | null>(
    observation.rates.map(({ instrument, rate }) => [instrument, rate.ok ? rate.value : null]),
  );
  for (const instrument of ['ETH', 'WETH', 'stETH', 'eETH']) rates.set(instrument, WAD);
  const held = new Map(observation.strategies.map(({ address, instrument }) => [address, instrument]));
  let total = 0n;
  const add = (instrument: string | null, amount: bigint): void => {
    total += (amount * (rates.get(instrument) ?? 0n)) / WAD;
  };
  const inVault = new Map(observation.vaults?.map(({ address, instrument }) => [address, instrument]));
  for (const { balances, requests, vaults, eigenlayer } of observation.accounts) {
    for (const { instrument, amount } of balances) add(instrument, amount.ok ? amount.value : 0n);
    for (const { instrument, requests: list } of requests ?? []) {
      for (const request of list) {
        const paid = request.paidIn.instrument;
        add(paid, payOf(request, rates.get(instrument) ?? null, rates.get(paid) ?? null));
      }
    }
    for (const { vault, amount } of (vaults ?? []).flatMap(({ stakes, queued }) => [...stakes, ...queued])) {
      add(inVault.get(vault) ?? null, amount.ok ? amount.value : 0n);
    }
    for (const { strategy, underlying, withdrawableShares, depositShares } of eigenlayer?.deposits ?? []) {
      const isNothing =
        depositShares.ok &&
        depositShares.value === 0n &&
        withdrawableShares.ok &&
        withdrawableShares.value === 0n;
      if (isNothing || !withdrawableShares.ok || !underlying.ok) continue;
      add(held.get(strategy) ?? null, underlying.value);
    }
    for (const { strategy, underlying, shares, scaledShares } of (eigenlayer?.queued ?? []).flatMap(
      ({ entries }) => entries,
    )) {
      const isNothing = scaledShares.ok && scaledShares.value === 0n && shares.ok && shares.value === 0n;
      if (isNothing || !shares.ok || !underlying.ok) continue;
      add(held.get(strategy) ?? null, underlying.value);
    }
  }
  return total;
}

/** What a request pays; nothing where a part of it is not known. */
function payOf(
  { pays, given, paysToday, isFixed }: WithdrawalRequest,
  rateGiven: bigint | null,
  ratePaid: bigint | null,
): bigint {
  if (!pays.ok) return 0n;
  if (isFixed) return pays.value;
  let today: bigint | null = null;
  if (paysToday) today = paysToday.ok ? paysToday.value : null;
  else if (given.ok && rateGiven !== null && ratePaid !== null) today = (given.value * rateGiven) / ratePaid;
  if (today === null) return 0n;
  return today < pays.value ? today : pays.value;
}
