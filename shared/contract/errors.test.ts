import { expect, it } from 'vitest';
import { errors } from '../text/en/errors.ts';
import { AppError, appErrorSchema, ERROR_CODES, fromErrorValue, toAppError } from './errors.ts';

it('crosses the boundary and comes back the same', () => {
  const error = new AppError('bad-url', 'Not a URL.', { detail: 'x', help: 'Type one.', retryable: true });
  const value = error.toValue();
  expect(appErrorSchema.parse(value)).toEqual(value);
  expect(fromErrorValue(value).toValue()).toEqual(value);
  const bare = new AppError('internal', 'Broken.').toValue();
  expect(bare).toEqual({ code: 'internal', message: 'Broken.', retryable: false });
});

it('turns anything thrown into an error with a code', () => {
  const own = new AppError('cancelled', 'Cancelled.');
  expect(toAppError(own)).toBe(own);
  expect(toAppError(new DOMException('stop', 'AbortError')).code).toBe('cancelled');
  expect(toAppError(new TypeError('x is undefined'))).toMatchObject({
    code: 'internal',
    detail: 'x is undefined',
  });
  expect(toAppError('text')).toMatchObject({ code: 'internal', detail: 'text' });
});

it('has a title in the catalogue for every code, and none to spare', () => {
  expect(Object.keys(errors).toSorted()).toEqual([...ERROR_CODES].toSorted());
});
