import { fork } from 'node:child_process';
import { join } from 'node:path';

/** What the child answers; see bcoin.child.ts. */
export interface BcoinReply {
  /** 0 is the announcement that the node is ready. */
  id: number;
  height?: number;
  error?: string;
}

export interface BcoinRequest {
  id: number;
  /** Blocks to mine; 0 only asks for the height. */
  mine: number;
}

export interface BcoinRegtest {
  pid: number;
  /** Mines blocks to the node's own address and resolves with the new height. */
  mine(blocks: number): Promise<number>;
  height(): Promise<number>;
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
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));

  const waiting = new Map<number, { resolve: (height: number) => void; reject: (error: Error) => void }>();
  let nextId = 0;
  let errorText = '';
  child.stderr?.on('data', (chunk: Buffer) => (errorText += chunk.toString()));
  child.on('message', ({ id, height, error }: BcoinReply) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (height !== undefined) asked?.resolve(height);
    else asked?.reject(new Error(`bcoin: ${error ?? 'no answer'}`));
  });
  child.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error(`bcoin ended.\n${errorText}`));
  });

  const awaitReply = (id: number): Promise<number> =>
    new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ask = (mine: number): Promise<number> => {
    nextId += 1;
    const reply = awaitReply(nextId);
    child.send({ id: nextId, mine } satisfies BcoinRequest);
    return reply;
  };

  await awaitReply(0);
  return {
    // A child that has announced itself has a pid.
    pid: child.pid as number,
    mine: (blocks) => ask(blocks),
    height: () => ask(0),
    stop: async () => {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}
