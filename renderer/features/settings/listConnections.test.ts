import { describe, expect, it } from 'vitest';
import { hostOfUrl, listAllowedHosts } from './listConnections.ts';

const networks = [
  { id: 'ethereum', name: 'Ethereum' },
  { id: 'mine-31337', name: 'Mine' },
];

describe('allowed hosts', () => {
  it('show nothing of a URL but its host and port', () => {
    expect(hostOfUrl('https://user:pass@node.example:8545/v2/secret-key?token=abc')).toBe(
      'node.example:8545',
    );
    expect(hostOfUrl('not a url')).toBeNull();
  });

  it('are listed once, with every network that is read there', () => {
    const hosts = listAllowedHosts(
      [
        { ethereum: ['https://node.example/a', 'https://node.example/c'] },
        { 'mine-31337': ['https://node.example/b'], ethereum: ['ssl://node.example:50002'] },
      ],
      networks,
    );
    expect(hosts).toEqual([
      { host: 'node.example', networks: ['Ethereum', 'Mine'], isLocal: false },
      { host: 'node.example:50002', networks: ['Ethereum'], isLocal: false },
    ]);
  });

  it.each([
    ['http://127.0.0.1:8545', true],
    ['http://localhost:8545', true],
    ['http://[::1]:8545', true],
    ['http://127.0.0.1.example.com', false],
    ['http://localhost.example.com', false],
  ])('tell whether %s is on this machine', (url, isLocal) => {
    expect(listAllowedHosts([{ ethereum: [url] }], networks)[0]?.isLocal).toBe(isLocal);
  });

  it('keep a network that is gone by its id, so that no host goes unnamed', () => {
    expect(listAllowedHosts([{ gone: ['http://10.0.0.1'] }], networks)).toEqual([
      { host: '10.0.0.1', networks: ['gone'], isLocal: false },
    ]);
  });
});
