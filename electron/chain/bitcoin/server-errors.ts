/** What goes wrong with a Bitcoin server, as errors a person can act on. Only host and port of a server are named. */
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { quoteForeign } from '../../../shared/format/visible-text.ts';
import { listCauses, systemCodesOf } from '../../http-answers.ts';

const LONGEST_DETAIL = 300;
/** Longer asking to wait than this is as good as a refusal, and is not repeated to a person. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export function cancelledError(): AppError {
  return new AppError('cancelled', 'Cancelled.', { retryable: true });
}

/** It answered, but not with what was asked for. `detail` is ours, or went through {@link quoteForeign}. */
export function malformedError(endpoint: string, detail: string): AppError {
  return new AppError('node-malformed', `${endpoint} did not answer as a server of its kind should.`, {
    detail,
    help: 'Check the address of the server. If it is right, the server is faulty: use another one.',
    retryable: true,
  });
}

/** What it says about the chain contradicts itself, or the rules of Bitcoin. `message` is one sentence. */
export function untrueError(message: string, detail?: string): AppError {
  return new AppError('node-malformed', message, {
    ...(detail === undefined ? {} : { detail }),
    help: 'Nothing of it was used. If it happens again, the server is faulty or lies: use another one.',
    retryable: true,
  });
}

/** @param thrown whatever the operating system or TLS threw; nothing but its codes is repeated */
export function unreachableError(endpoint: string, thrown: unknown, help?: string): AppError {
  const codes = codesOf(thrown);
  return new AppError('node-unreachable', `${endpoint} cannot be reached.`, {
    ...(codes === '' ? {} : { detail: codes }),
    help:
      help ?? 'Check that the server runs, that its address is right, and that this machine is connected.',
    retryable: true,
  });
}

export function closedError(endpoint: string): AppError {
  return new AppError('node-unreachable', `${endpoint} closed the connection.`, {
    help: 'It may be overloaded or restarting. Try again, or use another server.',
    retryable: true,
  });
}

export function brokenOffError(endpoint: string): AppError {
  return new AppError('node-malformed', `${endpoint} broke off in the middle of an answer.`, {
    help: 'It may be overloaded or restarting. Try again, or use another server.',
    retryable: true,
  });
}

export function timeoutError(endpoint: string, timeoutMs: number, detail?: string): AppError {
  return new AppError('node-timeout', `${endpoint} did not answer within ${timeoutMs / 1000} s.`, {
    ...(detail === undefined ? {} : { detail }),
    help: 'The server may be overloaded or still starting. Try again, or use another one.',
    retryable: true,
  });
}

/** @param said the server's own words, if any */
export function refusedError(endpoint: string, what: string, said: string): AppError {
  return new AppError('node-refused', `${endpoint} refused ${what}.`, {
    detail: quoteForeign(said, LONGEST_DETAIL),
    help: 'The server may be out of step with the chain or have limits. Try again, or use another one.',
    retryable: true,
  });
}

/** `waitMs` is null where the server does not say how long. */
export function slowDownError(endpoint: string, waitMs: number | null, said: string): AppError {
  return new AppError('node-rate-limited', `${endpoint} asks for fewer requests.`, {
    detail: quoteForeign(said, LONGEST_DETAIL),
    help:
      waitMs === null || waitMs > LONGEST_WAIT_MS
        ? 'Wait a little and refresh again, or use a server of your own.'
        : `Refresh again in ${Math.ceil(waitMs / 1000)} s, or use a server of your own.`,
    retryable: true,
  });
}

export function wrongChainError(endpoint: string, network: BitcoinNetwork, genesis: string): AppError {
  return new AppError('wrong-chain', `${endpoint} is not on Bitcoin’s ${network}.`, {
    detail: `its first block is ${genesis}`,
    help: 'Set a server of this network, or choose the network this server belongs to.',
  });
}

/** @param proxy host and port */
export function proxyError(proxy: string, endpoint: string, isReached: boolean, thrown: unknown): AppError {
  const said = thrown instanceof Error ? thrown.message : '';
  return new AppError(
    'node-unreachable',
    isReached
      ? `The proxy ${proxy} does not get through to ${endpoint}.`
      : `The proxy ${proxy} cannot be reached.`,
    {
      detail: isReached ? quoteForeign(said, LONGEST_DETAIL) : codesOf(thrown),
      help: isReached
        ? 'Check the address of the server, and that the proxy is connected.'
        : 'Check that the proxy runs: Tor listens on 127.0.0.1:9050, Tor Browser on 127.0.0.1:9150.',
      retryable: true,
    },
  );
}

function codesOf(thrown: unknown): string {
  return systemCodesOf(listCauses(thrown))
    .filter((code) => /^[A-Z0-9_]{1,60}$/u.test(code))
    .join(': ');
}
