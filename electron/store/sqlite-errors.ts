/** SQLite's result codes as errors with a way out. Codes: https://sqlite.org/rescode.html */
import { AppError, type ErrorCode } from '../../shared/contract/errors.ts';

const LOCKED = [5, 6];
const DAMAGED = [11, 26];
const NOT_WRITABLE = [8, 10, 13, 14];

interface SqliteError extends Error {
  readonly errcode: number;
}

function isSqliteError(thrown: unknown): thrown is SqliteError {
  return thrown instanceof Error && 'errcode' in thrown && typeof thrown.errcode === 'number';
}

function isFileError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown;
}

interface Story {
  readonly code: ErrorCode;
  readonly message: string;
  readonly help: string;
  readonly retryable: boolean;
}

const STORIES = {
  locked: {
    code: 'store-locked',
    message: 'Another Ballast is using this data folder.',
    help: 'Close the other one, or start this one with a data folder of its own.',
    retryable: true,
  },
  damaged: {
    code: 'store-unreadable',
    message: 'The data file is damaged or is not one of Ballast’s.',
    help: 'Ballast left it as it is. Put a copy from a backup in its place, or move the file away to begin anew.',
    retryable: false,
  },
  notOpened: {
    code: 'store-unreadable',
    message: 'The data folder cannot be opened.',
    help: 'Check that the folder exists, that you may write in it and that its disk is not full.',
    retryable: true,
  },
  notWritten: {
    code: 'write-failed',
    message: 'The change could not be written to the data folder.',
    help: 'Nothing was changed. Check that its disk is not full and that you may write there, then try again.',
    retryable: true,
  },
} as const satisfies Record<string, Story>;

function tell(story: Story, cause: Error): AppError {
  const { code, message, help, retryable } = story;
  return new AppError(code, message, { detail: cause.message, help, retryable, cause });
}

/** What SQLite or the file system threw, as an AppError where the user can do something about it. */
export function translateStoreError(thrown: unknown, when: 'opening' | 'working'): unknown {
  const notWritable = when === 'opening' ? STORIES.notOpened : STORIES.notWritten;
  if (isSqliteError(thrown)) {
    // The primary code is the low byte of an extended one.
    const primary = thrown.errcode & 0xff;
    if (LOCKED.includes(primary)) return tell(STORIES.locked, thrown);
    if (DAMAGED.includes(primary)) return tell(STORIES.damaged, thrown);
    if (NOT_WRITABLE.includes(primary)) return tell(notWritable, thrown);
  }
  return isFileError(thrown) ? tell(notWritable, thrown) : thrown;
}

/** A file that opens as a database but does not hold what it should. */
export function createDamageError(detail: string, cause?: unknown): AppError {
  const { code, message, help, retryable } = STORIES.damaged;
  return new AppError(code, message, { detail, help, retryable, cause });
}
