import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadBundledNetworks } from '../chain/networks.ts';
import { loadIncidents } from '../incidents.ts';
import { loadCatalog } from './load-catalog.ts';

const ASSETS = join(import.meta.dirname, '..', '..', 'assets');
const incidents = loadIncidents(ASSETS);

/** A copy of the real catalogue that a test may damage. */
function copyAssets(): { readonly assets: string; readonly place: (name: string) => string } {
  const assets = mkdtempSync(join(tmpdir(), 'ballast-catalog-'));
  onTestFinished(() => rmSync(assets, { recursive: true }));
  cpSync(join(ASSETS, 'catalog'), join(assets, 'catalog'), { recursive: true });
  return { assets, place: (name) => join(assets, 'catalog', name) };
}

/** Loads a copy in which `from` stands as `to`, once, in one file. */
function loadWith(name: string, from: string, to: string): () => unknown {
  const { assets, place } = copyAssets();
  const text = readFileSync(place(name), 'utf8');
  expect(text, 'the real file has what is replaced').toContain(from);
  writeFileSync(place(name), text.replace(from, to));
  return () => loadCatalog(assets, incidents);
}

/** Contracts the network file gives a name of its own, because their protocols call them alike. */
const NAMES_OF_OTHERS: Readonly<Record<string, string>> = {
  RenzoRateProvider: 'BalancerRateProvider',
  MantleStaking: 'Staking',
  LidoWithdrawalQueue: 'WithdrawalQueue',
  RenzoWithdrawQueue: 'WithdrawQueue',
  eBTCAccountant: 'Accountant',
  EtherFiStakingManager: 'StakingManager',
  EtherFiLiquidityPool: 'LiquidityPool',
  EtherFiRestaker: 'Restaker',
  VaultSupervisor: 'VaultSupervisor (V1)',
  DelegationSupervisor: 'DelegationSupervisor (V1)',
};

describe('the bundled catalogue', () => {
  it('is whole, and has the protocols in the order of the file', () => {
    const { protocols, observations } = loadCatalog(ASSETS, incidents);
    expect(protocols.map(({ id }) => id)).toEqual([
      'eigenlayer',
      'etherfi',
      'renzo',
      'puffer',
      'kelp',
      'swell',
      'mantle',
      'lido',
      'rocketpool',
      'cbeth',
      'karak',
      'symbiotic',
      'babylon',
      'solv',
      'lombard',
      'etherfi-ebtc',
      'bedrock',
      'pumpbtc',
    ]);
    expect(observations.length).toBeGreaterThan(70);
  });

  it('agrees with the network file about every contract that both name', () => {
    const [ethereum] = loadBundledNetworks(ASSETS);
    const known = new Map(
      loadCatalog(ASSETS, incidents).protocols.flatMap(({ contracts }) =>
        contracts.map((one) => [one.address, one] as const),
      ),
    );
    // Of nobody's protocol: a helper, the name service, the price feeds, and wrapped tokens that are no protocol of the catalogue.
    const common = [
      'Multicall3',
      'ENSUniversalResolver',
      'ChainlinkETHUSD',
      'ChainlinkBTCUSD',
      'WETH',
      'WBTC',
      'cbBTC',
    ];
    const shared = Object.entries(ethereum?.network.contracts ?? {}).filter(
      ([name]) => !common.includes(name),
    );
    expect(shared.length).toBeGreaterThan(10);
    for (const [name, entry] of shared) {
      expect(known.get(entry.address), name).toMatchObject({ chain: 'ethereum', status: entry.certainty });
      const ours = NAMES_OF_OTHERS[name] ?? name;
      expect(known.get(entry.address)?.name).toBe(ours);
    }
  });
});

describe('a damaged catalogue', () => {
  it.each(['catalog.json', 'observations.json', join('protocols', 'kelp.json')])(
    'is named as damage of the installation, with the file: %s',
    (name) => {
      const { assets, place } = copyAssets();
      for (const content of ['{', '{"schema":"other"}', null]) {
        if (content === null) rmSync(place(name));
        else writeFileSync(place(name), content);
        expect(() => loadCatalog(assets, incidents)).toThrow(
          expect.objectContaining({ code: 'internal', detail: expect.stringContaining(name) as string }),
        );
      }
    },
  );

  it.each([
    ['a source that is not there', 'protocols/kelp.json', '"aave-rseth24"', '"nowhere"', 'no source nowhere'],
    [
      'a replay that is not there',
      'protocols/kelp.json',
      '"kelp-bridge-2026-04"',
      '"never"',
      'incident never',
    ],
    ['a protocol that is another', 'protocols/kelp.json', '"id": "kelp"', '"id": "help"', 'it is help'],
    ['a protocol without a file', 'catalog.json', '"kelp",', '"kelp", "nobody",', 'nobody.json'],
    ['a protocol twice', 'catalog.json', '"kelp",', '"kelp", "kelp",', 'kelp stands there twice'],
    [
      'an observed stranger',
      'observations.json',
      '"protocol": "kelp"',
      '"protocol": "help"',
      'protocol help',
    ],
    ['an observed product', 'observations.json', '"product": "rsETH"', '"product": "rzETH"', 'product rzETH'],
    ['a pool of a product', 'protocols/kelp.json', '"product": "rsETH"', '"product": "x"', 'llama names x'],
    ['an address with a wrong letter', 'protocols/kelp.json', '0xA1290d69', '0xa1290d69', 'bad-checksum'],
    ['a month that is none', 'protocols/kelp.json', '"2026-04-18"', '"2026-13-18"', 'incidents[0].date'],
    ['a key of nobody', 'protocols/kelp.json', '"issuer":', '"trust": 1, "issuer":', 'trust'],
    ['an imitated host', 'protocols/puffer.json', 'Puffer Finance', 'www.Puffer-Finance.com', 'imitates'],
  ])('is refused: %s', (_, name, from, to, detail) => {
    expect(loadWith(name, from, to)).toThrow(
      expect.objectContaining({ code: 'internal', detail: expect.stringContaining(detail) as string }),
    );
  });

  it('is not what an address is that only ends like an imitator', () => {
    expect(loadWith('protocols/puffer.json', 'Puffer Finance', 'not-puffer-finance.company')).not.toThrow();
  });
});
