import { expect, it } from 'vitest';
import { redactError } from './redact.ts';

const redact = (message: string): string =>
  redactError({ code: 'bad-url', message, retryable: false }).message;

it('keeps host and port of a URL, and the full stop of its sentence', () => {
  expect(redact('It is usually http://127.0.0.1:8545.')).toBe('It is usually http://127.0.0.1:8545.');
  expect(redact('asked https://node.example/v2/KEY, twice')).toBe('asked https://node.example/…, twice');
  expect(redact('asked https://user:KEY@node.example?k=KEY.')).toBe('asked https://node.example/….');
});
