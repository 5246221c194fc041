import { watchedText } from '../../shared/domain/account.ts';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { makeAddress } from '../testing/made-up.ts';
import { createTestServices } from '../testing/test-services.ts';

const ADDRESS = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
/** Test vectors of BIP39 (English and Japanese) and a key of all ones: published, and nobody's. */
const SEED = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const KEY = '11'.repeat(32);

function setUp() {
  const test = createTestServices();
  const { id } = test.services.portfolios.create('Mine', 'ethereum');
  const add = (typed: string, label = '') => test.services.accounts.add(id, typed, label);
  return { ...test, id, add };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe('adding an account', () => {
  it('keeps the address in its checksummed form, however it was typed', async () => {
    const { add, services, id } = setUp();
    expect(watchedText(await add(`  ${ADDRESS.toLowerCase()}\n`, ' Vault '))).toBe(ADDRESS);
    expect(services.accounts.list(id)).toMatchObject([{ address: ADDRESS, label: 'Vault', ensName: null }]);
  });

  it.each([
    ['', 'bad-address', 'Nothing'],
    ['hello', 'bad-address', 'not an Ethereum address'],
    [`0x${'g'.repeat(40)}`, 'bad-address', 'not an Ethereum address'],
    [ADDRESS.slice(0, -1), 'bad-address', '39 characters'],
    [`${ADDRESS}00`, 'bad-address', '42 characters'],
    [ADDRESS.replace('d8dA', 'D8dA'), 'bad-checksum', 'wrong'],
    ['bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mda', 'bad-checksum', 'wrong'],
    ['tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', 'bad-address', 'testnet'],
  ])('refuses %j and says what is wrong with it', async (typed, code, message) => {
    const { add } = setUp();
    await expect(add(typed)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
      help: expect.any(String) as string,
    });
  });

  it('refuses a secret in either field first, and keeps nothing of it', async () => {
    const { add, services, id } = setUp();
    for (const [typed, label] of [
      [KEY, ''],
      [`0x${KEY}`, ''],
      [SEED, ''],
      [ADDRESS, SEED],
      [ADDRESS, `key ${KEY}`],
      ['not an address', SEED],
    ] as const) {
      const error = await add(typed, label).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'secret-refused' });
      const { message, detail, help } = error as AppError;
      expect([message, detail, help].join(' ')).not.toMatch(/winner|1111/u);
    }
    expect(services.accounts.list(id)).toEqual([]);
    expect(await codeOf(Promise.resolve().then(() => services.portfolios.rename(id, SEED)))).toBe(
      'secret-refused',
    );
  });

  it('refuses an address the portfolio has, by any spelling, and takes it in another portfolio', async () => {
    const { add, services } = setUp();
    await add(ADDRESS, 'First');
    expect(await codeOf(add(ADDRESS.toLowerCase()))).toBe('duplicate-account');
    const other = services.portfolios.create('Other', 'ethereum');
    expect(await codeOf(services.accounts.add(other.id, ADDRESS, ''))).toBe('none');
  });

  it('resolves a name on the portfolio’s node, and remembers it', async () => {
    const { add, services, chain } = setUp();
    expect(await codeOf(add('vault.eth'))).toBe('no-node');
    services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
    const asked: string[] = [];
    chain.resolveName = async ({ rpcUrl }, name) => {
      asked.push(`${rpcUrl} ${name}`);
      return makeAddress(5);
    };
    expect(await add('vault.eth')).toMatchObject({
      address: makeAddress(5),
      ensName: 'vault.eth',
      label: '',
    });
    expect(asked).toEqual(['http://127.0.0.1:8545/ vault.eth']);
    expect(await codeOf(add('https://vault.eth/'))).toBe('bad-address');
  });

  it('adds nothing where the portfolio went away while the name was looked up', async () => {
    const { add, services, chain, id } = setUp();
    services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
    chain.resolveName = async () => {
      services.portfolios.remove(id);
      return makeAddress(5);
    };
    expect(await codeOf(add('vault.eth'))).toBe('not-found');
  });

  it('takes what cannot be seen out of labels', async () => {
    const { add } = setUp();
    const { label } = await add(ADDRESS, '\u202eCold\u0000\u200b\tand\r\n  dry\u2066 e\u0301');
    expect(label).toBe('Cold and dry é');
    expect(await codeOf(add(makeAddress(3), 'x'.repeat(81)))).toBe('bad-request');
  });

  it('leaves the sample as it is', async () => {
    const { services } = setUp();
    expect(await codeOf(services.accounts.add('sample', ADDRESS, ''))).toBe('sample-is-fixed');
    for (const change of [
      () => services.accounts.rename('sample-account', 'x'),
      () => services.accounts.remove('sample-account'),
      () => services.portfolios.rename('sample', 'x'),
      () => services.portfolios.remove('sample'),
      () => services.observe.refresh('sample'),
    ]) {
      expect(change).toThrow(expect.objectContaining({ code: 'sample-is-fixed' }));
    }
    expect(() => services.accounts.rename('nobody', 'x')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });
});
