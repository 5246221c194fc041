/** Reads a dropped or chosen file as far as showing what it holds; nothing of it is written or sent by this. */
import { readNetworkFile, type NetworkFileProblem } from '../../../shared/domain/network-file.ts';
import type { Network } from '../../../shared/domain/network.ts';
import { findSecret, type SecretKind } from '../../../shared/domain/secrets.ts';

/** As the contract has it (networks.import). */
export const MAX_FILE_CHARACTERS = 1_000_000;

export type OfferedNetwork =
  | { readonly kind: 'network'; readonly fileName: string; readonly text: string; readonly network: Network }
  | { readonly kind: 'problems'; readonly fileName: string; readonly problems: readonly NetworkFileProblem[] }
  | { readonly kind: 'secret'; readonly fileName: string; readonly secret: SecretKind }
  | { readonly kind: 'too-large' | 'unreadable'; readonly fileName: string };

export async function offerNetworkFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<OfferedNetwork> {
  const fileName = file.name;
  if (file.size > MAX_FILE_CHARACTERS) return { kind: 'too-large', fileName };
  let text: string;
  try {
    text = await file.text();
  } catch {
    // A folder, or a file that went away between the drop and the reading.
    return { kind: 'unreadable', fileName };
  }
  const secret = findSecret(text, 'file');
  if (secret !== null) return { kind: 'secret', fileName, secret };
  const read = readNetworkFile(text);
  return read.ok
    ? { kind: 'network', fileName, text, network: read.network }
    : { kind: 'problems', fileName, problems: read.problems };
}
