/** What went wrong with a node, as errors a person can act on. Nothing of viem's own texts is kept but scrubbed. */
import { HttpRequestError, ResponseBodyTooLargeError, RpcRequestError, TimeoutError } from 'viem';
import { AppError } from '../../../shared/contract/errors.ts';
import { listCauses, readRetryAfter, systemCodesOf } from '../../http-answers.ts';

/** The node refused the size of a request, not its content: the same calls in smaller parts may pass. */
export class TooLargeError extends AppError {
  constructor(endpoint: string, detail: string) {
    super('node-refused', `${endpoint} refuses requests of the size needed.`, {
      detail,
      help: 'Raise the limits of the node, or use another one.',
    });
  }
}

/** The call as a whole reverted. */
export class RevertedError extends AppError {
  constructor(endpoint: string, detail: string) {
    super('node-refused', `${endpoint} says that the call reverts.`, {
      detail,
      help: 'The network file may name a contract that is another one than it says.',
    });
  }
}

/** Thrown inside the client for an answer that asks to slow down; `retryAfterMs` is null where it does not say. */
export class SlowDownError extends AppError {
  readonly retryAfterMs: number | null;

  constructor(endpoint: string, retryAfterMs: number | null, detail: string) {
    const seconds = retryAfterMs === null ? null : Math.ceil(retryAfterMs / 1000);
    super('node-rate-limited', `${endpoint} asks for fewer requests.`, {
      detail,
      help:
        seconds === null
          ? 'Wait a little and refresh again, or use a node with a higher limit.'
          : `Refresh again in ${seconds} s, or use a node with a higher limit.`,
      retryable: true,
    });
    this.retryAfterMs = retryAfterMs;
  }
}

export function cancelledError(): AppError {
  return new AppError('cancelled', 'Cancelled.', { retryable: true });
}

/** The node answered, but not with what the method promises. */
export function malformedError(endpoint: string, detail: string): AppError {
  return new AppError('node-malformed', `${endpoint} did not answer like an Ethereum node.`, {
    detail,
    help: 'Check the URL: it must be the JSON-RPC address of a node, not a web page.',
    retryable: true,
  });
}

interface Context {
  readonly endpoint: string;
  readonly method: string;
  readonly timeoutMs: number;
  /** Takes secrets out of a text. */
  readonly scrub: (text: string) => string;
  /** Unix milliseconds, for a Retry-After given as a date. */
  readonly now: () => number;
}

/** Turns whatever viem threw into an AppError. No cause is attached: viem's errors carry the URL. */
export function describeNodeError(thrown: unknown, context: Context): AppError {
  const { endpoint, method, scrub } = context;
  if (thrown instanceof AppError) return thrown;
  const links = listCauses(thrown);
  const http = links.find((link) => link instanceof HttpRequestError);
  const rpc = links.find((link) => link instanceof RpcRequestError);
  if (links.some((link) => link instanceof TimeoutError)) {
    return new AppError('node-timeout', `${endpoint} did not answer within ${context.timeoutMs / 1000} s.`, {
      detail: method,
      help: 'The node may be overloaded or still starting. Try again, or use another node.',
      retryable: true,
    });
  }
  const tooLarge = links.find((link) => link instanceof ResponseBodyTooLargeError);
  if (tooLarge) return new TooLargeError(endpoint, `${method}: the answer exceeds ${tooLarge.maxSize} bytes`);
  if (rpc) return describeRpcError(rpc, context);
  if (http?.status !== undefined) return describeStatus(http, http.status, context);
  const texts = links.map((link) => (link instanceof Error ? link.message : String(link)));
  if (links.some((link) => link instanceof SyntaxError)) {
    return malformedError(endpoint, `${method}: the answer is not JSON`);
  }
  if (texts.some((text) => text.includes('terminated'))) {
    return malformedError(endpoint, `${method}: the answer broke off`);
  }
  if (texts.some((text) => text.includes('redirect'))) {
    return new AppError('node-refused', `${endpoint} sends requests on to another address.`, {
      detail: `${method}: redirects are not followed`,
      help: 'Enter the address the node really has.',
    });
  }
  if (!http) return malformedError(endpoint, `${method}: the answer is not JSON-RPC`);
  return new AppError('node-unreachable', `${endpoint} cannot be reached.`, {
    detail: scrub([method, ...systemCodesOf(links)].join(': ')),
    help: 'Check that the node runs, that the URL is right, and that this machine is connected.',
    retryable: true,
  });
}

/** Phrases with which nodes and gateways refuse a size: geth, Nethermind, Erigon, reth, anvil, nginx. */
const TOO_LARGE =
  /too large|too big|response size|payload size|request size|size exceed|exceeds? (?:the )?(?:max|limit)|out ?of ?gas|gas required exceeds|gas limit|initcode size|code ?size|contract ?size ?limit|execution timeout|execution aborted|query timeout/iu;
/** The same for a range of blocks: Alchemy, Infura, QuickNode, Erigon and others, some under the code of a rate limit. */
const RANGE_TOO_LARGE =
  /block range|range (?:is |of blocks )?(?:too|exceeds|limit)|more than [\d,]+ (?:results|logs|blocks)|too many (?:results|logs|blocks)|query returned|max(?:imum)? (?:block )?range|limited to|exceed maximum/iu;
const SLOW_DOWN = /rate limit|too many requests|request limit|limit exceeded|throttl|quota|capacity/iu;
const NO_KEY = /unauthori[sz]ed|forbidden|api[- ]?key|access denied|authenticat|project id/iu;

function describeRpcError(error: RpcRequestError, context: Context): AppError {
  const { endpoint, method, scrub } = context;
  const message = typeof error.details === 'string' ? error.details : '';
  const detail = scrub(`${method}: ${message} (code ${error.code})`);
  const isRange = method === 'eth_getLogs' && RANGE_TOO_LARGE.test(message);
  if (error.status === 413 || TOO_LARGE.test(message) || isRange) return new TooLargeError(endpoint, detail);
  if (error.status === 429 || error.code === 429 || error.code === -32005 || SLOW_DOWN.test(message)) {
    return new SlowDownError(endpoint, readRetryAfter(error.headers, context.now), detail);
  }
  if (error.status === 401 || error.status === 403 || NO_KEY.test(message))
    return noKeyError(endpoint, detail);
  // EIP-1474's "execution reverted" is code 3 in practice; some nodes give -32000 or -32015 with the word.
  if (error.code === 3 || /revert/iu.test(message)) return new RevertedError(endpoint, detail);
  return new AppError('node-refused', `${endpoint} refused ${method}.`, {
    detail,
    help: 'The node may be out of step with the chain or lack this method. Try again, or use another node.',
    retryable: true,
  });
}

function describeStatus(error: HttpRequestError, status: number, context: Context): AppError {
  const { endpoint, method } = context;
  const detail = `${method}: HTTP ${status}`;
  if (status === 413) return new TooLargeError(endpoint, detail);
  if (status === 429) return new SlowDownError(endpoint, readRetryAfter(error.headers, context.now), detail);
  if (status === 401 || status === 403) return noKeyError(endpoint, detail);
  if (status >= 500) {
    return new AppError('node-unreachable', `${endpoint} is out of order.`, {
      detail,
      help: 'Try again later, or use another node.',
      retryable: true,
    });
  }
  return new AppError('node-refused', `${endpoint} refused ${method}.`, {
    detail,
    help: 'Check the URL: it must be the JSON-RPC address of a node.',
  });
}

function noKeyError(endpoint: string, detail: string): AppError {
  return new AppError('node-refused', `${endpoint} does not let this request in.`, {
    detail,
    help: 'Check the key in the URL of the node.',
  });
}
