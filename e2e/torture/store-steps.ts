/**
 * A deterministic life of a store: step `n` does the same thing on any store that has the steps before it. So what a
 * killed store must hold can be made anew on a store in memory, and compared whole.
 */
import type { Store } from '../../electron/store/store.ts';
import {
  makeAccount,
  makeAddress,
  makeNetwork,
  makeObservation,
  makePortfolio,
  makeRun,
} from '../../electron/testing/made-up.ts';
import { encode } from '../../shared/contract/codec.ts';

const KINDS = 8;

/** A new portfolio each eight steps; everything else happens in the newest one. */
export function takeStep(store: Store, n: number): void {
  const first = n - (n % KINDS);
  const portfolioId = `portfolio-${first}`;
  const addresses = Array.from({ length: 40 }, (_, index) => makeAddress(n + index));
  switch (n % KINDS) {
    case 0:
      store.portfolios.insert(makePortfolio(n));
      break;
    case 1:
      store.accounts.insert(makeAccount(portfolioId, n));
      break;
    case 2:
      store.observations.insert(portfolioId, {
        id: `observation-${n}`,
        observation: makeObservation(addresses, n),
      });
      break;
    case 3:
      store.accounts.rename(`account-${first + 1}`, `Renamed ${n}`);
      break;
    case 4:
      store.settings.write({
        rpcUrls: { ethereum: [`http://127.0.0.1/${n}`] },
        manualEthUsd: { price: BigInt(n), enteredAt: n },
      });
      break;
    case 5:
      store.runs.insert(makeRun(portfolioId, n));
      break;
    case 6:
      store.transact(() => {
        store.networks.insert({ id: `network-${n}`, createdAt: n, network: makeNetwork(`Devnet ${n}`) });
        store.observations.putFailure(portfolioId, {
          failedAt: n,
          error: { code: 'node-timeout', message: 'Too slow.', retryable: true },
        });
      });
      break;
    default:
      // Every fourth portfolio goes again; every other fourth goes and comes back in one step.
      if (first % (KINDS * 4) === 0) store.remove('portfolio', portfolioId);
      if (first % (KINDS * 4) === KINDS * 2) {
        store.transact(() => store.putBack(store.remove('portfolio', portfolioId)));
      }
  }
}

/** Everything a store holds, as text that is equal for equal contents. */
export function dumpStore(store: Store): string {
  return encode({
    settings: store.settings.read(),
    networks: store.networks.list(),
    portfolios: store.portfolios.list().map((portfolio) => {
      const latest = store.observations.latestId(portfolio.id);
      return {
        portfolio,
        accounts: store.accounts.list(portfolio.id),
        latest: latest === null ? null : store.observations.get(latest),
        readings: store.observations.count(portfolio.id),
        failure: store.observations.findFailure(portfolio.id),
        runs: store.runs.list(portfolio.id),
      };
    }),
  });
}
