/**
 * What is published about how long each protocol makes its holders wait, in this project's own words, each with where
 * it was read, as of when, and how sure it is. Every one can be replaced by a number of the user's.
 *
 * Where sources disagree, low and high are the extremes reported and typical is the middle one, of two middle ones the
 * longer. Newest source: August 2026; none of these was read from the chain.
 */
import type { Evidence, EvidenceStatus, ExitInput, NumberRange } from '../../../shared/domain/exit.ts';

export interface ExitFact {
  readonly unit: Extract<ExitInput['unit'], 'days' | 'blocks' | 'bitcoin-blocks'>;
  readonly value: NumberRange;
  readonly evidence: Evidence;
}

type Values = readonly [low: number | null, typical: number | null, high: number | null];

function makeFact(
  unit: ExitFact['unit'],
  [low, typical, high]: Values,
  status: EvidenceStatus,
  [source, asOf]: readonly [string, string | null],
  note: string,
): ExitFact {
  return { unit, value: { low, typical, high }, evidence: { status, source, asOf, note } };
}

export const EXIT_FACTS = {
  'eigenlayer-escrow': makeFact(
    'blocks',
    [100_800, 100_800, 100_800],
    'confirmed',
    ['Layr-Labs/eigenlayer-contracts@f84a515, DelegationManager.minWithdrawalDelayBlocks', '2026-05-01'],
    'About 14 days. Seven in 2024, and governance can change it: the deployed value wins.',
  ),
  'lido-queue': makeFact(
    'days',
    [1, 3, 5],
    'secondary',
    ['help.lido.fi, FAQ on Ethereum withdrawals; lidofinance/docs@35624e45', '2026-07-24'],
    'While the buffer pays. Longer in bunker mode; 10 days and more for very large requests.',
  ),
  'lido-report': makeFact(
    'days',
    [0, 0.5, 1],
    'confirmed',
    ['docs.lido.fi, AccountingOracle: one report per 225 epochs', '2026-07-24'],
    'Requests are finalised with the daily report after the ether arrives.',
  ),
  'etherfi-queue': makeFact(
    'days',
    [1, 4.9, 17],
    'disputed',
    ['docs.yield.xyz; www.ether.fi/blog, 9 June 2026', '2026-06-09'],
    '1 to 7 days and more by aggregators; of the redemption of 20% of the pool in April and May 2026 the issuer says 4.9 days in the median and 17 at most.',
  ),
  'renzo-cooldown': makeFact(
    'days',
    [3, 10, 14],
    'disputed',
    ['docs.renzoprotocol.com; docs.yield.xyz; Renzo-Protocol/contracts-public@fc8c8e08', '2026'],
    'Reported as 3, 7, 10 and 14 days. WithdrawQueue.coolDownPeriod() has the value.',
  ),
  'puffer-queue': makeFact(
    'days',
    [14, 14, 14],
    'secondary',
    ['PufferFinance/puffer-contracts@38060006; LlamaRisk on pufETH', '2026-05-07'],
    'About 14 days, because the money comes out of EigenLayer. Redeeming at once costs 1% by default.',
  ),
  'kelp-queue': makeFact(
    'days',
    [8, 15, 21],
    'disputed',
    ['Kelp-DAO/LRT-rsETH@c289b815; kerneldao.gitbook.io, withdrawals', '2025-02-26'],
    '8 days by default and 10 at most in the code read, 15 to 21 in the documents. LRTWithdrawalManager.withdrawalDelayBlocks() has the value.',
  ),
  'swell-queue': makeFact(
    'days',
    [null, null, null],
    'unconfirmed',
    ['SwellNetwork/v3-core-public@ba1eeff1', '2024-11-13'],
    'An ERC-721 queue (rswEXIT); how long it takes was not found.',
  ),
  'meth-oracle': makeFact(
    'days',
    [0, 0.17, 0.34],
    'secondary',
    ['mantle-lsp/contracts@afa686bb', '2025-10-31'],
    'First come, first served, with the exit queue of Ethereum behind it; the oracle reports every 8 hours.',
  ),
  'cmeth-delay': makeFact(
    'days',
    [0.33, 7, 7],
    'secondary',
    ['mantle-lsp/contracts@afa686bb; pages on the Bybit theft of February 2025', '2025-10-31'],
    'DelayedWithdraw takes up to 7 days; it was 8 hours in February 2025.',
  ),
  'reth-burn': makeFact(
    'days',
    [0, null, null],
    'secondary',
    ['rocket-pool/docs.rocketpool.net@133063e6', '2026-08-20'],
    'Burnt for ETH at once while the contract holds some, else sold. Exits on request are planned, not live.',
  ),
  'cbeth-unwrap': makeFact(
    'days',
    [null, null, null],
    'unconfirmed',
    ['no source good enough', null],
    'Unwrapped inside a Coinbase account; a holder on chain can only sell.',
  ),
  'symbiotic-wait': makeFact(
    'days',
    [null, null, null],
    'confirmed',
    ['symbioticfi/core@25a065a3, Vault', '2026-08-07'],
    'One to two epochs of the vault: asked for in epoch k, claimable after k + 1. The length is the vault’s own: epochDuration().',
  ),
  'karak-delay': makeFact(
    'days',
    [9, 9, 9],
    'confirmed',
    ['code-423n4/2024-07-karak@d803024a, Constants.sol', '2024-09-30'],
    'MIN_WITHDRAWAL_DELAY. The project has turned to other things since; whether withdrawals still work is not confirmed.',
  ),
  'babylon-unbonding': makeFact(
    'bitcoin-blocks',
    [301, 1008, 1008],
    'disputed',
    ['babylonlabs-io/babylon@a3b6540f, parameters v0-v3; forum.babylon.foundation/t/661', '2026-07-01'],
    '1008 blocks for every stake made under versions 0 to 3. 301 is a proposal whose adoption is not confirmed.',
  ),
  'babylon-timelock': makeFact(
    'bitcoin-blocks',
    [0, 64_000, 64_000],
    'confirmed',
    ['babylonlabs-io/babylon@a3b6540f, parameters v0-v3', '2026-07-01'],
    'The stake’s own timelock, 64,000 blocks at most; what is left of it depends on when it was made.',
  ),
  'lombard-redemption': makeFact(
    'days',
    [9, 9, 9],
    'secondary',
    ['lombard-finance/evm-smart-contracts@deafcdcf', '2025-11-04'],
    'Babylon’s unbonding and two days.',
  ),
  'solv-redemption': makeFact(
    'days',
    [9, 15, 21],
    'secondary',
    ['solv-finance/SolvBTC@c371d219; governance.aave.com/t/22198', '2026-04-29'],
    'Three dates a month: asked by the 9th, 19th and last, paid on the 20th, at the end of the month and on the 10th. Paid in tokens for bitcoin, not bitcoin.',
  ),
  'bedrock-redemption': makeFact(
    'days',
    [8, 8, 30],
    'disputed',
    ['Bedrock-Technology/uniBTC@236e9eab; yearn/risk-score@fcc7c476', '2026-08-20'],
    '8 days in the documents; the contract allows 30, and a daily cap may make it longer.',
  ),
  'pumpbtc-redemption': makeFact(
    'days',
    [10, 10, 10],
    'unconfirmed',
    ['coinmarketcap.com, generated page', null],
    'One weak source.',
  ),
  'ebtc-queue': makeFact(
    'days',
    [null, null, null],
    'unconfirmed',
    ['no source good enough', null],
    'A vault’s queue; how long it takes was not found.',
  ),
} as const satisfies Record<string, ExitFact>;

export type ExitFactId = keyof typeof EXIT_FACTS;

export function isExitFactId(id: string): id is ExitFactId {
  return Object.hasOwn(EXIT_FACTS, id);
}
