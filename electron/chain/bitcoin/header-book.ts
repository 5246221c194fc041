/** The headers that proofs of transactions are checked against. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import type { HeaderPeriod, KeptTransaction } from '../../../shared/domain/bitcoin-wallet.ts';
import type { Block } from '../../../shared/domain/source.ts';
import { checkHeaderChain, HEADER_BYTES, readHeader, type BlockHeader } from './block-header.ts';
import { createHeaderChain } from './header-chain.ts';
import type { BitcoinServer } from './server.ts';

export interface HeaderBook {
  readonly tip: Block;
  readonly tipHeight: number;
  /** `chain`: up to the tip, with its work. `block`: each header for itself. */
  readonly proof: 'chain' | 'block';
  /** Makes the headers of their blocks ready. @throws AppError node-*, block-changed */
  cover(transactions: readonly KeptTransaction[]): Promise<void>;
  /** Whether it was proven against the block that stands there now. */
  isProven(transaction: KeptTransaction): boolean;
  /** Of a height that was covered. */
  headerAt(height: number): BlockHeader;
  /** Periods that are not kept yet as they are now. */
  listChanged(): readonly HeaderPeriod[];
}

interface OpenOptions {
  readonly server: BitcoinServer;
  readonly network: BitcoinNetwork;
  /** As listChanged gave them before. */
  readonly kept: readonly HeaderPeriod[];
  readonly onProgress: (done: number, total: number) => void;
}

/** Asks for the tip, and joins it to what is kept. @throws AppError node-*; node-behind where it is behind what was seen */
export async function openHeaderBook(options: OpenOptions): Promise<HeaderBook> {
  const { server, network } = options;
  const { height, header } = await server.getTip();
  if (header.length !== HEADER_BYTES) {
    throw new AppError('node-malformed', 'The server’s newest block header is not one.', {
      detail: `${header.length} bytes`,
    });
  }
  const { hash, time } = readHeader(header);
  const tip: Block = { number: BigInt(height), hash, time };
  if (!server.hasHeaderChain) {
    checkHeaderChain({ network, start: height, headers: header, anchor: null });
    return createLooseBook(server, network, tip);
  }
  const chain = await createHeaderChain({ ...options, tip: { height, header } });
  return {
    tip,
    tipHeight: height,
    proof: 'chain',
    cover: async (transactions) => {
      const heights = transactions.map((transaction) => transaction.height);
      // Mined while the scan went on: the next reading has its block.
      if (heights.some((one) => one > height)) throw blockChanged();
      if (heights.length > 0) await chain.reachDown(Math.min(...heights));
    },
    isProven: (transaction) => transaction.provenIn === readHeader(chain.bytesAt(transaction.height)).hash,
    headerAt: (at) => readHeader(chain.bytesAt(at)),
    listChanged: () => chain.listChanged(),
  };
}

/** Blocks this deep are not replaced: what was proven in one stays so without asking. */
export const SETTLED_BLOCKS = 100;

/** Esplora gives one header after the other, so only those that are needed are asked for. */
function createLooseBook(server: BitcoinServer, network: BitcoinNetwork, tip: Block): HeaderBook {
  const headers = new Map<number, BlockHeader>();
  const tipHeight = Number(tip.number);
  const isSettled = ({ height, provenIn }: KeptTransaction): boolean =>
    provenIn !== null && height <= tipHeight - SETTLED_BLOCKS;
  return {
    tip,
    tipHeight,
    proof: 'block',
    async cover(transactions) {
      if (transactions.some(({ height }) => height > tipHeight)) throw blockChanged();
      const open = transactions.filter((transaction) => !isSettled(transaction));
      const heights = [...new Set(open.map(({ height }) => height))].filter((height) => !headers.has(height));
      const found = await server.getHeadersAt(heights);
      heights.forEach((height, index) => {
        const bytes = found[index];
        if (bytes === undefined) throw new Error(`no header of block ${height}`);
        checkHeaderChain({ network, start: height, headers: bytes, anchor: null });
        headers.set(height, readHeader(bytes));
      });
    },
    isProven: (transaction) =>
      isSettled(transaction) || headers.get(transaction.height)?.hash === transaction.provenIn,
    headerAt(height) {
      const header = headers.get(height);
      if (header === undefined) throw new Error(`block ${height} was not asked for`);
      return header;
    },
    listChanged: () => [],
  };
}

export function blockChanged(): AppError {
  return new AppError('block-changed', 'A block came while the account was read.', {
    help: 'Refresh again.',
    retryable: true,
  });
}
