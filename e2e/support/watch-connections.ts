// Loaded into the program before it starts (`--import`): writes down every connection it tries to make and every name it
// looks up, whoever in it does so. Connections that come in are not its doing and are not written down.
import diagnostics from 'node:diagnostics_channel';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isIP, type Socket } from 'node:net';

const file = process.env['BALLAST_CONNECTIONS_FILE'] ?? '';

function note(line: string): void {
  appendFileSync(file, `${line}\n`);
}

diagnostics.subscribe('net.client.socket', (message) => {
  // The channel's documented message.
  const { socket } = message as { readonly socket: Socket };
  socket.on('connectionAttempt', (address, port) => note(`connects to ${address}:${port}`));
});

diagnostics.subscribe('udp.socket', () => note('opens a UDP socket'));

const { lookup } = dns;
dns.lookup = Object.assign((...args: Parameters<typeof lookup>) => {
  // A server that listens on an address asks for it too; that is no question to anybody.
  if (isIP(args[0]) === 0) note(`looks up ${args[0]}`);
  lookup(...args);
}, lookup);
syncBuiltinESMExports();
