/**
 * Every reader of Ethereum on a node that lies: whatever it answers, a refresh ends with an observation that parses and
 * can be valued, or with an error in words. Nothing it says makes a zero of what it did not say.
 */
import assert from 'node:assert/strict';
import { encodeFunctionData, parseAbi, stringToHex, type Address, type Hex } from 'viem';
import { observeAccounts } from '../../electron/chain/ethereum/observe.ts';
import { parseNetworkFile } from '../../electron/chain/networks.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { makeAccount } from '../../electron/testing/made-up.ts';
import { toEvmAddress } from '../../shared/domain/address.ts';
import { buildExposure } from '../../shared/domain/build-exposure.ts';
import { observationSchema, type Observation } from '../../shared/domain/observation.ts';
import { valuePositions } from '../../shared/domain/value-positions.ts';
import { createRandom } from '../bench/random.ts';
import { startAnvil } from '../nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../nodes/deployment.ts';
import {
  finalizeLido,
  requestFromEtherfi,
  requestFromKelp,
  requestFromLido,
  requestFromRenzo,
} from '../nodes/requests.ts';
import { leaveKarak, leaveSymbiotic, stakeWithKarak, stakeWithSymbiotic } from '../nodes/vaults.ts';
import { createLyingNode, type LyingNode } from './lying-node.ts';

const holder = toEvmAddress('0x00000000000000000000000000000000000a11ce');
const stakers = [1, 2, 3].map((n): Address => `0x${n.toString().padStart(40, '5')}`);
const sender: Address = '0x0000000000000000000000000000000000005e4d';
const erc20 = parseAbi(['function balanceOf(address account) view returns (uint256)']);

/** What refreshes may take beyond the first, which loads the code. */
const MOST_BYTES = 200 * 2 ** 20;

export interface Fuzzed {
  readonly refreshes: number;
  /** Spoiled answers to the contract that got the fewest, and to all. */
  readonly fewestLies: number;
  readonly lies: number;
  /** Refreshes that ended in an error. */
  readonly errors: number;
  readonly peakBytes: number;
}

/** Throws at the first thing that must not be. `rounds` refreshes, each on lies of its own. */
export async function fuzzReaders(rounds: number, firstSeed = 1): Promise<Fuzzed> {
  const anvil = await startAnvil();
  try {
    const chain = await deployEverything(anvil);
    await giveOneOfEverything(chain);
    const node = createLyingNode(anvil.url, chain.contracts.Multicall3.address);
    const honest = await refresh(chain, node);
    assert.deepEqual(
      honest.notices.filter(({ code }) => code !== 'not-readable'),
      [],
      'an honest node is read without a notice',
    );
    const asked = [...new Set(Array.from(node.answers.keys(), (call) => call.split(' ')[0] ?? ''))];
    const before = usedBytes();
    let peakBytes = 0;
    let errors = 0;
    for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
      // From a slip now and then to hardly a word of truth.
      node.setLies(createRandom(seed), [20, 6, 3, 2][seed % 4] ?? 2);
      try {
        checkObservation(await refresh(chain, node), chain, node);
      } catch (error) {
        if (!(error instanceof AppError)) throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
        assert.ok(error.message.length < 500, `seed ${seed}: an error of ${error.message.length} letters`);
        errors++;
      }
      peakBytes = Math.max(peakBytes, usedBytes() - before);
    }
    assert.ok(peakBytes < MOST_BYTES, `${Math.round(peakBytes / 2 ** 20)} MB more than before`);
    const counts = asked.map((address) => node.lies.get(address) ?? 0);
    return {
      refreshes: rounds,
      fewestLies: Math.min(...counts),
      lies: [...node.lies.values()].reduce((sum, count) => sum + count, 0),
      errors,
      peakBytes,
    };
  } finally {
    await anvil.stop();
  }
}

/** What is held, and what is thrown away but not yet collected. The process keeps more for itself, whatever it reads. */
function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function giveOneOfEverything(chain: Deployment): Promise<void> {
  const { strategies, operators, operatorSets } = chain;
  await chain.allocate(operators.first, operatorSets.first, strategies.stETH, wad / 2n);
  await chain.depositAndDelegate(holder, strategies.stETH, 10n * wad, operators.first);
  await chain.depositAndDelegate(holder, strategies.beaconChainETH, 10n * wad, operators.first);
  await chain.queueWithdrawal(holder, strategies.stETH, wad);
  const tokens = ['stETH', 'wstETH', 'rETH', 'cbETH', 'eETH', 'weETH', 'ezETH', 'pufETH', 'rsETH'] as const;
  await chain.fund(holder, { eth: wad, ...Object.fromEntries(tokens.map((token) => [token, 9n * wad])) });
  await requestFromLido(chain, holder, wad);
  await requestFromLido(chain, holder, wad);
  await finalizeLido(chain, 1n, wad);
  await requestFromRenzo(chain, holder, wad);
  await requestFromKelp(chain, holder, wad);
  await requestFromEtherfi(chain, holder, wad);
  await chain.send('EtherFiStakingManager', { from: sender, functionName: 'addStaker', args: [stakers[0]] });
  await stakeWithKarak(chain, holder, 2n * wad);
  await leaveKarak(chain, holder, wad);
  await stakeWithSymbiotic(chain, holder, 2n * wad);
  await stakeWithSymbiotic(chain, holder, wad, 'SymbioticVaultV2');
  await leaveSymbiotic(chain, holder, wad);
  const [kelp, renzo, puffer] = stakers as [Address, Address, Address];
  await chain.send('LRTDepositPool', { from: sender, functionName: 'addStaker', args: [kelp] });
  await chain.send('RestakeManager', { from: sender, functionName: 'addStaker', args: [renzo] });
  const args = [stringToHex('PUFFER_MODULE_0', { size: 32 }), puffer];
  await chain.send('PufferProtocol', { from: sender, functionName: 'addModule', args });
  for (const staker of [kelp, renzo, puffer]) {
    await chain.depositAndDelegate(staker, strategies.beaconChainETH, wad, operators.second);
  }
}

async function refresh(chain: Deployment, node: LyingNode): Promise<Observation> {
  const steps: string[] = [];
  const observation = await observeAccounts({
    network: parseNetworkFile(JSON.stringify(chain.networkFile)),
    rpcUrl: 'http://127.0.0.1:1/',
    addresses: [holder],
    signal: new AbortController().signal,
    onProgress: (_progress, step) => steps.push(step),
    now: () => 0,
    transportOptions: { fetchFn: node.fetchFn },
  });
  const rounds = steps.filter((step) => step === 'refresh.reading').length - 1;
  assert.ok(rounds <= 4, `${rounds} dependent rounds`);
  return observation;
}

function checkObservation(observation: Observation, chain: Deployment, node: LyingNode): void {
  assert.deepEqual(observationSchema.parse(observation), observation);
  const accounts = [{ ...makeAccount('portfolio', 1), address: holder }];
  const { positions } = valuePositions(observation, accounts, { manualEthUsd: null });
  buildExposure(observation, positions);
  for (const { restaked, unrestakedShare, hiddenShare } of observation.backings) {
    const shares = [...restaked.map(({ share }) => share), unrestakedShare, hiddenShare];
    assert.ok(shares.every((share) => share >= 0n));
    assert.equal(
      shares.reduce((sum, share) => sum + share, 0n),
      wad,
      'shares that add up to one',
    );
  }
  for (const { instrument, amount } of observation.accounts[0]?.balances ?? []) {
    if (!amount.ok || amount.value !== 0n || instrument === 'ETH') continue;
    const data = encodeFunctionData({ abi: erc20, functionName: 'balanceOf', args: [holder] });
    const said = node.answers.get(`${amount.address} ${data}`.toLowerCase());
    assert.ok(isZeroWord(said ?? null), `${instrument}: a zero that is not in ${String(said)}`);
  }
  const shown = JSON.stringify(observation, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  // What a terminal or a page would obey.
  assert.doesNotMatch(shown, /[\u202a-\u202e\u2066-\u2069\u0000-\u001f]/u);
}

function isZeroWord(data: Hex | null): boolean {
  return data !== null && data.length >= 66 && /^0x0{64}/u.test(data);
}
