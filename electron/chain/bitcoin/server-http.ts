/**
 * GETs to one server of the user's, Esplora or a Babylon node: bounded in time and size, a few at a time, never on to another address, and through a
 * SOCKS5 proxy where one is set. Platform fetch knows no such proxy and no pinned certificate; node:http takes any socket.
 */
import { Agent, request as sendRequest, type ClientRequestArgs, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import { listCauses, readRetryAfter, systemCodesOf } from '../../http-answers.ts';
import { createLimiter } from './limit.ts';
import { openSocket, type SocketOptions, type SocketTarget } from './open-socket.ts';
import {
  brokenOffError,
  cancelledError,
  malformedError,
  slowDownError,
  timeoutError,
  unreachableError,
} from './server-errors.ts';

export interface ServerHttp {
  /** `path` begins with a slash, below the server's own. @throws AppError node-*, certificate-changed, cancelled */
  get(path: string): Promise<Buffer>;
  close(): void;
}

interface HttpOptions extends SocketOptions {
  readonly endpoint: string;
  /** As parseServerUrl wrote it. */
  readonly url: string;
  /** Unix milliseconds, for a Retry-After given as a date. */
  readonly now: () => number;
}

const MAX_BODY_BYTES = 32 * 2 ** 20;
const AT_ONCE = 4;
const MOST_WAITS = 2;
const LONGEST_WAIT_MS = 30_000;
/** So many times the patience for silence may an answer take as a whole. */
const DRIP_FACTOR = 10;

export function createServerHttp({ endpoint, url, now, ...socketOptions }: HttpOptions): ServerHttp {
  const { signal, timeoutMs } = socketOptions;
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  const isTls = protocol === 'https:';
  const target: SocketTarget = {
    host: hostname.replace(/^\[|\]$/gu, ''),
    port: port === '' ? (isTls ? 443 : 80) : Number(port),
    endpoint,
    isTls,
  };
  const basePath = pathname === '/' ? '' : pathname;
  const headers: Record<string, string> = { host: endpoint, accept: 'application/json, text/plain' };
  if (username !== '' || password !== '') {
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    headers['authorization'] = `Basic ${Buffer.from(user).toString('base64')}`;
  }
  const agent = new SocketAgent(target, socketOptions);
  const closing = new AbortController();
  const stop = AbortSignal.any([signal, closing.signal]);
  const limit = createLimiter(AT_ONCE);

  async function getPatiently(path: string): Promise<Buffer> {
    for (let waits = 0; ; waits++) {
      const answer = await getOnce(path);
      if (Buffer.isBuffer(answer)) return answer;
      const { waitMs } = answer;
      const next = waitMs ?? 1000 * 2 ** waits;
      if (waits >= MOST_WAITS || next > LONGEST_WAIT_MS) throw slowDownError(endpoint, waitMs, 'HTTP 429');
      await wait(next, undefined, { signal: stop }).catch(() => {
        throw cancelledError();
      });
    }
  }

  /** The body, or how long the server wants it to be left alone. */
  async function getOnce(path: string, isRepeated = false): Promise<Buffer | { waitMs: number | null }> {
    if (stop.aborted) throw cancelledError();
    const patience = createPatience(timeoutMs);
    const request = sendRequest({
      agent,
      path: `${basePath}${path}`,
      headers,
      signal: AbortSignal.any([stop, patience.signal]),
    });
    // One that comes after the answer is told by the answer too.
    request.on('error', () => undefined);
    let response: IncomingMessage | null = null;
    try {
      response = await new Promise<IncomingMessage>((resolve, reject) => {
        request.once('response', resolve);
        request.once('error', reject);
        request.end();
      });
      patience.renew();
      if (response.statusCode === 429) {
        const retryAfter = response.headers['retry-after'] ?? '';
        return { waitMs: readRetryAfter(new Headers({ 'retry-after': retryAfter }), now) };
      }
      checkHead(endpoint, path, response);
      return await readBody(endpoint, response, patience);
    } catch (thrown) {
      if (isAborted(stop)) throw cancelledError();
      if (thrown instanceof AppError) throw thrown;
      if (patience.signal.aborted) throw timeoutError(endpoint, timeoutMs);
      // A connection kept from before may have been closed by the server at the same moment.
      if (request.reusedSocket && !isRepeated) return await getOnce(path, true);
      throw describeFailure(endpoint, thrown);
    } finally {
      patience.end();
      // What is left of an answer is not waited for. A whole one leaves its connection to the next question.
      if (response?.complete !== true) request.destroy();
    }
  }

  return {
    get: (path) => limit(() => getPatiently(path)),
    close() {
      closing.abort();
      agent.destroy();
    },
  };
}

/** A function, so that the compiler does not remember an earlier answer. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Makes its connections with {@link openSocket}. */
class SocketAgent extends Agent {
  readonly #target: SocketTarget;
  readonly #options: SocketOptions;

  constructor(target: SocketTarget, options: SocketOptions) {
    super({ keepAlive: true, maxSockets: AT_ONCE });
    this.#target = target;
    this.#options = options;
  }

  override createConnection(
    _args: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    openSocket(this.#target, this.#options).then(
      (socket) => callback?.(null, socket),
      // as: with an error there is no stream.
      (thrown: unknown) => callback?.(thrown as Error, undefined as never),
    );
  }
}

interface Patience {
  readonly signal: AbortSignal;
  /** Something came. */
  renew(): void;
  end(): void;
}

/** Runs out after a silence, and for good after ten times as long. */
function createPatience(timeoutMs: number): Patience {
  const controller = new AbortController();
  const silence = setTimeout(() => controller.abort(), timeoutMs);
  const whole = setTimeout(() => controller.abort(), timeoutMs * DRIP_FACTOR);
  return {
    signal: controller.signal,
    renew: () => void silence.refresh(),
    end() {
      clearTimeout(silence);
      clearTimeout(whole);
    },
  };
}

function checkHead(endpoint: string, path: string, { statusCode = 0, headers }: IncomingMessage): void {
  // The first part of the path says what was asked; the rest is about the user.
  const detail = `HTTP ${statusCode} for /${path.split('/')[1] ?? ''}`;
  if (statusCode >= 300 && statusCode < 400) {
    throw new AppError('node-refused', `${endpoint} sends requests on to another address.`, {
      detail: `${detail}: redirects are not followed`,
      help: 'Enter the address the server really has.',
    });
  }
  if (statusCode === 401 || statusCode === 403) {
    throw new AppError('node-refused', `${endpoint} does not let this request in.`, {
      detail,
      help: 'Check the user, password or key in the address of the server.',
    });
  }
  if (statusCode >= 500) {
    throw new AppError('node-unreachable', `${endpoint} is out of order.`, {
      detail,
      help: 'Try again later, or use another server.',
      retryable: true,
    });
  }
  if (statusCode !== 200) {
    throw new AppError('node-refused', `${endpoint} does not know what was asked for.`, {
      detail,
      help: 'Check the address: that of an API often has a path, such as /api, at its end. If it is right, try again.',
      retryable: true,
    });
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw malformedError(endpoint, 'the answer is packed, which was not asked for');
}

async function readBody(endpoint: string, response: IncomingMessage, patience: Patience): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    patience.renew();
    // as: a response without an encoding yields buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw malformedError(endpoint, `the answer exceeds ${MAX_BODY_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function describeFailure(endpoint: string, thrown: unknown): AppError {
  const codes = systemCodesOf(listCauses(thrown));
  if (codes.some((code) => code.startsWith('HPE_')))
    return malformedError(endpoint, 'the answer is not HTTP');
  const text = thrown instanceof Error ? thrown.message : '';
  if (text === 'aborted') return brokenOffError(endpoint);
  return unreachableError(endpoint, thrown);
}
