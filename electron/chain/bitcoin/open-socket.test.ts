import { createHash, X509Certificate } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { connect, errorOf, start, stopAfterEach, stopLater } from './testing/electrum-harness.ts';
import { TIP } from './testing/made-world.ts';
import { startScriptedServer } from './testing/scripted-server.ts';
import { startScriptedSocks } from './testing/scripted-socks.ts';
import { OTHER_TEST_CERTIFICATE, TEST_CERTIFICATE } from './testing/test-certificates.ts';

stopAfterEach();

describe('a server behind TLS', () => {
  const fingerprintOf = ({ cert }: { cert: string }): string =>
    createHash('sha256').update(new X509Certificate(cert).raw).digest('hex');
  const mine = fingerprintOf(TEST_CERTIFICATE);

  it('shows a certificate of its own, which is told once and then expected', async () => {
    const names: unknown[] = [];
    const scripted = await start({
      tls: TEST_CERTIFICATE,
      onConnect: (socket) => names.push(socket instanceof TLSSocket && socket.servername),
    });
    const url = `ssl://localhost:${scripted.port}`;
    const onCertificate = vi.fn();
    const server = await connect(scripted, { url, onCertificate });
    expect(onCertificate.mock.calls).toEqual([[mine]]);
    expect(names).toEqual(['localhost']);
    expect((await server.getTip()).height).toBe(TIP);
    onCertificate.mockClear();
    await connect(scripted, { url, onCertificate, pinned: mine });
    await connect(scripted, { url, onCertificate, pinned: mine.toUpperCase().replace(/..(?=.)/gu, '$&:') });
    expect(onCertificate).not.toHaveBeenCalled();
  });

  it('that shows another certificate is sent nothing', async () => {
    const scripted = await start({ tls: OTHER_TEST_CERTIFICATE });
    const onCertificate = vi.fn();
    const url = `ssl://localhost:${scripted.port}`;
    const error = await errorOf(connect(scripted, { url, pinned: mine, onCertificate }));
    expect(error).toMatchObject({ code: 'certificate-changed', retryable: false });
    expect(error.detail).toBe(`SHA-256 ${fingerprintOf(OTHER_TEST_CERTIFICATE)} instead of ${mine}`);
    expect(scripted.received()).toBe('');
    expect(onCertificate).not.toHaveBeenCalled();
  });

  it('is sent nothing where the certificate is turned down', async () => {
    const scripted = await start({ tls: TEST_CERTIFICATE });
    const onCertificate = (): never => {
      throw new AppError('cancelled', 'Not this one.');
    };
    const url = `ssl://localhost:${scripted.port}`;
    expect((await errorOf(connect(scripted, { url, onCertificate }))).message).toBe('Not this one.');
    expect(scripted.received()).toBe('');
  });

  describe('with a certificate that an authority vouches for', () => {
    const before = getCACertificates('default');
    const vouch = (): void => {
      setDefaultCACertificates([...before, TEST_CERTIFICATE.cert]);
      stopLater(() => setDefaultCACertificates(before));
    };

    it('is taken without being remembered', async () => {
      vouch();
      const onCertificate = vi.fn();
      const scripted = await start({ tls: TEST_CERTIFICATE });
      const server = await connect(scripted, { url: `ssl://localhost:${scripted.port}`, onCertificate });
      expect((await server.getTip()).height).toBe(TIP);
      expect(onCertificate).not.toHaveBeenCalled();
    });

    it('under another name is remembered like any other', async () => {
      vouch();
      const onCertificate = vi.fn();
      const scripted = await start({ tls: TEST_CERTIFICATE });
      const socks = await startScriptedSocks(scripted.port);
      stopLater(() => socks.stop());
      await connect(scripted, { url: 'ssl://other.example:50002', proxy: socks.address, onCertificate });
      expect(onCertificate.mock.calls).toEqual([[mine]]);
    });

    it('still has to be the one that was pinned', async () => {
      vouch();
      const scripted = await start({ tls: TEST_CERTIFICATE });
      const pinned = fingerprintOf(OTHER_TEST_CERTIFICATE);
      const error = await errorOf(connect(scripted, { url: `ssl://localhost:${scripted.port}`, pinned }));
      expect(error.code).toBe('certificate-changed');
      expect(scripted.received()).toBe('');
    });
  });

  it('is not found behind a port without TLS, nor the other way round', async () => {
    const plain = await start({ onConnect: (socket) => socket.write('hello\n') });
    const url = `ssl://localhost:${plain.port}`;
    expect(await errorOf(connect(plain, { url }))).toMatchObject({
      code: 'node-unreachable',
      help: expect.stringMatching(/50002/u) as string,
    });
    const secured = await start({ tls: TEST_CERTIFICATE });
    expect((await errorOf(connect(secured))).code).toMatch(/^node-(?:unreachable|malformed)$/u);
  });

  it('may be silent before its certificate', async () => {
    const scripted = await start({ onConnect: (socket) => socket.pause() });
    const url = `ssl://localhost:${scripted.port}`;
    expect((await errorOf(connect(scripted, { url, timeoutMs: 100 }))).code).toBe('node-timeout');
  });
});

describe('a server behind a proxy', () => {
  it('is named to the proxy, which finds out where it is', async () => {
    const scripted = await start();
    const socks = await startScriptedSocks(scripted.port);
    stopLater(() => socks.stop());
    const url = 'tcp://electrumexample.onion:50001';
    const server = await connect(scripted, { url, proxy: socks.address });
    expect((await server.getTip()).height).toBe(TIP);
    expect(socks.asked).toEqual([{ kind: 'name', host: 'electrumexample.onion', port: 50_001 }]);
  });

  it('has its certificate looked at all the same', async () => {
    const scripted = await start({ tls: OTHER_TEST_CERTIFICATE });
    const socks = await startScriptedSocks(scripted.port);
    stopLater(() => socks.stop());
    const options = { url: 'ssl://electrum.example:50002', proxy: socks.address };
    const onCertificate = vi.fn();
    expect((await (await connect(scripted, { ...options, onCertificate })).getTip()).height).toBe(TIP);
    expect(onCertificate).toHaveBeenCalledOnce();
    const before = scripted.received();
    const error = await errorOf(connect(scripted, { ...options, pinned: 'ab'.repeat(32) }));
    expect(error.code).toBe('certificate-changed');
    expect(scripted.received()).toBe(before);
  });

  it('is not reached where the proxy does not get through', async () => {
    const socks = await startScriptedSocks(1, 4);
    stopLater(() => socks.stop());
    const error = await errorOf(connect({ port: 1 }, { url: 'tcp://a.example:50001', proxy: socks.address }));
    expect(error).toMatchObject({
      code: 'node-unreachable',
      message: `The proxy ${socks.address} does not get through to a.example:50001.`,
    });
    expect(error.detail).toMatch(/HostUnreachable/u);
  });

  it('is not reached where there is no proxy, and nobody else is asked', async () => {
    const socks = await startScriptedSocks(1);
    await socks.stop();
    const scripted = await start();
    const error = await errorOf(connect(scripted, { proxy: socks.address }));
    expect(error).toMatchObject({
      code: 'node-unreachable',
      message: `The proxy ${socks.address} cannot be reached.`,
      detail: 'ECONNREFUSED',
    });
    expect(scripted.connections).toBe(0);
  });

  it('is not reached where the proxy is no proxy, or silent', async () => {
    const web = await startScriptedServer({
      answers: {},
      onConnect: (socket) => socket.end('HTTP/1.1 400\r\n\r\n'),
    });
    const silent = await startScriptedServer({ answers: {}, onConnect: (socket) => socket.pause() });
    stopLater(() => web.stop());
    stopLater(() => silent.stop());
    const url = 'tcp://a.example:50001';
    for (const { port } of [web, silent]) {
      const error = await errorOf(connect({ port: 1 }, { url, proxy: `127.0.0.1:${port}`, timeoutMs: 100 }));
      expect(error.code).toBe('node-unreachable');
      expect(error.message).toMatch(/^The proxy 127\.0\.0\.1:\d+ does not get through/u);
    }
  });

  it('with a name of Tor is not looked for without one', async () => {
    const error = await errorOf(connect({ port: 1 }, { url: 'tcp://electrumexample.onion:50001' }));
    expect(error).toMatchObject({ code: 'node-unreachable', help: expect.stringMatching(/Tor/u) as string });
  });
});
