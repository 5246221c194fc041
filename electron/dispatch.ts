/** The one door into the services: a method's name and encoded input in, an encoded result out. It logs nothing. */
import type { z } from 'zod';
import { decode, encode } from '../shared/contract/codec.ts';
import { AppError, toAppError } from '../shared/contract/errors.ts';
import {
  isMethodName,
  METHOD_NAMES,
  methods,
  type MethodName,
  type MethodOutput,
  type MethodParsed,
} from '../shared/contract/methods.ts';
import { redactError } from './redact.ts';

/** One function per method of the contract, no more and no fewer. */
export type Handlers = {
  readonly [M in MethodName]: (input: MethodParsed<M>) => MethodOutput<M> | Promise<MethodOutput<M>>;
};

export type Dispatch = (method: string, input: string) => Promise<string>;

/** The largest inputs are files of prices and of history; the page refuses what would not fit. */
const MAX_INPUT_LENGTH = 8_000_000;

/** Where an issue is. A key that is not a plain word may be something the user pasted, and is not repeated. */
function describePath(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => {
    const text = String(part);
    return typeof part === 'number' || /^[a-z]{1,24}$/iu.test(text) ? text : '…';
  });
  return ['input', ...parts].join('.');
}

/** Paths and kinds of the issues, never their messages: those may quote what was sent, which may be a secret. */
function createBadRequest(error: z.ZodError): AppError {
  const issues = error.issues.slice(0, 5).map(({ path, code }) => `${describePath(path)}: ${code}`);
  return new AppError('bad-request', 'The request does not have the form this method takes.', {
    detail: issues.join('; '),
  });
}

function decodeInput(text: string): unknown {
  if (text.length > MAX_INPUT_LENGTH) {
    throw new AppError('bad-request', 'The request is too large.', {
      detail: `${text.length} characters; at most ${MAX_INPUT_LENGTH}`,
    });
  }
  try {
    return decode(text);
  } catch {
    // A parser's message quotes what it could not parse.
    throw new AppError('bad-request', 'The request is not readable.');
  }
}

type Bound = (input: unknown) => Promise<unknown>;

function bind<M extends MethodName>(name: M, handlers: Handlers): Bound {
  const { input: inputSchema, output: outputSchema } = methods[name];
  return async (input) => {
    const parsed = inputSchema.safeParse(input);
    if (!parsed.success) throw createBadRequest(parsed.error);
    // The schema is the method's own, so what it gives is the handler's input; the compiler cannot follow the index.
    const output = await handlers[name](parsed.data as MethodParsed<M>);
    const checked = outputSchema.safeParse(output);
    if (checked.success) return checked.data;
    const where = checked.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`);
    throw new AppError('internal', 'Ballast made an answer that breaks its own contract.', {
      detail: `${name}: ${where.join('; ')}`,
      help: 'Nothing was lost. Please report it with the detail.',
    });
  };
}

/**
 * Runs one method by name. Never rejects: unknown methods, input of a wrong form and everything a handler throws
 * become an encoded `{ ok: false, error }`.
 */
export function createDispatch(handlers: Handlers): Dispatch {
  const bound = new Map<string, Bound>(METHOD_NAMES.map((name) => [name, bind(name, handlers)]));
  return async (method, input) => {
    try {
      const run = isMethodName(method) ? bound.get(method) : undefined;
      if (!run) throw new AppError('unknown-method', 'There is no such method.');
      return encode({ ok: true, value: await run(decodeInput(input)) });
    } catch (thrown) {
      return encode({ ok: false, error: redactError(toAppError(thrown).toValue()) });
    }
  };
}
