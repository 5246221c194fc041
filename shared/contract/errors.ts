/**
 * Errors are values. Every code is listed here, translated in the message catalogue (`error.<code>`), and documented
 * in docs/errors.md.
 */
import { z } from 'zod';

export const ERROR_CODES = [
  'unknown-method',
  'bad-request',
  'foreign-sender',
  'secret-refused',
  'bad-address',
  'bad-checksum',
  'duplicate-account',
  'bad-url',
  'bad-network-file',
  'bad-price',
  'not-found',
  'sample-is-fixed',
  'no-node',
  'node-unreachable',
  'node-timeout',
  'node-rate-limited',
  'node-refused',
  'node-malformed',
  'wrong-chain',
  'certificate-changed',
  'block-changed',
  'node-behind',
  'ens-not-found',
  'ens-unavailable',
  'host-not-allowed',
  'api-unreachable',
  'api-timeout',
  'api-rate-limited',
  'api-refused',
  'api-malformed',
  'bad-transaction',
  'bad-babylon-file',
  'bad-price-file',
  'bad-history-file',
  'nothing-observed',
  'scenario-invalid',
  'no-browser',
  'print-failed',
  'write-failed',
  'store-unreadable',
  'store-newer',
  'store-locked',
  'cancelled',
  'disconnected',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const appErrorSchema = z.object({
  code: z.enum(ERROR_CODES),
  /** One plain sentence, without secrets and without the path or query of any URL. */
  message: z.string(),
  /** What exactly was seen, for somebody who looks closer. */
  detail: z.string().optional(),
  /** What to do about it. */
  help: z.string().optional(),
  /** Whether the same call may succeed later with nothing changed. */
  retryable: z.boolean(),
});
export type AppErrorValue = z.infer<typeof appErrorSchema>;

interface AppErrorOptions {
  readonly detail?: string;
  readonly help?: string;
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** The one exception the program throws on purpose. It crosses the boundary as {@link AppErrorValue}. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly help: string | undefined;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
    this.help = options.help;
    this.retryable = options.retryable ?? false;
  }

  toValue(): AppErrorValue {
    return {
      code: this.code,
      message: this.message,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.help === undefined ? {} : { help: this.help }),
      retryable: this.retryable,
    };
  }
}

/** Any thrown thing as an AppError. What was not thrown on purpose becomes `internal`, with its own message as detail. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new AppError('cancelled', 'Cancelled.', { cause: thrown, retryable: true });
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('internal', 'Something went wrong inside Ballast.', {
    detail,
    help: 'Nothing was lost. If it happens again, please report it with the detail.',
    cause: thrown,
  });
}

/** The other way: an error value received from the main process, to be thrown in the page. */
export function fromErrorValue(value: AppErrorValue): AppError {
  return new AppError(value.code, value.message, {
    ...(value.detail === undefined ? {} : { detail: value.detail }),
    ...(value.help === undefined ? {} : { help: value.help }),
    retryable: value.retryable,
  });
}
