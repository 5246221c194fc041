import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createScrubber, parseRpcUrl } from './rpc-url.ts';

describe('the URL of a node', () => {
  it.each([
    ['http://127.0.0.1:8545', '127.0.0.1:8545'],
    ['  https://mainnet.example.com/v3/0123456789abcdef  ', 'mainnet.example.com'],
    ['https://user:password@node.example.com:8443/x?key=secret#frag', 'node.example.com:8443'],
    ['http://[::1]:8545/', '[::1]:8545'],
    ['HTTPS://Node.Example.COM/', 'node.example.com'],
  ])('%s is shown as %s', (text, endpoint) => {
    expect(parseRpcUrl(text).endpoint).toBe(endpoint);
  });

  it.each([
    '',
    'localhost:8545',
    'ftp://x',
    'wss://node.example.com',
    'file:///etc/passwd',
    'http://%zz:y@x/',
    'not a url',
  ])('is refused: %s', (text) => {
    expect(() => parseRpcUrl(text)).toThrow(AppError);
  });

  it('is not repeated by the error that refuses it', () => {
    try {
      parseRpcUrl('wss://node.example.com/v3/0123456789abcdef');
    } catch (error) {
      expect((error as AppError).code).toBe('bad-url');
      expect(JSON.stringify((error as AppError).toValue())).not.toContain('0123456789abcdef');
      return;
    }
    throw new Error('it was accepted');
  });
});

describe('the scrubber', () => {
  const url = 'https://user:p%40ssword@node.example.com/v3/0123456789abcdef?apikey=s3cr3tkey';
  const scrub = createScrubber(parseRpcUrl(url));

  it('leaves plain words alone', () => {
    expect(scrub('header not found (code -32000)')).toBe('header not found (code -32000)');
  });

  it('shows of any URL the host only', () => {
    expect(scrub(`URL: ${url} failed, see https://docs.example.com/errors?id=5`)).toBe(
      'URL: node.example.com failed, see docs.example.com',
    );
  });

  it.each(['0123456789abcdef', 's3cr3tkey', 'p@ssword', 'p%40ssword', btoa('user:p@ssword')])(
    'takes out %s where a node repeats it',
    (secret) => {
      expect(scrub(`invalid project id ${secret}, sorry`)).toBe('invalid project id …, sorry');
    },
  );

  it('takes out any path of a URL, in whatever text it stands', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/u);
    fc.assert(
      fc.property(
        key,
        fc.string({ maxLength: 30 }),
        fc.string({ maxLength: 30 }),
        (secret, before, after) => {
          const clean = createScrubber(parseRpcUrl(`https://node.example.com/v2/${secret}`));
          expect(clean(`${before}${secret}${after}`)).not.toContain(secret);
        },
      ),
    );
  });

  it('takes a secret out in other capitals too', () => {
    expect(scrub('no such key: S3CR3TKEY')).toBe('no such key: …');
  });

  it('lets nothing through that steers a terminal or turns a line around', () => {
    expect(scrub('\u001b]0;owned\u0007\u001b[31mbad \u202ekey\r\n')).toBe(']0;owned[31mbad key');
  });

  it('keeps an error short', () => {
    expect(scrub('x'.repeat(100_000)).length).toBeLessThan(400);
  });
});
