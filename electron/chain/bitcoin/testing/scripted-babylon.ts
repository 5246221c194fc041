/**
 * A hand-made Babylon node over HTTP, in the shapes of its REST interface: 64-bit numbers as text, shares with eighteen
 * decimals, keys as hex digits, pages with a key for the next one.
 */
import type { BabylonData, BabylonVersion } from '../load-babylon-data.ts';
import { toHex } from '../bytes.ts';
import type { Reply } from './scripted-esplora.ts';

export const NODE_INFO = '/cosmos/base/tendermint/v1beta1/node_info';
const STAKING = '/babylon/btcstaking/v1';

export interface NodeSays {
  readonly chain: string;
  readonly params: readonly object[];
  readonly providers: readonly object[];
  /** Providers per page. */
  readonly page?: number;
}

export function writeParams(data: BabylonData, version: BabylonVersion, changes: object = {}): object {
  const keys = version.covenant ?? data.covenant.keys.map(({ key }) => key);
  return {
    version: version.version,
    params: {
      covenant_pks: keys.map(toHex),
      covenant_quorum: version.covenantQuorum,
      min_staking_value_sat: version.minStakeSat.toString(),
      max_staking_value_sat: version.maxStakeSat.toString(),
      min_staking_time_blocks: version.minStakingBlocks,
      max_staking_time_blocks: version.maxStakingBlocks,
      slashing_pk_script: 'agdiYWJ5bG9u',
      min_slashing_tx_fee_sat: version.minSlashingFeeSat.toString(),
      slashing_rate: `0.${version.slashingRate.toString().padStart(18, '0')}`,
      unbonding_time_blocks: version.unbondingBlocks,
      unbonding_fee_sat: version.unbondingFeeSat.toString(),
      min_commission_rate: '0.030000000000000000',
      delegation_creation_base_gas_fee: '1095000',
      allow_list_expiration_height: '139920',
      btc_activation_height: version.activationHeight,
      max_finality_providers: 1,
      ...changes,
    },
  };
}

export function writeProvider(key: string, moniker: string): object {
  return {
    description: { moniker, identity: '', website: '', security_contact: '', details: '' },
    commission: '0.050000000000000000',
    addr: 'bbn1madeup',
    btc_pk: key,
    pop: null,
    slashed_babylon_height: '0',
    slashed_btc_height: 0,
    height: '1',
    jailed: false,
    highest_voted_height: 1,
  };
}

/** For startScriptedEsplora. */
export function answerAsNode({ chain, params, providers, page = 2 }: NodeSays): (path: string) => Reply {
  return (path) => {
    const [what, query = ''] = path.split('?');
    if (what === NODE_INFO) return { default_node_info: { network: chain }, application_version: {} };
    if (what === `${STAKING}/params_versions`) {
      return { params, pagination: { next_key: null, total: '0' } };
    }
    if (what !== `${STAKING}/finality_providers`) return undefined;
    const from = Number(
      Buffer.from(new URLSearchParams(query).get('pagination.key') ?? '', 'base64').toString(),
    );
    const next = from + page < providers.length ? Buffer.from(String(from + page)).toString('base64') : null;
    return {
      finality_providers: providers.slice(from, from + page),
      pagination: { next_key: next, total: '0' },
    };
  };
}
