/**
 * A hand-made Electrum server that answers as a test says, and lies where it says so. It knows nothing of Bitcoin.
 */
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface ScriptedCall {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Thrown by an answer: an error of JSON-RPC. */
export class ScriptedFault extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export type Answers = Readonly<Record<string, (...params: never[]) => unknown>>;

interface ScriptedOptions {
  /** By method: the result. What is not here is refused. */
  readonly answers: Answers;
  /** Instead of `answers`, for a whole line as it came. True where it was dealt with. */
  readonly onLine?: (message: unknown, socket: Socket) => boolean;
  readonly onConnect?: (socket: Socket) => void;
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface ScriptedServer {
  readonly port: number;
  /** Everything that was received, as text. */
  received(): string;
  /** Calls in the order they came, out of batches too. */
  readonly calls: readonly ScriptedCall[];
  readonly connections: number;
  /** To all that are connected. */
  push(line: string): void;
  stop(): Promise<void>;
}

export async function startScriptedServer({
  answers,
  onLine,
  onConnect,
  tls,
}: ScriptedOptions): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const calls: ScriptedCall[] = [];
  let received = '';
  let connections = 0;

  function accept(socket: Socket): void {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that hangs up in the middle is what many tests are about.
    socket.on('error', () => undefined);
    // Small packets leave at once, not when the one before them was acknowledged.
    socket.setNoDelay(true);
    onConnect?.(socket);
    let rest = '';
    socket.setEncoding('utf8');
    // as: a socket with an encoding yields strings.
    socket.on('data', (chunk: Buffer | string) => {
      received += chunk as string;
      const lines = `${rest}${chunk as string}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answerLine(line, socket);
    });
  }

  function answerLine(line: string, socket: Socket): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      // Something that speaks TLS, for example.
      socket.destroy();
      return;
    }
    // as: the client under test wrote it.
    calls.push(...([message].flat() as ScriptedCall[]));
    if (onLine?.(message, socket) === true) return;
    const answer = Array.isArray(message)
      ? message.map((call) => answerCall(answers, call as ScriptedCall))
      : answerCall(answers, message as ScriptedCall);
    socket.write(`${JSON.stringify(answer)}\n`);
  }

  const server: Server = tls ? createTlsServer(tls, accept) : createTcpServer(accept);
  // A handshake that the client breaks off.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // as: a listening TCP server's address is an object.
    port: (server.address() as AddressInfo).port,
    received: () => received,
    calls,
    get connections() {
      return connections;
    },
    push: (line) => sockets.forEach((socket) => socket.write(`${line}\n`)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export function answerCall(answers: Answers, { id, method, params }: ScriptedCall): Record<string, unknown> {
  try {
    const answer = answers[method];
    if (!answer) throw new ScriptedFault(-32601, `unknown method "${method}"`);
    // as: each answer knows what its method is called with.
    return { jsonrpc: '2.0', id, result: answer(...(params as never[])) };
  } catch (thrown) {
    if (!(thrown instanceof ScriptedFault)) throw thrown;
    return { jsonrpc: '2.0', id, error: { code: thrown.code, message: thrown.message } };
  }
}
