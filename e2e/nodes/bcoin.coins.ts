/** Payments from the node's own coins. In the node's own process. */
import { createHash } from 'node:crypto';
import type { PaidOutput } from './bcoin.commands.ts';
import { hashScript, type ChainIndex, type IndexedCoin } from './bcoin.index.ts';
import { Address, MTX, Script, type BcoinTransaction } from './bcoin.library.ts';

/** OP_TRUE behind a P2WSH output: whoever knows that may spend it, so that thousands of payments need no signature. */
const WITNESS_SCRIPT = Buffer.from('51', 'hex');
const PROGRAM = createHash('sha256').update(WITNESS_SCRIPT).digest();
const OWN_SCRIPT = Buffer.concat([Buffer.from('0020', 'hex'), PROGRAM]);
const OWN_SCRIPTHASH = hashScript(OWN_SCRIPT);

export const ownAddress = Address.fromWitnessScripthash(PROGRAM);

const COINBASE_MATURITY = 100;
/** Satoshi for any payment. Change that is less is left to the fee as well. */
const FEE = 10_000;

/** Makes payments, each from coins that nothing spends. */
export function createPayer(index: ChainIndex): (outputs: readonly PaidOutput[]) => BcoinTransaction {
  /** Read anew when they run out, because the whole list is long. */
  let coins: IndexedCoin[] = [];

  function isMature({ made }: IndexedCoin): boolean {
    return !made.isCoinbase || index.tipHeight + 1 - (made.height ?? Infinity) >= COINBASE_MATURITY;
  }

  /** Blocks and mempool may have changed since the list was read. */
  function isThere({ made, vout }: IndexedCoin): boolean {
    return index.get(made.txid) === made && index.spenderOf(made.txid, vout) === undefined;
  }

  function takeCoins(need: number): IndexedCoin[] {
    const taken: IndexedCoin[] = [];
    let total = 0;
    let isFresh = false;
    while (total < need) {
      const coin = coins.shift();
      if (coin === undefined) {
        if (isFresh) throw new Error(`there are no ${need} satoshi to spend: mine more blocks`);
        isFresh = true;
        coins = listCoins().filter((listed) => !taken.some(isSameCoin(listed)));
      } else if (isThere(coin) && isMature(coin)) {
        taken.push(coin);
        total += coin.value;
      }
    }
    return taken;
  }

  /** Those that no block holds only if there are no others: their spenders count as resting on unconfirmed parents. */
  function listCoins(): IndexedCoin[] {
    const free = index
      .coinsOf(OWN_SCRIPTHASH)
      .filter((coin) => coin.spentBy === undefined && coin.value > FEE && isMature(coin));
    const confirmed = free.filter(({ made }) => made.height !== null);
    return confirmed.length > 0 ? confirmed : free;
  }

  return (outputs) => {
    const paid = outputs.reduce((total, { value }) => total + Number(value), 0);
    const taken = takeCoins(paid + FEE);
    const draft = new MTX();
    for (const { made, vout } of taken) {
      // bcoin keeps hashes as they lie in blocks.
      const hash = Buffer.from(made.txid, 'hex').reverse().toString('hex');
      draft.addOutpoint({ hash, index: vout }).witness.items = [WITNESS_SCRIPT];
    }
    for (const { script, value } of outputs) draft.addOutput(Script.fromRaw(script, 'hex'), Number(value));
    const change = taken.reduce((total, { value }) => total + value, 0) - paid - FEE;
    if (change > FEE) draft.addOutput(Script.fromRaw(OWN_SCRIPT.toString('hex'), 'hex'), change);
    return draft.toTX();
  };
}

function isSameCoin(coin: IndexedCoin): (other: IndexedCoin) => boolean {
  return ({ made, vout }) => made === coin.made && vout === coin.vout;
}
