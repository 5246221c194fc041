/** Histories of scripts, held against what the server says of them in short: one that is cut does not fit. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { BitcoinServer, HistoryEntry } from './server.ts';

interface Asked {
  readonly scriptHash: string;
}

/**
 * By script hash. A block may come between the two questions, so what does not fit is asked about once more.
 * @param statuses as they were said before; brought up to date where something is asked again
 * @throws AppError node-malformed where a history does not fit its status twice
 */
export async function readHistories(
  server: BitcoinServer,
  scripts: readonly Asked[],
  statuses: Map<string, string | null>,
): Promise<ReadonlyMap<string, readonly HistoryEntry[]>> {
  const found = new Map<string, readonly HistoryEntry[]>();
  const read = async (asked: readonly Asked[]): Promise<void> => {
    const histories = await server.getHistories(asked.map(({ scriptHash }) => scriptHash));
    asked.forEach(({ scriptHash }, index) => found.set(scriptHash, histories[index] ?? []));
  };
  const listUnfit = (): readonly Asked[] =>
    server.kind === 'electrum'
      ? scripts.filter(
          ({ scriptHash }) => !fits(found.get(scriptHash) ?? [], statuses.get(scriptHash) ?? null),
        )
      : [];
  await read(scripts);
  const again = listUnfit();
  if (again.length === 0) return found;
  const newer = await server.getStatuses(again.map(({ scriptHash }) => scriptHash));
  again.forEach(({ scriptHash }, index) => statuses.set(scriptHash, newer[index] ?? null));
  await read(again);
  if (listUnfit().length === 0) return found;
  throw new AppError('node-malformed', 'The server leaves something out of the history of an address.', {
    detail: 'The history it gives does not fit the status it gives (Electrum protocol 1.4, status).',
    help: 'Try again, or use another server.',
    retryable: true,
  });
}

/**
 * Electrum's status of a script: the hash of its history as text. In which order transactions stand that wait for a block
 * is not laid down, so with such the two cannot be compared.
 */
function fits(history: readonly HistoryEntry[], status: string | null): boolean {
  if (history.some(({ height }) => height <= 0)) return true;
  if (history.length === 0) return status === null;
  const text = history.map(({ txid, height }) => `${txid}:${height}:`).join('');
  return createHash('sha256').update(text).digest('hex') === status;
}
