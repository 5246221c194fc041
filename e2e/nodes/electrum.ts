import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ElectrumAnswer, ElectrumCall } from './bcoin.commands.ts';
import type { BcoinRegtest } from './bcoin.ts';

/** Rewrites an answer: gets what the server would say, and what it returns or resolves with is said. */
export type ElectrumLie = (method: string, params: readonly unknown[], result: unknown) => unknown;

export interface ElectrumServer {
  /** tcp://127.0.0.1:port, or ssl:// with TLS. */
  url: string;
  port: number;
  /** Calls in the order they came, out of batches too. A test may empty it. */
  log: { method: string; params: readonly unknown[] }[];
  /** Of the protocol, without TLS around it. */
  bytes: { in: number; out: number };
  /**
   * Lies from now on, in answers and in notifications (as answers to the same method); null tells the truth again.
   * An error thrown is sent as an error; a promise that stays open leaves the question without an answer.
   */
  misbehave(lie: ElectrumLie | null): void;
  stop(): Promise<void>;
}

interface Connection {
  socket: Socket;
  /** What was last told, in JSON: of the tip, if that was asked for, and of scripts. */
  told: Map<string, { call: ElectrumCall; result: string }>;
}

const SUBSCRIPTIONS = ['blockchain.headers.subscribe', 'blockchain.scripthash.subscribe'];

/** An Electrum 1.4 server over the node: as much of the protocol as electrum.answers.ts has. */
export async function startElectrumServer(
  bcoin: BcoinRegtest,
  options: { tls?: { key: string; cert: string } } = {},
): Promise<ElectrumServer> {
  const connections = new Set<Connection>();
  const log: ElectrumServer['log'] = [];
  const bytes = { in: 0, out: 0 };
  let lie: ElectrumLie | null = null;

  const write = (socket: Socket, message: unknown): void => {
    if (socket.destroyed) return;
    const line = `${JSON.stringify(message)}\n`;
    bytes.out += Buffer.byteLength(line);
    socket.write(line);
  };

  const twist = async ({ method, params }: ElectrumCall, result: unknown): Promise<unknown> =>
    lie ? await lie(method, params, result) : result;

  const answerCall = async (asked: unknown, answer: ElectrumAnswer): Promise<Record<string, unknown>> => {
    const { id = null, ...call } = readCall(asked);
    if ('error' in answer) return { jsonrpc: '2.0', id, error: answer.error };
    try {
      return { jsonrpc: '2.0', id, result: await twist(call, answer.result) };
    } catch (error) {
      return { jsonrpc: '2.0', id, error: { code: 1, message: String(error) } };
    }
  };

  const answerLine = async (connection: Connection, line: string): Promise<void> => {
    let asked: unknown;
    try {
      asked = JSON.parse(line);
    } catch {
      // Something that speaks TLS, for example.
      connection.socket.destroy();
      return;
    }
    const calls = [asked].flat().map(readCall);
    log.push(...calls.map(({ method, params }) => ({ method, params })));
    const answers = await bcoin.askElectrum(calls);
    answers.forEach((answer, place) => remember(connection, calls[place]!, answer));
    const said = await Promise.all(answers.map((answer, place) => answerCall(calls[place], answer)));
    write(connection.socket, Array.isArray(asked) ? said : said[0]);
  };

  /** What changed of what they subscribed to. */
  const notify = async (connection: Connection): Promise<void> => {
    const subscriptions = [...connection.told.values()];
    if (subscriptions.length === 0) return;
    const answers = await bcoin.askElectrum(subscriptions.map(({ call }) => call));
    for (const [place, answer] of answers.entries()) {
      const { call, result } = subscriptions[place]!;
      if ('error' in answer || JSON.stringify(answer.result) === result) continue;
      remember(connection, call, answer);
      const { method, params } = call;
      // A lie that stays open or throws keeps back this notification and no other.
      twist(call, answer.result).then(
        (said) => write(connection.socket, { jsonrpc: '2.0', method, params: [...params, said] }),
        () => undefined,
      );
    }
  };

  let hasChanged = false;
  let isNotifying = false;
  /** Changes that come while others are told are told together. */
  const notifyAll = async (): Promise<void> => {
    hasChanged = true;
    if (isNotifying) return;
    isNotifying = true;
    while (hasChanged) {
      hasChanged = false;
      // The node may be stopped before the server.
      for (const connection of connections) await notify(connection).catch(() => undefined);
    }
    isNotifying = false;
  };

  const accept = (socket: Socket): void => {
    const connection: Connection = { socket, told: new Map() };
    connections.add(connection);
    socket.setNoDelay(true);
    socket.on('close', () => connections.delete(connection));
    // A client that hangs up in the middle is what some tests are about.
    socket.on('error', () => undefined);
    let rest = '';
    socket.setEncoding('utf8');
    // as: a socket with an encoding yields strings.
    socket.on('data', (chunk: Buffer | string) => {
      bytes.in += Buffer.byteLength(chunk);
      const lines = `${rest}${chunk as string}`.split('\n');
      rest = lines.pop() ?? '';
      // The node may be stopped before the server.
      for (const line of lines) answerLine(connection, line).catch(() => socket.destroy());
    });
  };

  const stopListening = bcoin.onChange(() => void notifyAll());

  const server = options.tls ? createTlsServer(options.tls, accept) : createTcpServer(accept);
  // A handshake that the client breaks off.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // as: a listening TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'ssl' : 'tcp'}://127.0.0.1:${port}`,
    port,
    log,
    bytes,
    misbehave: (next) => void (lie = next),
    stop: () =>
      new Promise((resolve) => {
        stopListening();
        server.close(() => resolve());
        for (const { socket } of connections) socket.destroy();
      }),
  };
}

function remember({ told }: Connection, call: ElectrumCall, answer: ElectrumAnswer): void {
  if (!SUBSCRIPTIONS.includes(call.method) || 'error' in answer) return;
  const { method, params } = call;
  told.set(JSON.stringify([method, params]), {
    call: { method, params },
    result: JSON.stringify(answer.result),
  });
}

function readCall(asked: unknown): ElectrumCall & { id?: unknown } {
  // as: what is missing is refused as an unknown method.
  const { id, method, params } = (asked ?? {}) as { id?: unknown; method?: unknown; params?: unknown };
  return {
    id,
    method: typeof method === 'string' ? method : '',
    params: Array.isArray(params) ? (params as unknown[]) : [],
  };
}
