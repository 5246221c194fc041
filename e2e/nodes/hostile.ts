import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** How the node misbehaves. `only` limits a mode to some JSON-RPC methods where it says so. */
export type HostileMode =
  | { kind: 'pass' }
  /** Nobody listens: the connection is refused. */
  | { kind: 'closed' }
  /** HTTP 429 for the next `times` requests (default: for ever), then as usual. */
  | { kind: 'rate-limited'; retryAfterSeconds: number; times?: number; only?: readonly string[] }
  /** The request is taken and never answered. */
  | { kind: 'hang'; only?: readonly string[] }
  /** A page, as from a captive portal or a login wall, with status 200. */
  | { kind: 'html' }
  /** The right answer, cut in the middle. */
  | { kind: 'truncated' }
  /** eth_chainId (and net_version) name another chain. */
  | { kind: 'wrong-chain'; chainId: number }
  /** Well-formed JSON-RPC whose result is this value, whatever was asked. */
  | { kind: 'wrong-result'; result: unknown; only?: readonly string[] }
  /** A JSON-RPC error, e.g. -32005 "limit exceeded". */
  | { kind: 'rpc-error'; code: number; message: string; only?: readonly string[] }
  /** HTTP 413 for request bodies above the limit. */
  | { kind: 'too-large'; limitBytes: number }
  /** eth_call with a state override: refused, or answered as if there was none. */
  | { kind: 'no-overrides'; isRefused: boolean }
  | { kind: 'slow'; milliseconds: number };

export interface SeenRequest {
  /** JSON-RPC methods of this HTTP request: several when the client batches. */
  methods: string[];
  bodyBytes: number;
  body: string;
}

export interface HostileProxy {
  url: string;
  readonly mode: HostileMode;
  /** HTTP requests seen since the start or the last reset, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** JSON-RPC calls seen, all or of one method. */
  countCalls(method?: string): number;
  setMode(mode: HostileMode): Promise<void>;
  /** Back to passing everything on, and to counting from zero. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

interface RpcCall {
  id?: unknown;
  method?: string;
  params?: unknown;
}

type Intercept = (call: RpcCall) => Record<string, unknown> | undefined;

/** A local HTTP proxy in front of a node that counts requests and misbehaves on demand. */
export async function startProxy(targetUrl: string): Promise<HostileProxy> {
  let mode: HostileMode = { kind: 'pass' };
  let requests: SeenRequest[] = [];
  const answerAny = (request: IncomingMessage, response: ServerResponse): void => {
    readBody(request)
      .then(async (body) => {
        const calls = parseCalls(body);
        requests.push({ methods: calls.map(methodOf), bodyBytes: Buffer.byteLength(body), body });
        const current = mode;
        if (current.kind === 'rate-limited' && matches(current.only, calls)) countDown(current);
        await answer(current, targetUrl, body, calls, response);
      })
      // A client that hung up, or a target that is gone: the client sees a broken connection.
      .catch(() => response.destroy());
  };
  const countDown = (current: HostileMode & { kind: 'rate-limited' }): void => {
    if (current.times === undefined) return;
    mode = current.times > 1 ? { ...current, times: current.times - 1 } : { kind: 'pass' };
  };

  const server = createServer(answerAny);
  await listen(server, 0);
  // A listening TCP server's address is an object.
  const { port } = server.address() as AddressInfo;

  const setMode = async (next: HostileMode): Promise<void> => {
    mode = next;
    if (next.kind === 'closed') await close(server);
    else if (!server.listening) await listen(server, port);
  };

  return {
    url: `http://127.0.0.1:${port}`,
    get mode() {
      return mode;
    },
    get requests() {
      return requests;
    },
    countCalls: (method) =>
      requests.flatMap((request) => request.methods).filter((name) => method === undefined || name === method)
        .length,
    setMode,
    reset: async () => {
      await setMode({ kind: 'pass' });
      requests = [];
    },
    stop: () => close(server),
  };
}

async function answer(
  mode: HostileMode,
  targetUrl: string,
  body: string,
  calls: RpcCall[],
  response: ServerResponse,
): Promise<void> {
  switch (mode.kind) {
    case 'hang':
      if (matches(mode.only, calls)) return;
      break;
    case 'html': {
      send(response, 200, '<!doctype html><title>Sign in</title><p>Please sign in.</p>', 'text/html');
      return;
    }
    case 'rate-limited':
      if (!matches(mode.only, calls)) break;
      response.setHeader('retry-after', String(mode.retryAfterSeconds));
      {
        send(response, 429, '{"error":"too many requests"}');
        return;
      }
    case 'too-large':
      if (Buffer.byteLength(body) > mode.limitBytes) {
        send(response, 413, 'request entity too large', 'text/plain');
        return;
      }
      break;
    case 'truncated': {
      const text = await forward(targetUrl, body);
      send(response, 200, text.slice(0, Math.floor(text.length / 2)));
      return;
    }
    case 'slow':
      await setTimeout(mode.milliseconds);
      break;
    case 'no-overrides':
      if (mode.isRefused) break;
      send(response, 200, await forward(targetUrl, withoutOverrides(body)));
      return;
    case 'pass':
    case 'closed':
    case 'wrong-chain':
    case 'wrong-result':
    case 'rpc-error':
      break;
  }
  const text = await forward(targetUrl, body);
  send(response, 200, replaceAnswers(text, calls, interceptOf(mode)));
}

function hasOverride({ method, params }: RpcCall): boolean {
  return method === 'eth_call' && Array.isArray(params) && params.length > 2;
}

function withoutOverrides(body: string): string {
  const parsed = JSON.parse(body) as RpcCall;
  return JSON.stringify(
    hasOverride(parsed) ? { ...parsed, params: (parsed.params as unknown[]).slice(0, 2) } : parsed,
  );
}

/** What replaces the node's answer to one call, if anything. */
function interceptOf(mode: HostileMode): Intercept {
  switch (mode.kind) {
    case 'wrong-chain':
      return ({ method }) => {
        if (method === 'eth_chainId') return { result: `0x${mode.chainId.toString(16)}` };
        return method === 'net_version' ? { result: String(mode.chainId) } : undefined;
      };
    case 'wrong-result':
      return (call) => (matches(mode.only, [call]) ? { result: mode.result } : undefined);
    case 'no-overrides': {
      const error = { code: -32602, message: 'too many arguments, want at most 2' };
      return (call) => (hasOverride(call) ? { error } : undefined);
    }
    case 'rpc-error':
      return (call) =>
        matches(mode.only, [call]) ? { error: { code: mode.code, message: mode.message } } : undefined;
    default:
      return () => undefined;
  }
}

function replaceAnswers(text: string, calls: RpcCall[], intercept: Intercept): string {
  const replacements = calls.map(intercept);
  if (replacements.every((replacement) => replacement === undefined)) return text;
  const answers: unknown = JSON.parse(text);
  // Answers of a batch may come in any order: they are matched by id.
  const replace = (one: { id?: unknown }): unknown => {
    const replacement = replacements[calls.findIndex((call) => call.id === one.id)];
    return replacement === undefined ? one : { jsonrpc: '2.0', id: one.id, ...replacement };
  };
  return JSON.stringify(Array.isArray(answers) ? answers.map(replace) : replace(answers as { id?: unknown }));
}

function matches(only: readonly string[] | undefined, calls: RpcCall[]): boolean {
  return only === undefined || calls.some((call) => only.includes(methodOf(call)));
}

function methodOf(call: RpcCall): string {
  return typeof call.method === 'string' ? call.method : '(no method)';
}

function parseCalls(body: string): RpcCall[] {
  try {
    const parsed: unknown = JSON.parse(body);
    // The fields are optional and checked where they are used.
    return (Array.isArray(parsed) ? parsed : [parsed]) as RpcCall[];
  } catch {
    return [];
  }
}

async function forward(targetUrl: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(targetUrl, { method: 'POST', headers, body });
  return response.text();
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // A request stream without an encoding yields buffers.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  // Without keep-alive, so that after `closed` the client meets a refusal and not a dead connection.
  response.writeHead(status, { 'content-type': type, connection: 'close' });
  response.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Otherwise a kept-alive or hanging connection would hold the server open.
    server.closeAllConnections();
  });
}
