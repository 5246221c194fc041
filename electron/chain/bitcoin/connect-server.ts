/** Opens either kind of server. */
import { connectElectrum } from './electrum.ts';
import { connectEsplora } from './esplora.ts';
import type { BitcoinServer, ConnectOptions } from './server.ts';
import { parseServerUrl } from './server-url.ts';

/** @throws AppError bad-url, wrong-chain, certificate-changed, node-* */
export function connectServer(options: ConnectOptions): Promise<BitcoinServer> {
  return parseServerUrl(options.url).kind === 'electrum' ? connectElectrum(options) : connectEsplora(options);
}
