import { driveChain, openNode } from './bcoin.chain.ts';
import { createPayer, ownAddress } from './bcoin.coins.ts';
import type { BcoinCommands, BcoinMessage, BcoinRequest } from './bcoin.commands.ts';
import { ChainIndex } from './bcoin.index.ts';
import { answerElectrum } from './electrum.answers.ts';
import { answerEsplora } from './esplora.answers.ts';

// The process behind startBcoinRegtest: a bcoin full node that obeys messages.

const index = new ChainIndex();
const node = await openNode(index);
node.miner.addresses.push(ownAddress);
const { add, ...chain } = driveChain(node, index);
const makePayment = createPayer(index);

const commands: BcoinCommands = {
  ...chain,
  async pay(outputs, { confirm = false } = {}) {
    const txid = await add(makePayment(outputs));
    if (confirm) await chain.mine(1);
    return txid;
  },
  askElectrum: async (calls) => calls.map((call) => answerElectrum(index, call)),
  askEsplora: async (path) => answerEsplora(index, path),
};

let told = index.version;

async function obey({ id, name, args }: BcoinRequest): Promise<void> {
  // as: the parent calls by the same interface.
  const command = commands[name] as (...args: readonly unknown[]) => Promise<unknown>;
  try {
    const result = await command(...args);
    tellChange();
    tell({ kind: 'done', id, result });
  } catch (error) {
    tellChange();
    tell({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}

/** Once for each command: nobody sees a chain in the middle of being reorganised. */
function tellChange(): void {
  if (told === index.version) return;
  told = index.version;
  tell({ kind: 'changed' });
}

function tell(message: BcoinMessage): void {
  process.send?.(message);
}

let last = Promise.resolve();
process.on('message', (request: BcoinRequest) => {
  last = last.then(() => obey(request));
});
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready' });
