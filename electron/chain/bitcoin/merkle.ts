/** Proofs that a transaction is in a block: the way from its id up to the root in the block's header. */
import { Transaction } from 'bitcoinjs-lib';
import { hashTwice, writeHash, type BlockHeader } from './block-header.ts';
import type { MerkleProof } from './server.ts';
import { untrueError } from './server-errors.ts';

/** A block cannot hold 2^24 transactions. */
export const MOST_SIBLINGS = 24;
const HASH = /^[\da-f]{64}$/iu;

export interface ProvenTransaction {
  readonly txid: string;
  /** Raw, with its witness if it has one. */
  readonly raw: Uint8Array;
  readonly proof: MerkleProof;
  readonly header: BlockHeader;
}

/**
 * Whether the transaction is in the block of that header. Whether that block is in the chain is another question.
 *
 * A tree of hashes cannot tell a transaction of 64 bytes from two hashes side by side (CVE-2017-12842), so that either
 * could be passed off as the other: neither is taken.
 * @throws AppError node-malformed
 */
export function checkProof({ txid, raw, proof, header }: ProvenTransaction): void {
  const parsed = parseRaw(raw);
  if (parsed?.getId() !== txid) throw unproven(txid, 'the transaction has another id');
  if (parsed.byteLength(false) === 64) throw unproven(txid, 'a transaction of 64 bytes proves nothing');
  if (rootOf(txid, proof) !== header.merkleRoot) {
    throw unproven(txid, 'the proof leads to another root than the block has');
  }
}

/**
 * The root that a proof leads to, as hashes are written.
 * @throws AppError node-malformed where the proof has no form that any block's could have
 */
export function rootOf(txid: string, { position, siblings }: MerkleProof): string {
  if (siblings.length > MOST_SIBLINGS) throw unproven(txid, `${siblings.length} steps up to the root`);
  if (!Number.isInteger(position) || position < 0 || position >= 2 ** siblings.length) {
    throw unproven(txid, 'its place is outside of the block');
  }
  if (!HASH.test(txid) || !siblings.every((sibling) => HASH.test(sibling))) {
    throw unproven(txid, 'something in the proof is no hash');
  }
  let node = readHash(txid);
  siblings.forEach((sibling, depth) => {
    const isRight = ((position >>> depth) & 1) === 1;
    const pair = Buffer.concat(isRight ? [readHash(sibling), node] : [node, readHash(sibling)]);
    if (isTransactionOf64Bytes(pair)) throw unproven(txid, 'a step of the proof is a transaction');
    node = hashTwice(pair);
  });
  return writeHash(node);
}

/**
 * Whether 64 bytes can be read as a transaction: there is room for one input and one output, and for four bytes between
 * both scripts. About one in 900 million pairs of hashes looks so by chance.
 */
function isTransactionOf64Bytes(bytes: Buffer): boolean {
  const inputScript = bytes[41] ?? 0;
  return (
    bytes[4] === 1 &&
    inputScript <= 4 &&
    bytes[46 + inputScript] === 1 &&
    bytes[55 + inputScript] === 4 - inputScript
  );
}

function parseRaw(raw: Uint8Array): Transaction | null {
  try {
    return Transaction.fromBuffer(raw);
  } catch {
    return null;
  }
}

function readHash(text: string): Buffer {
  return Buffer.from(text, 'hex').reverse();
}

function unproven(txid: string, detail: string): Error {
  const name = HASH.test(txid) ? ` ${txid}` : '';
  return untrueError(`The server’s proof that a block holds transaction${name} does not hold.`, detail);
}
