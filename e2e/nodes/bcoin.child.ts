import { createRequire, registerHooks } from 'node:module';
import type { BcoinReply, BcoinRequest } from './bcoin.ts';

// The process behind startBcoinRegtest: a bcoin full node that obeys messages.

/** The part of bcoin used here; it ships no types. */
interface FullNode {
  chain: { height: number; add(block: unknown): Promise<unknown> };
  miner: { addresses: unknown[]; mineBlock(): Promise<unknown> };
  http: { open(): Promise<void> };
  open(): Promise<void>;
}
interface Bcoin {
  FullNode: new (options: Record<string, unknown>) => FullNode;
  Address: { fromWitnessPubkeyhash(hash: Buffer): unknown };
}

// leveldown is native and was not built; the chain is kept in memory, so it is never called.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'leveldown' ? { url: 'stub:leveldown', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === 'stub:leveldown'
      ? { format: 'commonjs', source: 'module.exports = class {};', shortCircuit: true }
      : next(url, context),
});

const { FullNode, Address } = createRequire(import.meta.url)('bcoin') as Bcoin;

const node = new FullNode({
  network: 'regtest',
  memory: true,
  workers: false,
  listen: false,
  noDns: true,
  env: false,
  argv: false,
  config: false,
});

function reply(message: BcoinReply): void {
  process.send?.(message);
}

async function obey({ id, mine }: BcoinRequest): Promise<void> {
  for (let mined = 0; mined < mine; mined++) {
    await node.chain.add(await node.miner.mineBlock());
  }
  reply({ id, height: node.chain.height });
}

// Its own RPC server has a fixed port, which two test runs would fight for.
node.http.open = () => Promise.resolve();
await node.open();
node.miner.addresses.push(Address.fromWitnessPubkeyhash(Buffer.alloc(20, 1)));
process.on('message', (request: BcoinRequest) => {
  obey(request).catch((error: unknown) => reply({ id: request.id, error: String(error) }));
});
process.on('disconnect', () => process.exit(0));
reply({ id: 0, height: node.chain.height });
