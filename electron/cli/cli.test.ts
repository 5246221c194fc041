import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAnvil, type Anvil } from '../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../e2e/nodes/deployment.ts';
import { openStore } from '../store/store.ts';
import { cliEntry, runBallast } from './testing/run-ballast.ts';

const folder = mkdtempSync(join(tmpdir(), 'ballast-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface FigureJson {
  readonly value: string | null;
  readonly reason?: { readonly code: string };
  readonly basis: { readonly kind: string };
}

interface PositionsJson {
  readonly schema: string;
  readonly positions: readonly {
    readonly instrument: { readonly symbol: string };
    readonly state: string;
    readonly amount: FigureJson;
    readonly bookEth: FigureJson;
    readonly bookUsd: FigureJson;
  }[];
  readonly totals: { readonly bookEth: FigureJson; readonly unvaluedCount: number };
}

describe('on the bundled sample', () => {
  test('positions prints a table that says that the network is invented', async () => {
    const { code, stdout, stderr } = await runBallast(['positions', '--sample']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Invented sample network/u);
    expect(stdout).toMatch(/Treasury\s+weETH\s+Held/u);
    expect(stdout).toMatch(/^Total\s+420\.\d{4} ETH/mu);
  });

  test('positions --json sums to its own total and keeps the derivation of each figure', async () => {
    const { stdout } = await runBallast(['positions', '--sample', '--json']);
    const view = JSON.parse(stdout) as PositionsJson;
    expect(view.schema).toBe('ballast-positions/1');
    const sum = view.positions.reduce((total, { bookEth }) => total + BigInt(bookEth.value ?? 0), 0n);
    expect(sum.toString()).toBe(view.totals.bookEth.value);
    expect(view.positions.every(({ bookEth }) => bookEth.basis.kind !== 'none')).toBe(true);
  });

  test('a reader that closes the pipe early is no failure', async () => {
    const child = spawn(process.execPath, [cliEntry, 'positions', '--sample', '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const { promise, resolve } = Promise.withResolvers<number | null>();
    child.on('close', resolve);
    expect({ code: await promise, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('simulate --json: losses per position and per event sum to the total', async () => {
    const { code, stdout } = await runBallast([
      ...['simulate', '--sample', '--scenario', 'operator-slash', '--operator', 'fernhollow nodes'],
      ...['--service', 'all', '--percent', '100', '--json'],
    ]);
    expect(code).toBe(0);
    const { result } = JSON.parse(stdout) as {
      result: { positions: { lossWei: string }[]; events: { lossWei: string }[]; totalLossWei: string };
    };
    const sum = (rows: readonly { lossWei: string }[]): string =>
      rows.reduce((total, row) => total + BigInt(row.lossWei), 0n).toString();
    expect(sum(result.positions)).toBe(result.totalLossWei);
    expect(sum(result.events)).toBe(result.totalLossWei);
    expect(BigInt(result.totalLossWei)).toBeGreaterThan(0n);
  });

  test('simulate takes a service named alone with the operator that allocated the most to it', async () => {
    const { code, stdout } = await runBallast([
      ...['simulate', '--sample', '--scenario', 'operator-slash', '--service', 'Greenglass Keys'],
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('Ombrelle Staking is slashed 10% of what it allocated to Greenglass Keys.');
    expect(stdout).not.toContain('Nothing was allocated there');
  });

  test('report writes CSV and JSON, and says in exit code and words where no PDF can be made', async () => {
    const pdf = join(folder, 'paper.pdf');
    const { code, stderr } = await runBallast(['report', '--sample', '--pdf', pdf], {
      ...process.env,
      BALLAST_BROWSER: join(folder, 'no-such-browser'),
    });
    expect(code).toBe(3);
    expect(stderr).toContain('No PDF');
    expect(readFileSync(join(folder, 'paper.csv'), 'utf8')).toMatch(/^account,address,/u);
    expect(JSON.parse(readFileSync(join(folder, 'paper.json'), 'utf8'))).toMatchObject({
      schema: 'ballast-report/1',
    });
  });
});

describe('on a kept portfolio', () => {
  test('--eth-usd is for the one run: the price in the data folder stays as it was', async () => {
    const dataDir = join(folder, 'kept');
    const kept = openStore(dataDir);
    kept.settings.write({ manualEthUsd: { price: 2_500_00000000n, enteredAt: 5 } });
    kept.close();
    const source = ['--portfolio', 'sample', '--data-dir', dataDir];
    const { code, stderr } = await runBallast(['positions', ...source, '--eth-usd', '3120.50']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const after = openStore(dataDir);
    expect(after.settings.read().manualEthUsd).toEqual({ price: 2_500_00000000n, enteredAt: 5 });
    after.close();
  });

  test('of two with one name, the error tells the ids, and --portfolio takes one', async () => {
    const dataDir = join(folder, 'twins');
    const kept = openStore(dataDir);
    for (const id of ['first-id', 'second-id']) {
      kept.portfolios.insert({ id, kind: 'user', name: 'Twin', networkId: 'ethereum', createdAt: 5 });
    }
    kept.close();
    const source = ['positions', '--data-dir', dataDir, '--portfolio'];
    const { code, stderr } = await runBallast([...source, 'Twin']);
    expect(code).toBe(5);
    expect(stderr).toContain('“Twin” (id first-id), “Twin” (id second-id)');
    expect(await runBallast([...source, 'second-id'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('a data folder that is not there is an error, and is not created', async () => {
    const dataDir = join(folder, 'no-such-data');
    const { code, stderr } = await runBallast(['positions', '--portfolio', 'Mine', '--data-dir', dataDir]);
    expect(code).toBe(6);
    expect(stderr).toContain('There is no such data folder.');
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe('refusals', () => {
  const holderAddress = '0x1111111111111111111111111111111111111111';
  const secret = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
  test.each([
    { args: ['positions'], code: 2, says: '--sample' },
    { args: ['positions', '--sample', '--rpc', 'http://127.0.0.1:1'], code: 2, says: '--address' },
    {
      args: ['positions', '--address', '0x00000000219ab540356cBB839Cbe05303d7705Fa'],
      code: 2,
      says: '--rpc',
    },
    { args: ['simulate', '--sample'], code: 2, says: '--scenario' },
    { args: ['simulate', '--sample', '--scenario', 'nonsense'], code: 2, says: 'operator-slash' },
    {
      args: ['simulate', '--sample', '--scenario', 'contract-failure', '--percent', '0'],
      code: 2,
      says: 'above 0',
    },
    {
      args: ['simulate', '--sample', '--scenario', 'operator-slash', '--operator', 'Nobody'],
      code: 5,
      says: 'Fernhollow Nodes',
    },
    { args: ['report', '--sample'], code: 2, says: '--pdf' },
    {
      args: ['report', '--sample', '--json', '/no/such/folder/x.json'],
      code: 6,
      says: 'could not be written',
    },
    {
      args: [
        'positions',
        '--address',
        '0x00000000219ab540356cbb839cbe05303d7705fa',
        '--rpc',
        'http://127.0.0.1:1/key',
      ],
      code: 4,
      says: '127.0.0.1:1',
    },
    { args: ['positions', '--address', secret, '--rpc', 'http://127.0.0.1:1'], code: 5, says: 'private key' },
    {
      args: [
        'positions',
        '--address',
        '0x00000000219ab540356cBB839Cbe05303d7705fA',
        '--rpc',
        'http://127.0.0.1:1',
      ],
      code: 5,
      says: 'typing error',
    },
    { args: ['nonsense'], code: 2, says: 'unknown command' },
    {
      args: ['positions', '--address', ...Array.from({ length: 11 }, () => 'test'), 'junk'],
      code: 5,
      says: 'shell’s history',
    },
    {
      args: ['positions', '--address', holderAddress, '--rpc', '127.0.0.1:8545'],
      code: 5,
      says: 'Write http:// in front of it. For a node on this machine it is usually http://127.0.0.1:8545.',
    },
    {
      args: [
        ...['positions', '--address', holderAddress, '--rpc', 'http://127.0.0.1:1'],
        ...['--network', '/no/such/network.json'],
      ],
      code: 6,
      says: 'Not found: The network file could not be read.',
    },
  ])('$args → exit $code', async ({ args, code, says }) => {
    const outcome = await runBallast(args);
    expect(outcome.code, outcome.stderr).toBe(code);
    expect(outcome.stderr).toContain(says);
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).not.toContain(secret);
    expect(outcome.stderr).not.toContain('/key');
    expect(outcome.stderr).not.toContain('junk');
  });

  test.each(['positions', 'simulate', 'report'])(
    '%s --help explains options and exit codes',
    async (command) => {
      const { code, stdout } = await runBallast([command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain('--address');
      expect(stdout).toContain('Exit codes:');
    },
  );
});

describe('on a real node', () => {
  const holder = '0x1111111111111111111111111111111111111111';
  let anvil: Anvil;
  let chain: Deployment;
  let networkFile: string;

  beforeAll(async () => {
    anvil = await startAnvil({ chainId: 31_337 });
    chain = await deployEverything(anvil);
    networkFile = join(folder, 'network.json');
    writeFileSync(networkFile, JSON.stringify(chain.networkFile));
  });
  afterAll(() => anvil.stop());

  test('reads any deployment named by a network file, to the last unit', async () => {
    await chain.setRate('weETH', (wad * 107n) / 100n);
    await chain.fund(holder, { eth: 3n * wad, weETH: 2n * wad });
    await chain.depositAndDelegate(
      holder,
      chain.strategies.beaconChainETH,
      100n * wad,
      chain.operators.first,
    );
    await chain.allocate(
      chain.operators.first,
      chain.operatorSets.first,
      chain.strategies.beaconChainETH,
      wad / 2n,
    );
    await chain.queueWithdrawal(holder, chain.strategies.beaconChainETH, 40n * wad);
    await chain.slash(chain.operators.first, chain.operatorSets.first, wad / 2n);
    const source = ['--address', holder, '--rpc', anvil.url, '--network', networkFile];
    const { code, stdout, stderr } = await runBallast(['positions', ...source, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const view = JSON.parse(stdout) as PositionsJson;
    const book = view.positions.map(({ instrument, state, bookEth }) => [
      instrument.symbol,
      state,
      bookEth.value,
    ]);
    const eth = (amount: bigint): string => amount.toString();
    expect(book).toEqual([
      ['ETH', 'held', eth(3n * wad)],
      ['weETH', 'held', eth((2n * wad * 107n) / 100n)],
      ['ETH in EigenLayer', 'delegated', eth(45n * wad)],
      ['ETH in EigenLayer', 'queued', eth(30n * wad)],
    ]);

    const simulated = await runBallast([
      ...['simulate', ...source, '--scenario', 'operator-slash', '--percent', '100', '--json'],
    ]);
    // 0.25 of 0.75 is still allocated: a third of the 45 and of the queued 30.
    expect(JSON.parse(simulated.stdout)).toMatchObject({ result: { totalLossWei: eth(25n * wad) } });
  });

  test('says that nothing can be slashed, not that no operator is seen, where one allocated nothing', async () => {
    const staker = '0x2222222222222222222222222222222222222222';
    await chain.depositAndDelegate(staker, chain.strategies.stETH, wad, chain.operators.second);
    const { code, stderr } = await runBallast([
      ...['simulate', '--address', staker, '--rpc', anvil.url, '--network', networkFile],
      ...['--scenario', 'operator-slash'],
    ]);
    expect(code).toBe(5);
    expect(stderr).toContain('has allocated anything that can be slashed');
  });

  test('refuses a bare chain that has the id of the network', async () => {
    const bare = await startAnvil({ chainId: 1 });
    try {
      const { code, stdout, stderr } = await runBallast([
        'positions',
        '--address',
        holder,
        '--rpc',
        bare.url,
      ]);
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
      expect(stderr).toMatch(/this chain does not look like .+: none of its contracts is there/u);
    } finally {
      await bare.stop();
    }
  });

  test('refuses a node on another chain', async () => {
    const { code, stderr } = await runBallast(['positions', '--address', holder, '--rpc', anvil.url]);
    expect(code).toBe(4);
    expect(stderr).toContain('31337');
  });
});
