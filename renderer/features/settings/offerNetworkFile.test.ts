import { describe, expect, it } from 'vitest';
import { MAX_FILE_CHARACTERS, offerNetworkFile } from './offerNetworkFile.ts';

function makeFile(text: string, size = text.length) {
  return { name: 'mine.json', size, text: () => Promise.resolve(text) };
}

const network = { schema: 'ballast-network/1', name: 'Mine', chainId: 31337, contracts: {} };

describe('an offered network file', () => {
  it('is shown as what it holds', async () => {
    const offered = await offerNetworkFile(makeFile(JSON.stringify(network)));
    expect(offered).toMatchObject({ kind: 'network', network: { name: 'Mine', chainId: 31337 } });
  });

  it('is shown with every field at fault', async () => {
    const broken = { ...network, chainId: 'one', contracts: { weETH: '0x12', nothing: '0x34' } };
    const offered = await offerNetworkFile(makeFile(JSON.stringify(broken)));
    if (offered.kind !== 'problems') throw new Error(offered.kind);
    expect(offered.problems.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['chainId', 'contracts.weETH', 'contracts']),
    );
  });

  it('is refused where it is a keystore, and nothing of it is kept', async () => {
    const offered = await offerNetworkFile(makeFile('{"crypto":{"cipher":"aes-128-ctr","kdf":"scrypt"}}'));
    expect(offered).toEqual({ kind: 'secret', fileName: 'mine.json', secret: 'keystore-json' });
  });

  it('is not read at all where it is too large, and said to be unreadable where it is a folder', async () => {
    const unread = {
      name: 'x',
      size: MAX_FILE_CHARACTERS + 1,
      text: () => Promise.reject(new Error('was read')),
    };
    expect((await offerNetworkFile(unread)).kind).toBe('too-large');
    expect((await offerNetworkFile({ ...unread, size: 0 })).kind).toBe('unreadable');
  });
});
