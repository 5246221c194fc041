/** What tests of the Electrum client share: a scripted server, a connection to it, and an end of both. */
import { afterEach, expect } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { connectElectrum, type ElectrumOptions } from '../electrum.ts';
import type { BitcoinServer } from '../server.ts';
import { HONEST } from './made-world.ts';
import { startScriptedServer, type Answers, type ScriptedServer } from './scripted-server.ts';

const stops: (() => Promise<void> | void)[] = [];

/** After the test. */
export function stopLater(stop: () => Promise<void> | void): void {
  stops.push(stop);
}

/** To be called by each file of tests. */
export function stopAfterEach(): void {
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
}

export type Script = Partial<Parameters<typeof startScriptedServer>[0]>;

/** Honest where the script does not say otherwise. */
export async function start({ answers = {}, ...rest }: Script = {}): Promise<ScriptedServer> {
  const server = await startScriptedServer({ answers: { ...HONEST, ...answers }, ...rest });
  stops.push(() => server.stop());
  return server;
}

export async function connect(
  { port }: Pick<ScriptedServer, 'port'>,
  options: Partial<ElectrumOptions> = {},
): Promise<BitcoinServer> {
  const server = await connectElectrum({
    url: `tcp://127.0.0.1:${port}`,
    network: 'regtest',
    signal: new AbortController().signal,
    proxy: null,
    pinned: null,
    onCertificate: () => undefined,
    timeoutMs: 5000,
    ...options,
  });
  stops.push(() => server.close());
  return server;
}

/** A connection to a server that answers some questions otherwise. */
export async function connectTo(answers: Answers): Promise<BitcoinServer> {
  return connect(await start({ answers }));
}

export async function errorOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  // The line above has made sure of it.
  return error as AppError;
}
