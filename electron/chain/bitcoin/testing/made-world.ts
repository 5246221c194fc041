/** A short made-up chain on regtest with one real transaction in it, and how an honest Electrum server tells of it. */
import mainnet from '../babylon-mainnet.vectors.json' with { type: 'json' };
import { hashTwice, writeHash } from '../block-header.ts';
import { makeChain } from './make-headers.ts';
import { realHeader } from './real-headers.ts';
import { ScriptedFault, type Answers } from './scripted-server.ts';

const REGTEST_GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206';
export const SCRIPT_HASH = '0123456789abcdef'.repeat(4);
export const EMPTY_SCRIPT_HASH = 'fedcba9876543210'.repeat(4);
export const STATUS = '5a'.repeat(32);
/** Height of the block that holds the transaction. */
export const PLACE = 7;
export const TIP = 5000;

interface RealTransaction {
  readonly txid: string;
  readonly raw: string;
}

const NONE: RealTransaction = { txid: '', raw: '' };
const [first = NONE, second = NONE]: readonly RealTransaction[] = mainnet.transactions;
export const TRANSACTION = first;
/** Another one, which no block holds. */
export const WAITING = second;

/** The block holds the transaction in its second place, beside this one. */
export const SIBLING = '77'.repeat(32);
const pair = [SIBLING, TRANSACTION.txid].map((hash) => Buffer.from(hash, 'hex').reverse());
const root = writeHash(hashTwice(Buffer.concat(pair)));

export const HEADERS: readonly Buffer[] = [
  realHeader('regtest 0'),
  ...makeChain(1, TIP, REGTEST_GENESIS, (height) => ({
    time: 1_700_000_000 + height * 600,
    bits: 0x207fffff,
    ...(height === PLACE ? { merkleRoot: root } : {}),
  })),
];

export function headerHexAt(height: number): string {
  const header = HEADERS[height];
  if (!header) throw new ScriptedFault(1, `height ${height} out of range`);
  return header.toString('hex');
}

export const RAWS: ReadonlyMap<string, string> = new Map([
  [TRANSACTION.txid, TRANSACTION.raw],
  [WAITING.txid, WAITING.raw],
]);

/** By method, as electrumx.readthedocs.io describes them. */
export const HONEST = {
  'server.version': () => ['Made-up 1.0', '1.4'],
  'server.ping': () => null,
  'server.features': () => ({ genesis_hash: REGTEST_GENESIS, protocol_max: '1.4', hosts: {} }),
  'blockchain.headers.subscribe': () => ({ height: TIP, hex: headerHexAt(TIP) }),
  'blockchain.scripthash.subscribe': (hash: string) => (hash === SCRIPT_HASH ? STATUS : null),
  'blockchain.scripthash.get_history': (hash: string) =>
    hash === SCRIPT_HASH
      ? [
          { tx_hash: TRANSACTION.txid, height: PLACE },
          { tx_hash: WAITING.txid, height: 0, fee: 200 },
        ]
      : [],
  'blockchain.transaction.get': (txid: string) => {
    const raw = RAWS.get(txid);
    if (raw === undefined) throw new ScriptedFault(2, 'No such mempool or blockchain transaction');
    return raw;
  },
  'blockchain.transaction.get_merkle': (_txid: string, height: number) => ({
    block_height: height,
    merkle: [SIBLING],
    pos: 1,
  }),
  'blockchain.block.header': headerHexAt,
  'blockchain.block.headers': (start: number, count: number) => {
    const given = HEADERS.slice(start, start + Math.min(count, 2016));
    return { count: given.length, hex: Buffer.concat(given).toString('hex'), max: 2016 };
  },
} satisfies Answers;
