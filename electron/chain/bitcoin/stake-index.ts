/**
 * The outputs that stakes of one key would have: for every finality provider, every version of the parameters that
 * differs in its scripts, and the timelocks it allows. Made once for each key, because it is one multiplication on the
 * curve for each provider, and then asked about as many transactions as there are.
 */
import {
  buildSlashingScript,
  buildTimelockScript,
  buildUnbondingScript,
  hashLeaf,
  hashStakingTree,
  makeOutputScript,
} from './babylon-scripts.ts';
import { covenantOf, distinctScripts, listTimelocks } from './babylon-versions.ts';
import { toHex } from './bytes.ts';
import type { BabylonData, BabylonVersion } from './load-babylon-data.ts';

export interface IndexedTerms {
  readonly finalityProvider: Uint8Array;
  readonly stakingBlocks: number;
  readonly version: BabylonVersion;
}

export interface StakeIndex {
  /** What a stake of `staker` with this output script says; undefined where it is none. */
  find(staker: Uint8Array, outputScript: string): readonly IndexedTerms[] | undefined;
}

export function createStakeIndex(data: BabylonData): StakeIndex {
  const byStaker = new Map<string, ReadonlyMap<string, readonly IndexedTerms[]>>();
  return {
    find(staker, outputScript) {
      const key = toHex(staker);
      let outputs = byStaker.get(key);
      if (outputs === undefined) {
        outputs = listOutputs(data, staker);
        byStaker.set(key, outputs);
      }
      return outputs.get(outputScript);
    },
  };
}

function listOutputs(data: BabylonData, staker: Uint8Array): ReadonlyMap<string, readonly IndexedTerms[]> {
  const outputs = new Map<string, IndexedTerms[]>();
  for (const version of distinctScripts(data.parameters.versions)) {
    for (const stakingBlocks of listTimelocks(version)) {
      for (const { key: finalityProvider } of data.finalityProviders.keys) {
        const script = toHex(rebuildOutput(data, version, { staker, finalityProvider, stakingBlocks }));
        const terms = { finalityProvider, stakingBlocks, version };
        const others = outputs.get(script);
        if (others) others.push(terms);
        else outputs.set(script, [terms]);
      }
    }
  }
  return outputs;
}

interface OutputTerms {
  readonly staker: Uint8Array;
  readonly finalityProvider: Uint8Array;
  readonly stakingBlocks: number;
}

export function rebuildOutput(
  data: BabylonData,
  version: BabylonVersion,
  { staker, finalityProvider, stakingBlocks }: OutputTerms,
): Uint8Array {
  const covenant = covenantOf(data, version);
  const terms = { staker, finalityProviders: [finalityProvider], covenant, stakingBlocks };
  return makeOutputScript(
    hashStakingTree(
      hashLeaf(buildTimelockScript(staker, stakingBlocks)),
      hashLeaf(buildUnbondingScript(staker, covenant)),
      hashLeaf(buildSlashingScript(terms)),
    ),
  );
}
