// Pictures of every page on the sample, in both themes: `node scripts/run.mjs screenshots.ts [folder]`, by default docs/images.
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type BrowserContextOptions } from 'playwright-core';
import { createDesk, PAGE_IDS } from '../e2e/support/desk.ts';
import { startProgram } from '../e2e/support/program.ts';
import { describeMissingBrowser, findBrowser } from '../electron/hosts/find-browser.ts';
import { ensureBuilt } from './build-lib.ts';
import { projectRoot } from './processes.ts';

const THEMES = ['light', 'dark'] as const;

const options: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' };

async function takePictures(folder: string): Promise<void> {
  const found = findBrowser(process.env, process.platform, existsSync);
  if (found === null) throw new Error(describeMissingBrowser(process.platform, process.env));
  mkdirSync(folder, { recursive: true });
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: found.path, args });
  const program = await startProgram();
  try {
    const page = await browser.newPage(options);
    await page.goto(program.address);
    const desk = createDesk(page);
    await desk.waitUntilShown();
    // So that the pages have a scenario to speak of.
    await desk.go('simulate');
    await desk.simulate.run.click();
    await desk.simulate.loss.first().waitFor();
    // The word that it has run goes away by itself; on a picture it would stay.
    await page.reload();
    await desk.waitUntilShown();
    for (const id of PAGE_IDS) {
      await desk.go(id);
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        await page.screenshot({ path: join(folder, `${id}-${theme}.png`), animations: 'disabled' });
      }
    }
  } finally {
    await browser.close();
    await program.dispose();
  }
}

await ensureBuilt();
await takePictures(resolve(process.argv[2] ?? join(projectRoot, 'docs', 'images')));
