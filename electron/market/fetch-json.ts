/**
 * The one place that asks a public API: a GET without cookies to a host the user allowed, over TLS, bounded in time and
 * size, and never on to another address. Errors name the host and nothing else of the URL.
 */
import { AppError } from '../../shared/contract/errors.ts';
import type { ApiHost } from '../../shared/contract/settings.ts';
import type { ApiBases } from './api-bases.ts';
import { listCauses, readRetryAfter, systemCodesOf } from '../http-answers.ts';
import { findJsonFault } from './find-json-fault.ts';

export interface FetchJson {
  /**
   * `path` begins with a slash. Gives the parsed JSON, unchecked.
   * @throws AppError host-not-allowed (nothing is sent then), api-*, cancelled
   */
  (host: ApiHost, path: string, signal: AbortSignal): Promise<unknown>;
}

/** Bounds of one request. All have defaults; tests shorten them. */
export interface FetchLimits {
  /** The body included. Default 30,000 ms. */
  readonly timeoutMs?: number;
  /** Of the answer once unpacked: the list of all yields is about 15 MB. Default 48 MiB. */
  readonly maxBytes?: number;
}

interface FetchJsonParts {
  /** Asked before every request: the user may take the permission back meanwhile. */
  readonly isAllowed: (host: ApiHost) => boolean;
  /** Unix milliseconds, for a Retry-After given as a date. */
  readonly now: () => number;
  /** Stands in for `https://<host>` in tests: a server on this machine. */
  readonly bases?: ApiBases | undefined;
  readonly limits?: FetchLimits | undefined;
}

const JSON_TYPE = /^application\/(?:json|[\w.+-]+\+json)(?:\s*;|$)/iu;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Longer asking to wait than this is as good as a refusal, and is not repeated to a person. */
const MAX_WAIT_MS = 24 * 3_600_000;

/** @throws AppError internal where a base is not on this machine */
export function createFetchJson({ isAllowed, now, bases = {}, limits = {} }: FetchJsonParts): FetchJson {
  const { timeoutMs = 30_000, maxBytes = 48 * 2 ** 20 } = limits;
  for (const base of Object.values(bases)) checkBase(base);

  return async (host, path, signal) => {
    if (!isAllowed(host)) throw notAllowedError(host);
    if (signal.aborted) throw cancelledError();
    const url = new URL(`${bases[host] ?? `https://${host}`}${path}`);
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        // The user allowed this host, not the one it may point to.
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        headers: { accept: 'application/json' },
        signal: AbortSignal.any([signal, timeout]),
      });
      try {
        checkAnswer(host, response, now);
        return parseJson(host, await readText(host, response, maxBytes));
      } finally {
        // Whatever is left of a refused answer is not waited for.
        await response.body?.cancel().catch(() => undefined);
      }
    } catch (thrown) {
      if (isAborted(signal)) throw cancelledError();
      if (thrown instanceof AppError) throw thrown;
      if (timeout.aborted) throw timeoutError(host, timeoutMs);
      throw describeFailure(host, thrown);
    }
  };
}

function notAllowedError(host: ApiHost): AppError {
  return new AppError('host-not-allowed', `You have not allowed Ballast to ask ${host}.`, {
    help: 'Allow the host under Settings, or with --allow-host on the command line. Nothing was sent.',
  });
}

/** A function, so that the compiler does not remember an earlier answer. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function checkBase(base: string): void {
  const { protocol, hostname } = new URL(base);
  if (protocol === 'http:' && LOOPBACK.has(hostname)) return;
  throw new AppError('internal', 'A stand-in for a public host must be on this machine.');
}

function checkAnswer(host: ApiHost, response: Response, now: () => number): void {
  const { status, headers } = response;
  if (status === 429) throw slowDownError(host, readRetryAfter(headers, now));
  if (status >= 300 && status < 400) {
    throw new AppError('api-refused', `${host} sends requests on to another address.`, {
      detail: `HTTP ${status}: redirects are not followed`,
      help: 'You allowed this host only. An update of Ballast may know its new address.',
    });
  }
  if (status >= 500) {
    throw new AppError('api-unreachable', `${host} is out of order.`, {
      detail: `HTTP ${status}`,
      help: 'Try again later. The old values stay.',
      retryable: true,
    });
  }
  if (status !== 200) {
    throw new AppError('api-refused', `${host} refused the request.`, {
      detail: `HTTP ${status}`,
      help: 'What is asked for may not exist there any more. An update of Ballast may help.',
    });
  }
  const type = headers.get('content-type') ?? '';
  if (!JSON_TYPE.test(type)) throw malformedError(host, 'the answer does not say that it is JSON');
}

/** Counts what comes out of the unpacking, so that a small answer cannot grow without end. */
async function readText(host: ApiHost, response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const pieces: string[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw malformedError(host, `the answer exceeds ${maxBytes} bytes`);
      pieces.push(decoder.decode(chunk, { stream: true }));
    }
    pieces.push(decoder.decode());
  } catch (thrown) {
    if (thrown instanceof TypeError && thrown.message.includes('encoded data')) {
      throw malformedError(host, 'the answer is not UTF-8');
    }
    throw thrown;
  }
  return pieces.join('');
}

function parseJson(host: ApiHost, text: string): unknown {
  const fault = findJsonFault(text);
  if (fault !== null) throw malformedError(host, fault);
  try {
    return JSON.parse(text);
  } catch {
    throw malformedError(host, 'the answer is not JSON');
  }
}

export function malformedError(host: ApiHost, detail: string): AppError {
  return new AppError('api-malformed', `${host} did not answer as expected.`, {
    detail,
    help: 'Try again later. The old values stay.',
    retryable: true,
  });
}

function cancelledError(): AppError {
  return new AppError('cancelled', 'Cancelled.', { retryable: true });
}

function timeoutError(host: ApiHost, timeoutMs: number): AppError {
  return new AppError('api-timeout', `${host} did not answer within ${timeoutMs / 1000} s.`, {
    help: 'Try again later. The old values stay.',
    retryable: true,
  });
}

function slowDownError(host: ApiHost, retryAfterMs: number | null): AppError {
  const wait = retryAfterMs === null || retryAfterMs > MAX_WAIT_MS ? null : Math.ceil(retryAfterMs / 1000);
  return new AppError('api-rate-limited', `${host} asks for fewer requests.`, {
    help: wait === null ? 'Wait a little and refresh again.' : `Refresh again in ${wait} s.`,
    retryable: true,
  });
}

/** No cause is attached and no text of it repeated: it may carry the URL. */
function describeFailure(host: ApiHost, thrown: unknown): AppError {
  const codes = systemCodesOf(listCauses(thrown)).filter((code) => /^[A-Z0-9_]{1,60}$/u.test(code));
  return new AppError('api-unreachable', `${host} cannot be reached.`, {
    ...(codes.length === 0 ? {} : { detail: codes.join(': ') }),
    help: 'Check that this machine is connected. The old values stay.',
    retryable: true,
  });
}
