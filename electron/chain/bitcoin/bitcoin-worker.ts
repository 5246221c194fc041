/**
 * Reads Bitcoin in a thread of its own: deriving addresses, checking headers and rebuilding stakes would stop everything
 * else. One thread for one reading; it ends with it. Runs as it is under Node, and bundled as dist/main/bitcoin-worker.js.
 */
import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { toAppError, type AppErrorValue } from '../../../shared/contract/errors.ts';
import { readBitcoin, type BitcoinAnswer, type BitcoinRequest, type BitcoinStep } from './read-bitcoin.ts';

export type BitcoinReply =
  | { readonly kind: 'progress'; readonly progress: number; readonly step: BitcoinStep }
  | { readonly kind: 'certificate'; readonly fingerprint: string }
  | { readonly kind: 'done'; readonly answer: BitcoinAnswer }
  | { readonly kind: 'failed'; readonly error: AppErrorValue };

async function serve(port: MessagePort, request: BitcoinRequest): Promise<void> {
  const send = (reply: BitcoinReply): void => port.postMessage(reply);
  // Whoever cancels ends the thread, and its connection with it.
  const { signal } = new AbortController();
  try {
    const answer = await readBitcoin(request, {
      signal,
      onProgress: (progress, step) => send({ kind: 'progress', progress, step }),
      onCertificate: (fingerprint) => send({ kind: 'certificate', fingerprint }),
    });
    send({ kind: 'done', answer });
  } catch (thrown) {
    send({ kind: 'failed', error: toAppError(thrown).toValue() });
  }
}

// as: the one who starts it says what it works on.
if (!isMainThread && parentPort !== null) void serve(parentPort, workerData as BitcoinRequest);
