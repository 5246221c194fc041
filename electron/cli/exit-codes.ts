/** What the command line's exit code says. Documented in docs/cli.md and under `--help`. */
import { AppError, type ErrorCode } from '../../shared/contract/errors.ts';

export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  cannotPrint: 3,
  node: 4,
  refused: 5,
  data: 6,
  cancelled: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const NODE_CODES: readonly ErrorCode[] = [
  'no-node',
  'node-unreachable',
  'node-timeout',
  'node-rate-limited',
  'node-refused',
  'node-malformed',
  'wrong-chain',
  'certificate-changed',
  'node-behind',
  'block-changed',
  'ens-unavailable',
  'nothing-observed',
  'api-unreachable',
  'api-timeout',
  'api-rate-limited',
  'api-refused',
  'api-malformed',
];
const DATA_CODES: readonly ErrorCode[] = ['store-unreadable', 'store-newer', 'store-locked', 'write-failed'];
const PRINT_CODES: readonly ErrorCode[] = ['no-browser', 'print-failed'];

/** Thrown for a command line that does not make sense; exits with the usage code. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A file or folder the command line names that cannot be read: a matter of the disk, not of what was typed. */
export class UnreadableFileError extends AppError {
  constructor(message: string, options: { readonly detail: string; readonly help: string }) {
    super('not-found', message, options);
  }
}

export function exitCodeOf(error: AppError): ExitCode {
  return error instanceof UnreadableFileError ? EXIT.data : exitCodeOfCode(error.code);
}

function exitCodeOfCode(code: ErrorCode): ExitCode {
  if (code === 'internal') return EXIT.internal;
  if (code === 'cancelled') return EXIT.cancelled;
  if (NODE_CODES.includes(code)) return EXIT.node;
  if (DATA_CODES.includes(code)) return EXIT.data;
  if (PRINT_CODES.includes(code)) return EXIT.cannotPrint;
  return EXIT.refused;
}
