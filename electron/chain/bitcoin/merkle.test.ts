import { Transaction } from 'bitcoinjs-lib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import mainnet from './babylon-mainnet.vectors.json' with { type: 'json' };
import { hashTwice, readHeader, writeHash } from './block-header.ts';
import { checkProof, rootOf } from './merkle.ts';
import type { MerkleProof } from './server.ts';
import { makeHeader } from './testing/make-headers.ts';
import { realHeader } from './testing/real-headers.ts';

/** Block 100000 of mainnet: four transactions. */
const BLOCK_100000 = {
  root: 'f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766',
  txids: [
    '8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87',
    'fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4',
    '6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4',
    'e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d',
  ],
};

function refusalOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

function hashPair(left: string, right: string): string {
  const bytes = [left, right].map((hash) => Buffer.from(hash, 'hex').reverse());
  return writeHash(hashTwice(Buffer.concat(bytes)));
}

/** By the book: whole levels, the last hash doubled where their number is odd. */
function buildTree(leaves: readonly string[]): string[][] {
  const levels = [[...leaves]];
  for (let level = levels[0]!; level.length > 1; level = levels.at(-1)!) {
    const even = level.length % 2 === 0 ? level : [...level, level.at(-1)!];
    levels.push(
      Array.from({ length: even.length / 2 }, (_, pair) => hashPair(even[2 * pair]!, even[2 * pair + 1]!)),
    );
  }
  return levels;
}

function proveIn(levels: readonly string[][], position: number): MerkleProof {
  const siblings = levels.slice(0, -1).map((level, depth) => {
    const at = position >> depth;
    return level[at ^ 1] ?? level[at]!;
  });
  return { position, siblings };
}

function withRoot(merkleRoot: string) {
  return readHeader(
    makeHeader({ previous: '00'.repeat(32), merkleRoot, time: 1_700_000_000, bits: 0x207fffff }),
  );
}

const { raw, txid } = mainnet.transactions[0]!;
const others = [1, 2, 3, 4, 5, 6].map((index) => writeHash(hashTwice(Buffer.of(index))));
const levels = buildTree([...others.slice(0, 3), txid, ...others.slice(3)]);
const header = withRoot(levels.at(-1)![0]!);
const proof = proveIn(levels, 3);
const proven = { txid, raw: Buffer.from(raw, 'hex'), proof, header };

describe('a merkle proof', () => {
  it.each([0, 1, 2, 3])('leads from transaction %i of block 100000 to its root', (position) => {
    const tree = buildTree(BLOCK_100000.txids);
    expect(rootOf(BLOCK_100000.txids[position]!, proveIn(tree, position))).toBe(BLOCK_100000.root);
  });

  it('of the only transaction of a block is nothing', () => {
    const { merkleRoot } = readHeader(realHeader('mainnet 1'));
    expect(rootOf(merkleRoot, { position: 0, siblings: [] })).toBe(merkleRoot);
  });

  it('leads to the root from every place of every block', () => {
    const leaves = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }).map(writeHash), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(leaves, fc.nat(), (hashes, any) => {
        const tree = buildTree(hashes);
        const position = any % hashes.length;
        expect(rootOf(hashes[position]!, proveIn(tree, position))).toBe(tree.at(-1)![0]);
      }),
    );
  });

  it.each([
    ['a place outside of the block', { position: 8, siblings: others.slice(0, 3) }],
    ['a place before the block', { position: -1, siblings: others }],
    ['a place that is no whole number', { position: 0.5, siblings: others }],
    ['too many steps', { position: 0, siblings: Array.from({ length: 25 }, () => others[0]!) }],
    ['something that is no hash', { position: 0, siblings: ['xyz'] }],
  ])('is refused with %s', (_, wrong) => {
    expect(refusalOf(() => rootOf(txid, wrong))).toMatchObject({ code: 'node-malformed' });
  });
});

describe('a transaction in a block', () => {
  it('is proven by its proof', () => {
    expect(() => checkProof(proven)).not.toThrow();
  });

  it.each([
    ['another place', { proof: { ...proof, position: 2 } }],
    ['a sibling less', { proof: { ...proof, siblings: proof.siblings.slice(1) } }],
    ['another sibling', { proof: { ...proof, siblings: [...proof.siblings.slice(1), others[0]!] } }],
    ['another block', { header: withRoot(BLOCK_100000.root) }],
    ['another transaction', { txid: others[0]! }],
    ['the bytes of another', { raw: Buffer.from(mainnet.transactions[1]!.raw, 'hex') }],
    ['bytes that are no transaction', { raw: Buffer.from(raw, 'hex').subarray(1) }],
  ])('is not proven with %s', (_, change) => {
    const error = refusalOf(() => checkProof({ ...proven, ...change }));
    expect(error).toMatchObject({ code: 'node-malformed', retryable: true });
    expect(error.message).toMatch(/proof that a block holds transaction [\da-f]{64} does not hold/u);
  });
});

describe('a transaction of 64 bytes', () => {
  /** One input and one output with four bytes of script, some of which are free for an attacker to choose. */
  function makeSmall(outpoint: Uint8Array): Buffer {
    const transaction = new Transaction();
    transaction.addInput(outpoint, 0);
    transaction.addOutput(Buffer.from('51515151', 'hex'), 1000n);
    return Buffer.from(transaction.toBuffer());
  }

  it('is not taken for one: it may be two hashes side by side', () => {
    const small = makeSmall(Buffer.alloc(32, 7));
    expect(small).toHaveLength(64);
    const id = Transaction.fromBuffer(small).getId();
    const only = { txid: id, raw: small, proof: { position: 0, siblings: [] }, header: withRoot(id) };
    expect(refusalOf(() => checkProof(only)).detail).toMatch(/64 bytes/u);
  });

  it('is not taken for two hashes side by side either', () => {
    // The attacker has it mined, and passes its second half off as the id of a transaction that never was.
    const small = makeSmall(Buffer.alloc(32, 7));
    const [left, fake] = [small.subarray(0, 32), small.subarray(32)].map(writeHash) as [string, string];
    const root = writeHash(hashTwice(small));
    expect(hashPair(left, fake)).toBe(root);
    expect(refusalOf(() => rootOf(fake, { position: 1, siblings: [left] })).detail).toMatch(
      /is a transaction/u,
    );
  });
});
