/** What the end-to-end tests stand on: the built program, a page in it, a real chain, and a node that misbehaves. */
import { test as base, expect, type Page } from '@playwright/test';
import { startAnvil, type Anvil } from '../nodes/anvil.ts';
import { deployEverything, type Deployment } from '../nodes/deployment.ts';
import { startProxy, type HostileProxy } from '../nodes/hostile.ts';
import { createDesk, type Desk } from './desk.ts';
import { startProgram, type Program } from './program.ts';
import { watchPages, type PageWatch } from './watch-page.ts';

export { expect };

export interface Chain extends Deployment {
  readonly url: string;
  readonly client: Anvil['client'];
}

interface TestFixtures {
  readonly program: Program;
  /** Fails the test where the page complained or asked anybody but the program. */
  readonly watch: PageWatch;
  /** The program's page, open on what it shows first: the sample. */
  readonly desk: Desk;
  /** A chain with every contract deployed and nobody on it; whatever a test does there is taken back after it. */
  readonly chain: Chain;
  /** In front of the chain's node. */
  readonly nodeProxy: HostileProxy;
}

interface WorkerFixtures {
  readonly deployed: Chain;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  viewport: { width: 1440, height: 900 },
  // Nothing on the page takes that long; what is not there by then is missing.
  actionTimeout: 10_000,
  // Playwright reads the fixtures a fixture needs from its first parameter's pattern; these need none.
  program: async ({}, use, testInfo) => {
    const program = await startProgram();
    await use(program);
    await program.dispose();
    const said = program.errorOutput;
    if (said !== '') await testInfo.attach('error output of the program', { body: said });
    expect.soft(said, 'the program complained').toBe('');
  },
  watch: async ({ context, program }, use) => {
    const watch = watchPages(context, () => program.origin);
    await use(watch);
    expect.soft(watch.complaints, 'the page complained').toEqual([]);
  },
  desk: async ({ page, program, watch }, use) => {
    // Named, so that it is watching before the page opens.
    expect(watch.requests).toEqual([]);
    await use(await openDesk(page, program));
  },
  deployed: [
    async ({}, use) => {
      const anvil = await startAnvil();
      const deployment = await deployEverything(anvil);
      await use({ ...deployment, url: anvil.url, client: anvil.client });
      await anvil.stop();
    },
    { scope: 'worker' },
  ],
  chain: async ({ deployed }, use) => {
    const id = await deployed.client.snapshot();
    await use(deployed);
    await deployed.client.revert({ id });
  },
  nodeProxy: async ({ chain }, use) => {
    const proxy = await startProxy(chain.url);
    await use(proxy);
    await proxy.stop();
  },
});

/** Opens the address the program has given out. Each works once. */
export async function openDesk(page: Page, program: Program): Promise<Desk> {
  await page.goto(program.address);
  const desk = createDesk(page);
  await desk.waitUntilShown();
  return desk;
}
