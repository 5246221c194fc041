/**
 * JSON-RPC as Electrum servers speak it: one line each way, many questions under way at once, in batches where the
 * server takes them. A server that breaks the protocol is hung up on.
 */
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { createLimiter, mapLimited } from './limit.ts';
import { readLines } from './line-socket.ts';
import { openSocket, type SocketOptions, type SocketTarget } from './open-socket.ts';
import { checkForm, parseJson } from './parse-answer.ts';
import {
  cancelledError,
  malformedError,
  refusedError,
  slowDownError,
  timeoutError,
} from './server-errors.ts';

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface ElectrumRpc {
  /** The result, unchecked. @throws AppError node-*, cancelled */
  ask(call: RpcCall): Promise<unknown>;
  /** Results in the order of the calls, unchecked. At most `batchSize` of them are asked for in one line. */
  askAll(calls: readonly RpcCall[], batchSize: number): Promise<unknown[]>;
  close(): void;
}

export interface RpcOptions extends SocketOptions {
  /** A server that hangs up on batches gets none. */
  readonly isBatching: boolean;
  readonly onNotification: (method: string, params: unknown) => void;
  /** Called once, however the connection ended. */
  readonly onEnd?: (reason: AppError) => void;
}

/** A batch of transactions is large. Nothing in the protocol is larger than this. */
const MAX_LINE_BYTES = 32 * 2 ** 20;
/** Some servers count what is under way per user: Fulcrum lets 345 in. */
const BATCHES_UNDER_WAY = 3;
/** So many times the patience for silence may a batch take as a whole: a server may not hold out by drips for ever. */
const DRIP_FACTOR = 10;
/** aiorpcX, as in ElectrumX: excessive resource usage, and server busy. */
const SLOW_DOWN_CODES = [-101, -102];
const SLOW_DOWN = /excessive resource|too many|rate limit|throttl|server busy/iu;

const answerSchema = z.object({
  id: z.number().int().nullish(),
  method: z.string().nullish(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
type Answer = z.infer<typeof answerSchema>;
const faultSchema = z.object({ code: z.number().optional(), message: z.string().optional() });

interface Pending {
  readonly call: RpcCall;
  /** The batch it was sent in and that has not answered; its own entry is taken out once it is settled. */
  batch: Set<number> | null;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: AppError) => void;
}

/** @throws AppError node-unreachable, node-timeout, certificate-changed, cancelled */
export async function openElectrumRpc(target: SocketTarget, options: RpcOptions): Promise<ElectrumRpc> {
  const { endpoint } = target;
  const { signal, timeoutMs, onNotification, onEnd } = options;
  const socket = await openSocket(target, options);
  const pending = new Map<number, Pending>();
  const batches = new Set<Set<number>>();
  const limit = createLimiter(BATCHES_UNDER_WAY);
  let { isBatching } = options;
  /** Batches that were refused as a whole: the server does not say which. */
  let refusedBatches = 0;
  let nextId = 0;
  let closedBy: AppError | null = null;
  let silence: NodeJS.Timeout | undefined;

  const lines = readLines(socket, endpoint, MAX_LINE_BYTES, {
    onBytes: () => silence?.refresh(),
    onLine(line) {
      try {
        receive(parseJson(endpoint, line));
      } catch (thrown) {
        lines.close(
          thrown instanceof AppError ? thrown : malformedError(endpoint, 'an answer cannot be read'),
        );
      }
    },
    onClose(reason) {
      closedBy = reason;
      clearTimeout(silence);
      signal.removeEventListener('abort', cancel);
      const left = [...pending.values()];
      pending.clear();
      for (const { reject } of left) reject(reason);
      onEnd?.(reason);
    },
  });
  function cancel(): void {
    lines.close(cancelledError());
  }
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();

  function receive(message: unknown): void {
    if (!Array.isArray(message)) {
      receiveOne(checkForm(endpoint, 'JSON-RPC', answerSchema, message));
      return;
    }
    const touched = message.map((one) => receiveOne(checkForm(endpoint, 'JSON-RPC', answerSchema, one)));
    if (touched.some((batch) => batch !== null && batch.size > 0)) {
      throw malformedError(endpoint, 'a batch was answered in part');
    }
  }

  /** Gives the batch that the question was part of. */
  function receiveOne({ id, method, params, result, error }: Answer): Set<number> | null {
    if (typeof method === 'string') {
      if (typeof id === 'number') throw malformedError(endpoint, 'the server asked a question');
      onNotification(method, params);
      return null;
    }
    if (typeof id !== 'number') {
      receiveRefusal(error);
      return null;
    }
    const asked = pending.get(id);
    if (asked === undefined) throw malformedError(endpoint, 'it answered what was not asked');
    const { batch, call } = asked;
    const isFault = error !== undefined && error !== null;
    // Before it is forgotten: who hangs up tells those who still wait.
    if (!isFault && result === undefined)
      throw malformedError(endpoint, `${call.method}: there is no result`);
    forget(id, asked);
    if (isFault) asked.reject(describeFault(call.method, error));
    else asked.resolve(result);
    return batch;
  }

  /** An error that names no question: a batch was refused as a whole. Once all of them are, they are asked singly. */
  function receiveRefusal(error: unknown): void {
    const fault = describeFault('the request', error);
    if (batches.size === 0) throw fault;
    isBatching = false;
    refusedBatches++;
    resendRefused();
  }

  function resendRefused(): void {
    if (refusedBatches === 0 || refusedBatches < batches.size) return;
    refusedBatches = 0;
    batches.clear();
    for (const [id, asked] of pending) {
      if (asked.batch === null) continue;
      asked.batch = null;
      lines.send(write(id, asked.call));
    }
  }

  function forget(id: number, { batch }: Pending): void {
    pending.delete(id);
    if (pending.size === 0) clearTimeout(silence);
    batch?.delete(id);
    if (batch?.size !== 0) return;
    batches.delete(batch);
    resendRefused();
  }

  function describeFault(what: string, error: unknown): AppError {
    const parsed = faultSchema.safeParse(error);
    const { code, message } = parsed.success
      ? parsed.data
      : { message: typeof error === 'string' ? error : '' };
    const said = `${message ?? ''}${code === undefined ? '' : ` (code ${code})`}`;
    const isTooMuch = (code !== undefined && SLOW_DOWN_CODES.includes(code)) || SLOW_DOWN.test(said);
    return isTooMuch ? slowDownError(endpoint, null, said) : refusedError(endpoint, what, said);
  }

  /** Sends them in one batch or one line each. Every call has its own promise. */
  function send(calls: readonly RpcCall[]): Promise<unknown>[] {
    if (closedBy !== null) return [Promise.reject(closedBy)];
    const batch = isBatching && calls.length > 1 ? new Set<number>() : null;
    if (batch !== null) batches.add(batch);
    if (pending.size === 0) {
      silence = setTimeout(() => lines.close(timeoutError(endpoint, timeoutMs, calls[0]?.method)), timeoutMs);
    }
    const written: string[] = [];
    const answers = calls.map((call) => {
      const id = nextId++;
      batch?.add(id);
      written.push(write(id, call));
      return new Promise<unknown>((resolve, reject) => pending.set(id, { call, batch, resolve, reject }));
    });
    if (batch !== null) lines.send(`[${written.join(',')}]`);
    else written.forEach((line) => lines.send(line));
    return answers;
  }

  async function sendInTime(calls: readonly RpcCall[]): Promise<Promise<unknown>[]> {
    const most = timeoutMs * DRIP_FACTOR;
    const timer = setTimeout(() => lines.close(timeoutError(endpoint, most, calls[0]?.method)), most);
    const answers = send(calls);
    await Promise.allSettled(answers);
    clearTimeout(timer);
    return answers;
  }

  /** A refusal within a batch may only mean that all of it together was too large: it is asked once more, alone. */
  async function askBatch(calls: readonly RpcCall[]): Promise<unknown[]> {
    const wasBatch = isBatching && calls.length > 1;
    const results: unknown[] = [];
    for (const [index, answer] of (await sendInTime(calls)).entries()) {
      try {
        results.push(await answer);
      } catch (thrown) {
        const call = calls[index];
        const isRefused = thrown instanceof AppError && thrown.code === 'node-refused';
        if (!wasBatch || !isRefused || call === undefined) throw thrown;
        const [again] = await sendInTime([call]);
        results.push(await again);
      }
    }
    return results;
  }

  return {
    ask: async (call) => (await limit(() => askBatch([call])))[0],
    async askAll(calls, batchSize) {
      const parts = Array.from({ length: Math.ceil(calls.length / batchSize) }, (_, part) =>
        calls.slice(part * batchSize, (part + 1) * batchSize),
      );
      return (await mapLimited(parts, limit, askBatch)).flat();
    },
    close: cancel,
  };
}

function write(id: number, { method, params }: RpcCall): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, params });
}
