/** Starts a thread for each reading of Bitcoin, and ends it. */
import { Worker } from 'node:worker_threads';
import { AppError, fromErrorValue } from '../../../shared/contract/errors.ts';
import type { BitcoinReply } from './bitcoin-worker.ts';
import type { BitcoinAnswer, BitcoinRequest, ReadHooks } from './read-bitcoin.ts';

/**
 * As readBitcoin, elsewhere.
 * @param workerUrl electron/chain/bitcoin/bitcoin-worker.ts as it is, or bundled
 * @throws AppError as readBitcoin, and internal where the thread ended in the middle
 */
export async function readBitcoinInThread(
  workerUrl: URL,
  request: BitcoinRequest,
  { signal, onProgress, onCertificate }: ReadHooks,
): Promise<BitcoinAnswer> {
  if (signal.aborted) throw cancelled();
  // No arguments of our own process: a test runner's loader means nothing in there.
  const worker = new Worker(workerUrl, { execArgv: [], workerData: request });
  let onAbort = (): void => undefined;
  try {
    return await new Promise<BitcoinAnswer>((resolve, reject) => {
      onAbort = () => reject(cancelled());
      signal.addEventListener('abort', onAbort, { once: true });
      // Messages come from our own worker.
      worker.on('message', (reply: BitcoinReply) => {
        if (reply.kind === 'progress') onProgress(reply.progress, reply.step);
        else if (reply.kind === 'certificate') onCertificate(reply.fingerprint);
        else if (reply.kind === 'done') resolve(reply.answer);
        else reject(fromErrorValue(reply.error));
      });
      worker.on('error', (error: unknown) =>
        reject(stopped(error instanceof Error ? error.message : String(error))),
      );
      worker.on('exit', (code) => reject(stopped(`exit code ${code}`)));
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.', { retryable: true });
}

function stopped(detail: string): AppError {
  return new AppError('internal', 'Reading Bitcoin stopped in the middle of its work.', {
    detail,
    retryable: true,
  });
}
