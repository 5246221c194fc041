/** What is to be known of a reading of Bitcoin beside its positions. Pure. */
import type { Account } from './account.ts';
import type { BitcoinObservation, StakeObservation } from './bitcoin.ts';
import { BTC_UNIT } from './figure.ts';
import { formatValue } from '../format/numbers.ts';
import { nameAccount } from './names.ts';
import type { Notice } from './observation.ts';

/** Fees are a few hundred satoshi. */
const ALL_DIGITS = { digits: BTC_UNIT.decimals };

/** In the order of the accounts; of accounts that are not watched any more nothing is said. */
export function listBitcoinNotices(
  bitcoin: BitcoinObservation | undefined,
  accounts: readonly Account[],
): Notice[] {
  if (bitcoin === undefined) return [];
  const { server, proof, babylon, network } = bitcoin;
  const watched = accounts.flatMap((account) => {
    const observed = bitcoin.accounts.find(({ accountId }) => accountId === account.id);
    return observed ? [{ name: nameAccount(account), observed }] : [];
  });
  if (watched.length === 0) return [];
  return [
    ...(proof === 'chain'
      ? []
      : [
          {
            code: 'proof-of-block' as const,
            contract: server.endpoint,
            call: '',
            detail:
              'Each transaction was proven to be in its block, and the block’s own work was checked; that the block stands in the longest chain is the server’s word.',
          },
        ]),
    ...(babylon === null
      ? [
          {
            code: 'no-babylon' as const,
            contract: `Bitcoin ${network}`,
            call: '',
            detail: 'Stakes are not recognised here. Import parameters in the settings if there are any.',
          },
        ]
      : []),
    ...watched.flatMap(({ name, observed }) => [
      ...observed.unrecognised.map(({ txid, outputIndex }) => ({
        code: 'stake-unrecognised' as const,
        contract: name,
        call: `${txid}:${outputIndex}`,
        detail: `It names a staker and a finality provider, and no parameters as of ${babylon?.asOf ?? 'any date'} give its output. What it holds is in no total.`,
      })),
      ...observed.stakes.flatMap((stake) => describeStake(name, stake)),
    ]),
  ];
}

function describeStake(name: string, stake: StakeObservation): Notice[] {
  const call = `${stake.txid}:${stake.outputIndex}`;
  if (stake.end !== null) {
    const { kind, txid } = stake.end;
    const amount = formatValue(stake.value, BTC_UNIT, ALL_DIGITS);
    const loss =
      stake.terms === null
        ? ''
        : ` At most ${formatValue(stake.terms.lossIfSlashed, BTC_UNIT, ALL_DIGITS)} of it was taken.`;
    const what =
      kind === 'slashing'
        ? `${amount} was slashed in ${txid}.${loss} The rest comes back to the staker under a timelock of its own.`
        : kind === 'withdrawal'
          ? `${amount} was withdrawn in ${txid}.`
          : `${amount} was spent in ${txid} by a script Ballast does not know.`;
    return [{ code: 'stake-ended', contract: name, call, detail: what }];
  }
  if (stake.versions.length > 0) return [];
  return [
    {
      code: 'stake-refused',
      contract: name,
      call,
      detail:
        'Its scripts are Babylon’s, and its amount, timelock or block is outside of every version’s limits: it earns nothing, and can be withdrawn when its timelock is over.',
    },
  ];
}
