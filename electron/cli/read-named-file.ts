import { readFileSync } from 'node:fs';
import { UnreadableFileError } from './exit-codes.ts';

/**
 * The text of a file that the command line names.
 * @param what as in "The {what} could not be read."
 * @throws UnreadableFileError
 */
export function readNamedFile(path: string, what: string, help: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UnreadableFileError(`The ${what} could not be read.`, {
      detail: cause instanceof Error ? cause.message : String(cause),
      help,
    });
  }
}

/** Babylon's parameters and finality providers, as `--babylon` names them. @throws UnreadableFileError */
export function readBabylonFile(path: string): string {
  return readNamedFile(path, 'file of Babylon’s parameters', 'Check the path after --babylon.');
}
