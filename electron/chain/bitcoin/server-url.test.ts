import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { parseProxy, parseServerUrl, readElectrumUrl } from './server-url.ts';

function refusalOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('the address of a Bitcoin server', () => {
  it.each([
    ['tcp://umbrel.local:50001', 'tcp://umbrel.local:50001', 'umbrel.local:50001', 'electrum'],
    [' SSL://Electrum.Example:443 ', 'ssl://electrum.example:443', 'electrum.example:443', 'electrum'],
    ['tls://electrum.example', 'ssl://electrum.example:50002', 'electrum.example:50002', 'electrum'],
    ['tcp://10.0.0.2', 'tcp://10.0.0.2:50001', '10.0.0.2:50001', 'electrum'],
    ['tcp://10.0.0.2:80/', 'tcp://10.0.0.2:80', '10.0.0.2:80', 'electrum'],
    ['ssl://[::1]:50002', 'ssl://[::1]:50002', '[::1]:50002', 'electrum'],
    ['electrum.example:50002:s', 'ssl://electrum.example:50002', 'electrum.example:50002', 'electrum'],
    ['127.0.0.1:50001:T', 'tcp://127.0.0.1:50001', '127.0.0.1:50001', 'electrum'],
    ['[2001:db8::1]:50001:t', 'tcp://[2001:db8::1]:50001', '[2001:db8::1]:50001', 'electrum'],
    ['ssl://bücher.example', 'ssl://xn--bcher-kva.example:50002', 'xn--bcher-kva.example:50002', 'electrum'],
    ['https://mempool.example/api', 'https://mempool.example/api', 'mempool.example', 'esplora'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000', '127.0.0.1:3000', 'esplora'],
    ['HTTP://Node.local/key/api//#top', 'http://node.local/key/api', 'node.local', 'esplora'],
    ['https://me:pass@node.local/api', 'https://me:pass@node.local/api', 'node.local', 'esplora'],
  ] as const)('%s is %s', (text, url, endpoint, kind) => {
    expect(parseServerUrl(text)).toEqual({ url, endpoint, kind });
    expect(parseServerUrl(url)).toEqual({ url, endpoint, kind });
  });

  it.each([
    ['electrum.example', /begins with ssl/u],
    ['electrum.example:50002', /begins with ssl/u],
    ['localhost:50002:x', /begins with ssl/u],
    ['ws://electrum.example:50003', /WebSocket/u],
    ['ftp://electrum.example', /begins with ssl/u],
    ['tcp://host:0', /1 to 65535/u],
    ['tcp://host:70000', /1 to 65535/u],
    ['ssl://k3y-secret@host:50002', /nothing else/u],
    ['ssl://host:50002/k3y-secret', /nothing else/u],
    ['ssl://ho st:50002', /nothing else/u],
    ['tcp://%zz:50001', /neither a name/u],
    ['https://', /not a URL/u],
    ['https://k3y-secret%zz@host', /not a URL/u],
    ['https://host/api?key=k3y-secret', /“\?”/u],
    [`https://host/${'a'.repeat(3000)}`, /too long/u],
    ['', /begins with ssl/u],
  ])('%s is refused, with what to do and without repeating it', (text, message) => {
    const error = refusalOf(() => parseServerUrl(text));
    expect(error).toMatchObject({
      code: 'bad-url',
      help: expect.stringMatching(/ssl:\/\/host:50002/u) as string,
    });
    expect(error.message).toMatch(message);
    expect(JSON.stringify(error.toValue())).not.toContain('k3y-secret');
  });

  it('is never more than an error, whatever is typed', () => {
    const schemes = fc.constantFrom('', 'tcp://', 'ssl://', 'http://', 'https://');
    fc.assert(
      fc.property(schemes, fc.string({ unit: 'binary', maxLength: 40 }), (scheme, text) => {
        try {
          const once = parseServerUrl(`${scheme}${text}`);
          expect(parseServerUrl(once.url)).toEqual(once);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });

  it('is read back into host and port', () => {
    expect(readElectrumUrl('ssl://[::1]:50002')).toEqual({ isTls: true, host: '::1', port: 50_002 });
    expect(readElectrumUrl('tcp://node.local:80')).toEqual({ isTls: false, host: 'node.local', port: 80 });
  });
});

describe('the address of a proxy', () => {
  it('is a host and a port', () => {
    expect(parseProxy(' 127.0.0.1:9050 ')).toEqual({ host: '127.0.0.1', port: 9050 });
    expect(parseProxy('[::1]:9150')).toEqual({ host: '::1', port: 9150 });
  });

  it.each(['', '127.0.0.1', 'socks5://127.0.0.1:9050', 'user@127.0.0.1:9050', '127.0.0.1:99999'])(
    'is not %j',
    (text) => {
      expect(refusalOf(() => parseProxy(text)).code).toBe('bad-url');
    },
  );
});
