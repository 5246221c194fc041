/**
 * The stakes of one wallet: found in the transactions that touch it, and followed to where they went. Which path spends
 * a stake is read from the script that the spending transaction shows, compared with the stake's own scripts.
 */
import type { BitcoinAccountObservation, StakeObservation } from '../../../shared/domain/bitcoin.ts';
import type { FollowedScript, KeptStake } from '../../../shared/domain/bitcoin-wallet.ts';
import { computeSlashingTransaction } from '../../risk/protocols/babylon/slashing-transaction.ts';
import {
  buildSlashingScript,
  buildTimelockScript,
  buildUnbondingScript,
  hashLeaf,
  makeUnbondingOutput,
} from './babylon-scripts.ts';
import { readScriptPath } from './babylon-spend.ts';
import { describeStake, findStakes, isTaproot, type UnrecognisedStake } from './babylon-stake.ts';
import { covenantOf } from './babylon-versions.ts';
import { isSameBytes, toHex } from './bytes.ts';
import type { indexSpends } from './fold-wallet.ts';
import { outpointOf, type PlacedTransaction } from './fold-wallet.ts';
import { findVersion, type BabylonData, type BabylonVersion } from './load-babylon-data.ts';
import { rebuildOutput, type StakeIndex } from './stake-index.ts';
import type { BitcoinInput } from './transaction.ts';

export interface StakeSearch {
  readonly data: BabylonData;
  readonly index: StakeIndex;
  /** The wallet's own scripts, by hex. */
  readonly own: ReadonlyMap<string, FollowedScript>;
  /** All of the wallet, to look up what inputs spend. */
  readonly transactions: ReadonlyMap<string, PlacedTransaction>;
}

/** Stakes in one transaction of the wallet. */
export function searchTransaction(
  { transaction, height }: PlacedTransaction,
  { data, index, own, transactions }: StakeSearch,
): { readonly stakes: KeptStake[]; readonly unrecognised: UnrecognisedStake[] } {
  const spent = transaction.inputs.flatMap(({ txid, index: place }) => {
    const script = transactions.get(txid)?.transaction.outputs[place]?.script;
    return script === undefined ? [] : (own.get(toHex(script)) ?? []);
  });
  const paid = transaction.outputs.flatMap(({ script }) => own.get(toHex(script)) ?? []);
  const isDeclared = transaction.outputs.some(({ script }) => script[0] === 0x6a);
  const least = leastStake(data);
  // Most transactions pay nobody that could be a stake; building a key's outputs is what costs.
  const isPossible =
    spent.length > 0 &&
    (height === 0 || height >= firstHeight(data)) &&
    transaction.outputs.some(
      ({ script, value }) => isTaproot(script) && value >= least && !own.has(toHex(script)),
    );
  if (!isDeclared && !isPossible) return { stakes: [], unrecognised: [] };
  const found = findStakes(transaction, data, {
    height: height > 0 ? height : null,
    stakers: isPossible ? [...spent, ...paid].flatMap(({ keys }) => keys) : [],
    isBlind: isPossible,
    index,
  });
  return {
    stakes: found.stakes.map(({ outputIndex, staker, finalityProvider, stakingBlocks, foundBy }) => ({
      txid: transaction.txid,
      outputIndex,
      staker,
      finalityProvider,
      stakingBlocks,
      foundBy,
    })),
    unrecognised: [...found.unrecognised],
  };
}

function leastStake({ parameters }: BabylonData): bigint {
  return parameters.versions.reduce(
    (least, { minStakeSat }) => (minStakeSat < least ? minStakeSat : least),
    parameters.versions[0]?.minStakeSat ?? 0n,
  );
}

function firstHeight({ parameters }: BabylonData): number {
  return Math.min(...parameters.versions.map(({ activationHeight }) => activationHeight));
}

/** What is known of a stake by now, and the outputs whose spending has to be followed. Null without its transaction. */
export function followStake(
  kept: KeptStake,
  data: BabylonData,
  transactions: ReadonlyMap<string, PlacedTransaction>,
  spends: ReturnType<typeof indexSpends>,
  tipHeight: number,
): { readonly stake: StakeObservation; readonly scripts: readonly Uint8Array[] } | null {
  const placed = transactions.get(kept.txid);
  const output = placed?.transaction.outputs[kept.outputIndex];
  if (placed === undefined || output === undefined) return null;
  const height = placed.height > 0 ? placed.height : null;
  const possible = data.parameters.versions.filter((version) =>
    isSameBytes(rebuildOutput(data, version, kept), output.script),
  );
  const { versions } = describeStake(placed.transaction, data, { ...kept, versions: possible }, height);
  const scripts = scriptsOf(kept, data, possible);
  const spend = spends.get(outpointOf(kept.txid, kept.outputIndex));
  const shown = spend && showScript(spend.by.transaction.inputs[spend.inputIndex]);
  const isUnbonding = spend && scripts.unbonding.some((script) => isShown(script, shown));
  const unbonding = isUnbonding ? findUnbonding(spend.by, kept.staker, scripts) : null;
  const second = unbonding && spends.get(outpointOf(unbonding.txid, unbonding.outputIndex));
  const last = isUnbonding ? second : spend;
  const lastShown = last && showScript(last.by.transaction.inputs[last.inputIndex]);
  const inForce = findVersion(data, height ?? tipHeight);
  const terms = versions.find((version) => version === inForce) ?? versions.at(-1) ?? null;
  return {
    stake: {
      txid: kept.txid,
      outputIndex: kept.outputIndex,
      value: output.value,
      height,
      staker: toHex(kept.staker),
      finalityProvider: toHex(kept.finalityProvider),
      finalityProviderName: nameProvider(data, kept.finalityProvider),
      stakingBlocks: kept.stakingBlocks,
      foundBy: kept.foundBy,
      versions: versions.map(({ version }) => version),
      terms: terms && writeTerms(terms, unbonding?.value ?? output.value),
      unbonding,
      end:
        last === null || last === undefined
          ? null
          : {
              kind: isShown(scripts.slashing, lastShown)
                ? 'slashing'
                : [scripts.timelock, ...scripts.unbondingTimelocks.map(({ script }) => script)].some(
                      (script) => isShown(script, lastShown),
                    )
                  ? 'withdrawal'
                  : 'unknown',
              txid: last.by.transaction.txid,
              height: last.by.height > 0 ? last.by.height : null,
            },
    },
    scripts: unbonding === null ? [output.script] : [output.script, unbonding.script],
  };
}

interface StakeScripts {
  readonly timelock: Uint8Array;
  readonly unbonding: readonly Uint8Array[];
  readonly slashing: Uint8Array | null;
  readonly unbondingTimelocks: readonly { readonly blocks: number; readonly script: Uint8Array }[];
}

function scriptsOf(
  { staker, finalityProvider, stakingBlocks }: KeptStake,
  data: BabylonData,
  versions: readonly BabylonVersion[],
): StakeScripts {
  const covenants = versions.map((version) => covenantOf(data, version));
  const [covenant] = covenants;
  return {
    timelock: buildTimelockScript(staker, stakingBlocks),
    unbonding: covenants.map((one) => buildUnbondingScript(staker, one)),
    slashing: covenant
      ? buildSlashingScript({ staker, finalityProviders: [finalityProvider], covenant, stakingBlocks })
      : null,
    unbondingTimelocks: [...new Set(versions.map(({ unbondingBlocks }) => unbondingBlocks))].map(
      (blocks) => ({
        blocks,
        script: buildTimelockScript(staker, blocks),
      }),
    ),
  };
}

function showScript(input: BitcoinInput | undefined): Uint8Array | null {
  return (input && readScriptPath(input.witness)?.script) ?? null;
}

function isShown(script: Uint8Array | null, shown: Uint8Array | null | undefined): boolean {
  return script !== null && shown !== null && shown !== undefined && isSameBytes(script, shown);
}

type Unbonding = NonNullable<StakeObservation['unbonding']> & { readonly script: Uint8Array };

function findUnbonding(
  { transaction, height }: PlacedTransaction,
  staker: Uint8Array,
  { slashing, unbondingTimelocks }: StakeScripts,
): Unbonding | null {
  if (slashing === null) return null;
  for (const { blocks } of unbondingTimelocks) {
    const wanted = makeUnbondingOutput(staker, blocks, hashLeaf(slashing));
    const outputIndex = transaction.outputs.findIndex(({ script }) => isSameBytes(script, wanted));
    const output = transaction.outputs[outputIndex];
    if (output === undefined) continue;
    const { txid } = transaction;
    return {
      txid,
      outputIndex,
      value: output.value,
      height: height > 0 ? height : null,
      blocks,
      script: output.script,
    };
  }
  return null;
}

function writeTerms(version: BabylonVersion, value: bigint): NonNullable<StakeObservation['terms']> {
  const { slashingRate, minSlashingFeeSat, unbondingBlocks, unbondingFeeSat } = version;
  return {
    unbondingBlocks,
    unbondingFee: unbondingFeeSat,
    lossIfSlashed: lossOf(value, version),
    slashingRate,
    slashingFee: minSlashingFeeSat,
  };
}

function lossOf(value: bigint, { slashingRate, minSlashingFeeSat }: BabylonVersion): bigint {
  const { loss } = computeSlashingTransaction({
    // as: outputs count satoshi.
    stake: value as Parameters<typeof computeSlashingTransaction>[0]['stake'],
    rate: slashingRate,
    fee: minSlashingFeeSat,
    slashingOutput: 'op-return',
  });
  return loss;
}

function nameProvider({ finalityProviders }: BabylonData, provider: Uint8Array): string | null {
  return finalityProviders.keys.find(({ key }) => isSameBytes(key, provider))?.name ?? null;
}

export function describeUnrecognised(
  placed: PlacedTransaction,
  { outputIndex, staker, finalityProvider, stakingBlocks }: UnrecognisedStake,
): BitcoinAccountObservation['unrecognised'][number] {
  return {
    txid: placed.transaction.txid,
    outputIndex,
    height: placed.height > 0 ? placed.height : null,
    staker: toHex(staker),
    finalityProvider: toHex(finalityProvider),
    stakingBlocks,
  };
}
