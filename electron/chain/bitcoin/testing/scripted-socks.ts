/** A hand-made SOCKS5 proxy (RFC 1928, no authentication, CONNECT) that leads every name to one port of this machine. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface ScriptedSocks {
  /** `host:port`. */
  readonly address: string;
  /** Names and ports it was asked for; `ip` where it was asked for an address. */
  readonly asked: readonly { readonly kind: 'name' | 'ip'; readonly host: string; readonly port: number }[];
  stop(): Promise<void>;
}

/** @param reply 0 lets through; others are refusals (RFC 1928, 6), for example 4: host unreachable */
export async function startScriptedSocks(targetPort: number, reply = 0): Promise<ScriptedSocks> {
  const asked: { kind: 'name' | 'ip'; host: string; port: number }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.once('data', (request) => {
        const isName = request[3] === 3;
        const end = isName ? 5 + request.readUInt8(4) : 8;
        const host = isName ? request.toString('latin1', 5, end) : [...request.subarray(4, 8)].join('.');
        asked.push({ kind: isName ? 'name' : 'ip', host, port: request.readUInt16BE(end) });
        socket.write(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
        if (reply !== 0) return;
        const target = connect(targetPort, '127.0.0.1');
        sockets.add(target);
        target.on('error', () => undefined);
        socket.pipe(target).pipe(socket);
      });
      socket.write(Buffer.from([5, 0]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // as: a listening TCP server's address is an object.
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
