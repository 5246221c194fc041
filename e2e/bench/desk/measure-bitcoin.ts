/** What watching Bitcoin costs: addresses of a key, outputs of its stakes, headers, and a wallet read from a server. */
import { Output, networks } from '@bitcoinerlab/descriptors';
import { payments } from 'bitcoinjs-lib';
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import {
  buildSlashingScript,
  buildTimelockScript,
  buildUnbondingScript,
} from '../../../electron/chain/bitcoin/babylon-scripts.ts';
import { covenantOf } from '../../../electron/chain/bitcoin/babylon-versions.ts';
import { checkHeaderChain } from '../../../electron/chain/bitcoin/block-header.ts';
import { deriveBranch, splitBranches } from '../../../electron/chain/bitcoin/derive.ts';
import { readBitcoin, type BitcoinAnswer } from '../../../electron/chain/bitcoin/read-bitcoin.ts';
import { createStakeIndex } from '../../../electron/chain/bitcoin/stake-index.ts';
import { ownScript, ZPUB_DESCRIPTORS } from '../../../electron/chain/bitcoin/testing/make-wallet.ts';
import { makeRegtestBabylon } from '../../../electron/chain/bitcoin/testing/regtest-babylon.ts';
import { startBcoinRegtest } from '../../nodes/bcoin.ts';
import { startElectrumServer } from '../../nodes/electrum.ts';
import { measurePair, type Pair } from './measure-pairs.ts';

const ADDRESSES = 1000;
const TRANSACTIONS = 10_000;
const HEADERS = 440;
const NUMS = Buffer.from('50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0', 'hex');

export function measureDerivation(repetitions: number): Pair {
  const [branch = ''] = ZPUB_DESCRIPTORS.flatMap(splitBranches);
  return measurePair(
    { name: `${ADDRESSES} addresses of a zpub`, baseline: 'a library’s descriptor for each', wanted: null },
    () => deriveBranch(branch, 'regtest', { from: 0, count: ADDRESSES }),
    () => {
      for (let index = 0; index < ADDRESSES; index++) {
        new Output({ descriptor: branch, index, network: networks.bitcoin }).getScriptPubKey();
      }
    },
    repetitions,
  );
}

/** One staker key against every finality provider and version of the parameters. */
export function measureStakeIndex(repetitions: number): Pair {
  const data = makeRegtestBabylon();
  const { key } = ownScript(0);
  const nothing = '51'.repeat(34);
  return measurePair(
    {
      name: 'outputs of one key’s stakes',
      baseline: 'a payment of bitcoinjs-lib for each',
      wanted: 1000,
    },
    () => createStakeIndex(data).find(key, nothing),
    () => {
      const [version] = data.parameters.versions;
      if (version === undefined) return;
      const covenant = covenantOf(data, version);
      const stakingBlocks = version.minStakingBlocks;
      for (const { key: provider } of data.finalityProviders.keys) {
        const terms = { staker: key, finalityProviders: [provider], covenant, stakingBlocks };
        payments.p2tr({
          internalPubkey: NUMS,
          scriptTree: [
            [
              { output: buildTimelockScript(key, stakingBlocks) },
              { output: buildUnbondingScript(key, covenant) },
            ],
            { output: buildSlashingScript(terms) },
          ],
        });
      }
    },
    repetitions,
  );
}

/**
 * A wallet of {@link ADDRESSES} used addresses and {@link TRANSACTIONS} transactions on a real node: the first reading, and
 * the second from what the first one kept. What each asked is said beside them.
 */
export async function measureWallet(
  repetitions: number,
): Promise<{ readonly pair: Pair; readonly notes: string[] }> {
  const node = await startBcoinRegtest();
  await node.mine(HEADERS);
  for (let paid = 0; paid < TRANSACTIONS; paid++) {
    const script = Buffer.from(
      ownScript(paid % (ADDRESSES / 2), paid % ADDRESSES < ADDRESSES / 2 ? 0 : 1).script,
    );
    await node.pay([{ script: script.toString('hex'), value: 10_000n }]);
    if (paid % 20 === 19) await node.mine(1);
  }
  const server = await startElectrumServer(node);
  const read = (before: BitcoinAnswer | null): Promise<BitcoinAnswer> =>
    readBitcoin(
      {
        network: 'regtest',
        url: server.url,
        proxy: null,
        pinned: null,
        babylon: makeRegtestBabylon(),
        headers: before?.headers ?? [],
        accounts: [
          { id: 'a', descriptors: ZPUB_DESCRIPTORS, gapLimit: 20, kept: before?.wallets[0]?.wallet ?? null },
        ],
      },
      { signal: new AbortController().signal, onCertificate: () => undefined, onProgress: () => undefined },
    );
  const times: number[] = [];
  const baselineTimes: number[] = [];
  const notes: string[] = [];
  for (let round = 0; round < repetitions; round++) {
    const traffic = (): [number, number, number] => [server.log.length, server.bytes.in, server.bytes.out];
    const [calls, received, sent] = traffic();
    const begun = performance.now();
    const first = await read(null);
    const middle = performance.now();
    const [calls2, received2, sent2] = traffic();
    await read(first);
    const ended = performance.now();
    const [calls3, received3, sent3] = traffic();
    times.push(ended - middle);
    baselineTimes.push(middle - begun);
    if (round > 0) continue;
    const { usedScripts, transactionCount } = first.observation.accounts[0]!;
    notes.push(
      `Wallet: ${usedScripts} used addresses, ${transactionCount} transactions. First reading: ${calls2 - calls} calls, ${received2 - received} bytes sent, ${sent2 - sent} bytes received. Second: ${calls3 - calls2} calls, ${received3 - received2} and ${sent3 - sent2} bytes. Memory of the process afterwards: ${Math.round(process.memoryUsage().rss / 1e6)} MB.`,
    );
  }
  await server.stop();
  await node.stop();
  const name = 'a wallet of 10,000 transactions, read again';
  return { pair: { name, baseline: 'read for the first time', wanted: null, times, baselineTimes }, notes };
}

/** A chain of headers against hashing the same bytes. */
export async function measureHeaders(repetitions: number): Promise<Pair> {
  const node = await startBcoinRegtest();
  await node.mine(2015);
  const [answer] = await node.askElectrum([{ method: 'blockchain.block.headers', params: [0, 2016] }]);
  await node.stop();
  // as: the test's own server answers so.
  const { hex } = (answer as { result: { hex: string } }).result;
  const headers = Buffer.from(hex, 'hex');
  return measurePair(
    { name: '2,016 headers checked', baseline: 'their hashes alone', wanted: null },
    () => checkHeaderChain({ network: 'regtest', start: 0, headers, anchor: null }),
    () => {
      for (let at = 0; at < headers.length; at += 80) {
        const once = createHash('sha256')
          .update(headers.subarray(at, at + 80))
          .digest();
        createHash('sha256').update(once).digest();
      }
    },
    repetitions,
  );
}
