import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Chain, HttpTransport, PublicActions, TestClient, WalletActions } from 'viem';
import { createTestClient, defineChain, http, publicActions, walletActions } from 'viem';

/** viem client that can read, send (every account is unlocked) and drive the node. */
export type AnvilClient = TestClient<'anvil', HttpTransport, Chain> &
  PublicActions<HttpTransport, Chain> &
  WalletActions<Chain>;

export interface AnvilOptions {
  /** Default 1: the program under test believes it is on mainnet. */
  chainId?: number;
  /** Unix seconds of the first block. Default: now. */
  timestamp?: number;
  /** Number of the first block. Default 0. */
  blockNumber?: number;
  /** How many funded development accounts. Default 10. */
  accounts?: number;
  /** Default: any free port. */
  port?: number;
}

export interface Anvil {
  url: string;
  chainId: number;
  client: AnvilClient;
  pid: number;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

const platformPackages = [
  'anvil-linux-amd64',
  'anvil-linux-arm64',
  'anvil-darwin-arm64',
  'anvil-darwin-amd64',
];

/** Where anvil is: ANVIL_BIN, the package installed for this platform, or the PATH. */
export function findAnvilBinary(
  env: NodeJS.ProcessEnv = process.env,
  folder: string = import.meta.dirname,
): string {
  const packaged = platformPackages.map((name) =>
    join(folder, 'node_modules', '@foundry-rs', name, 'bin', 'anvil'),
  );
  const onPath = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = env['ANVIL_BIN']
    ? [env['ANVIL_BIN']]
    : [
        ...packaged,
        ...onPath.map((directory) => join(directory, process.platform === 'win32' ? 'anvil.exe' : 'anvil')),
      ];
  const found = candidates.find(isExecutable);
  if (found === undefined) {
    const where = env['ANVIL_BIN']
      ? `ANVIL_BIN is ${env['ANVIL_BIN']}, which cannot be run`
      : 'No anvil was found';
    throw new Error(`${where}: install Foundry's anvil or set ANVIL_BIN.`);
  }
  return found;
}

/**
 * Starts a fresh chain on 127.0.0.1 and resolves when it answers (well under a second).
 * Gas costs nothing, so balances change by what a test does and by nothing else. Any address may
 * send (`--auto-impersonate`). The process dies with this one, at the latest.
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const chainId = options.chainId ?? 1;
  const args = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--chain-id', String(chainId)];
  args.push(
    '--accounts',
    String(options.accounts ?? 10),
    '--block-base-fee-per-gas',
    '0',
    '--auto-impersonate',
  );
  // Room for all the deployments of deployment.ts in one block.
  args.push('--gas-limit', '300000000', '--color', 'never');
  if (options.timestamp !== undefined) args.push('--timestamp', String(options.timestamp));
  if (options.blockNumber !== undefined) args.push('--number', String(options.blockNumber));

  const child = spawn(findAnvilBinary(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    kill();
    await ended;
  };

  try {
    const url = await readListeningUrl(child);
    const client = connect(url, chainId);
    await client.getBlockNumber();
    // A child that has printed its address has a pid.
    return { url, chainId, client, pid: child.pid as number, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function connect(url: string, chainId: number): AnvilClient {
  const chain = defineChain({
    id: chainId,
    name: 'anvil test network',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  return createTestClient({
    mode: 'anvil',
    chain,
    transport: http(url, { retryCount: 0 }),
    pollingInterval: 20,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);
}

/** The port is chosen by the node itself and read from its first lines: no race for a free one. */
function readListeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why: string): void => reject(new Error(`anvil did not start: ${why}\n${text}`));
    const timer = setTimeout(() => fail('no answer within 20 seconds'), 20_000);
    const read = (chunk: Buffer): void => {
      // Later output (one line per request) is drained, not kept.
      if (text.length < 20_000) text += chunk.toString();
      const address = /Listening on (\S+:\d+)/.exec(text)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(`http://${address}`);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(error.message);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`it ended with code ${code ?? 'none'}`);
    });
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
