import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBcoinRegtest, type BcoinRegtest } from '../../e2e/nodes/bcoin.ts';
import { startElectrumServer, type ElectrumServer } from '../../e2e/nodes/electrum.ts';
import { startEsploraServer, type EsploraServer } from '../../e2e/nodes/esplora.ts';
import { makeStake } from '../chain/bitcoin/testing/make-stake.ts';
import { keyWitness, makeRaw, ownScript, ZPUB } from '../chain/bitcoin/testing/make-wallet.ts';
import { makeRegtestBabylon, writeRegtestBabylon } from '../chain/bitcoin/testing/regtest-babylon.ts';
import { checkBitcoinSource } from './bitcoin-source.ts';
import { EXIT } from './exit-codes.ts';
import { runBallast } from './testing/run-ballast.ts';

const BTC = 100_000_000n;
const ADDRESS = 'bcrt1qcr8te4kr609gcawutmrza0j4xv80jy8zeqchgx';

let folder: string;
let node: BcoinRegtest;
let electrum: ElectrumServer;
let esplora: EsploraServer;
let babylonFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ballast-bitcoin-'));
  babylonFile = join(folder, 'babylon.json');
  await writeFile(babylonFile, writeRegtestBabylon());
  node = await startBcoinRegtest();
  await node.mine(440);
  electrum = await startElectrumServer(node);
  esplora = await startEsploraServer(node);
  const { script, key } = ownScript(0);
  const txid = await node.pay([{ script: Buffer.from(script).toString('hex'), value: BTC }], {
    confirm: true,
  });
  const data = makeRegtestBabylon();
  const made = makeStake(data, data.parameters.versions[0]!, key, data.finalityProviders.keys[3]!.key);
  const raw = makeRaw(
    [{ txid, index: 0, witness: keyWitness(key) }],
    [
      { script: made.output, value: BTC / 4n },
      { script, value: BTC / 2n },
    ],
  );
  await node.mineWith([raw]);
});
afterAll(async () => {
  await electrum.stop();
  await esplora.stop();
  await node.stop();
  await rm(folder, { recursive: true });
});

interface Printed {
  readonly positions: readonly {
    readonly instrument: { readonly symbol: string };
    readonly amount: { readonly value: string };
    readonly bookUsd: { readonly value: string | null };
    readonly stake?: { readonly state: string; readonly versions: readonly number[] };
  }[];
}

async function positions(...args: string[]): Promise<Printed> {
  const { code, stdout, stderr } = await runBallast(['positions', '--bitcoin', 'regtest', ...args, '--json']);
  expect(stderr).not.toMatch(/error/iu);
  expect(code).toBe(EXIT.ok);
  return JSON.parse(stdout) as Printed;
}

const list = ({ positions: all }: Printed) =>
  all.map(({ instrument, amount }) => [instrument.symbol, amount.value]);

describe('positions of Bitcoin accounts', () => {
  it('are printed of an extended key, with its stake, from an Electrum server', async () => {
    const port = String(electrum.port);
    const printed = await positions(
      '--xpub',
      ZPUB,
      '--electrum',
      `127.0.0.1:${port}`,
      '--babylon',
      babylonFile,
      '--btc-usd',
      '60000',
    );
    expect(list(printed)).toEqual([
      ['BTC', (BTC / 2n).toString()],
      ['BTC in Babylon', (BTC / 4n).toString()],
    ]);
    expect(printed.positions[1]?.stake).toMatchObject({ state: 'active', versions: [0] });
    expect(printed.positions[0]?.bookUsd.value).toBe('3000000000000');
  });

  it('are the same of an address or a descriptor, from an Esplora server', async () => {
    const held = [['BTC', (BTC / 2n).toString()]];
    expect(list(await positions('--address', ADDRESS, '--esplora', esplora.url))).toEqual(held);
    expect(list(await positions('--descriptor', `addr(${ADDRESS})`, '--esplora', esplora.url))).toEqual(held);
  });

  it('are not printed where the chain is another one, or the key is private', async () => {
    const wrong = await runBallast(['positions', '--xpub', ZPUB, '--electrum', `127.0.0.1:${electrum.port}`]);
    expect(wrong.code).toBe(EXIT.node);
    expect(wrong.stderr).toContain('chain');
    const wif = 'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn';
    const secret = await runBallast([
      'positions',
      '--descriptor',
      `wpkh(${wif})`,
      '--electrum',
      '127.0.0.1:1',
    ]);
    expect(secret.code).toBe(EXIT.refused);
    expect(secret.stdout + secret.stderr).not.toContain(wif);
  });
});

describe('the options of Bitcoin accounts', () => {
  it.each([
    [{ xpub: [ZPUB] }, /--electrum host:port or --esplora URL/u],
    [{ electrum: ['127.0.0.1:1'] }, /--electrum goes with a Bitcoin account/u],
    [{ gapLimit: '5' }, /--gap-limit goes with a Bitcoin account/u],
    [{ xpub: [ZPUB], electrum: ['127.0.0.1:1'], gapLimit: '0' }, /--gap-limit takes a whole number/u],
    [{ xpub: [ZPUB], electrum: ['127.0.0.1:1'], bitcoin: 'main' }, /--bitcoin takes mainnet/u],
  ])('say what they need: %j', (options, message) => {
    expect(() => checkBitcoinSource(options)).toThrow(message);
  });
});
