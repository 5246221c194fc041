import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { BcoinCommands, BcoinMessage, BcoinRequest } from './bcoin.commands.ts';

export interface BcoinRegtest extends BcoinCommands {
  pid: number;
  /** Calls the listener when the chain or the mempool has changed, until what is returned is called. */
  onChange(listener: () => void): () => void;
  stop(): Promise<void>;
}

/**
 * A Bitcoin full node on regtest with its chain in memory and without peers, in a process of its
 * own. Mine at least 432 blocks before using segwit. It does not check taproot signatures.
 */
export async function startBcoinRegtest(): Promise<BcoinRegtest> {
  const child = fork(join(import.meta.dirname, 'bcoin.child.ts'), {
    execArgv: [],
    // Its native parts are not built (--ignore-scripts).
    env: { ...process.env, NODE_BACKEND: 'js' },
    // Amounts are bigints.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));

  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Set<() => void>();
  let lastId = 0;
  let errorText = '';
  let hasEnded = false;
  const endedError = (): Error => new Error(`bcoin ended.\n${errorText}`);
  const settle = (id: number): ReturnType<typeof waiting.get> => {
    const asked = waiting.get(id);
    waiting.delete(id);
    return asked;
  };
  child.stderr?.on('data', (chunk: Buffer) => (errorText += chunk.toString()));
  child.on('message', (message: BcoinMessage) => {
    if (message.kind === 'ready') settle(0)?.resolve(undefined);
    else if (message.kind === 'done') settle(message.id)?.resolve(message.result);
    else if (message.kind === 'failed') settle(message.id)?.reject(new Error(`bcoin: ${message.message}`));
    else for (const listener of listeners) listener();
  });
  child.once('close', () => {
    hasEnded = true;
    for (const { reject } of waiting.values()) reject(endedError());
    waiting.clear();
  });

  const ask = <Name extends keyof BcoinCommands>(
    name: Name,
    ...args: Parameters<BcoinCommands[Name]>
  ): ReturnType<BcoinCommands[Name]> => {
    const id = ++lastId;
    const reply = new Promise((resolve, reject) => {
      if (hasEnded) {
        reject(endedError());
        return;
      }
      waiting.set(id, { resolve, reject });
      child.send({ id, name, args } satisfies BcoinRequest);
    });
    // as: the child answers by the same interface.
    return reply as ReturnType<BcoinCommands[Name]>;
  };

  await new Promise((resolve, reject) => waiting.set(0, { resolve, reject }));
  return {
    // A child that has announced itself has a pid.
    pid: child.pid as number,
    mine: (...args) => ask('mine', ...args),
    height: () => ask('height'),
    pay: (...args) => ask('pay', ...args),
    submit: (...args) => ask('submit', ...args),
    mineWith: (...args) => ask('mineWith', ...args),
    reorganise: (...args) => ask('reorganise', ...args),
    dropFromMempool: (...args) => ask('dropFromMempool', ...args),
    askElectrum: (...args) => ask('askElectrum', ...args),
    askEsplora: (...args) => ask('askEsplora', ...args),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: async () => {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}
