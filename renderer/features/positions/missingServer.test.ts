import { expect, it } from 'vitest';
import { findMissingServer } from './missingServer.ts';

const ON = { networkId: 'ethereum' };
const NODE = { rpcUrls: { ethereum: ['http://127.0.0.1'] }, bitcoinServers: {} };
const SERVER = { rpcUrls: {}, bitcoinServers: { ethereum: ['tcp://127.0.0.1:50001'] } };
const NONE = { rpcUrls: {}, bitcoinServers: {} };

it('asks for the server of the accounts there are, and for none where some of them can be read', () => {
  expect(findMissingServer(ON, [{ kind: 'evm' }], NODE)).toBeNull();
  expect(findMissingServer(ON, [{ kind: 'evm' }], SERVER)).toBe('rpcUrls');
  expect(findMissingServer(ON, [{ kind: 'bitcoin' }], NODE)).toBe('bitcoinServers');
  expect(findMissingServer(ON, [{ kind: 'bitcoin' }, { kind: 'evm' }], SERVER)).toBeNull();
  expect(findMissingServer(ON, [{ kind: 'bitcoin' }, { kind: 'evm' }], NONE)).toBe('bitcoinServers');
  expect(findMissingServer(ON, [], SERVER)).toBeNull();
  expect(findMissingServer(ON, [], NONE)).toBe('rpcUrls');
});
