/** How long the page works at a table of 500 protocols, beside the same rows written anew as plain HTML. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { describeMissingBrowser, findBrowser } from '../../../electron/hosts/find-browser.ts';
import { createDesk } from '../../support/desk.ts';
import { measureWork, multiplyCatalog, type MeasuredWork } from '../../support/multiply-catalog.ts';
import { startProgram } from '../../support/program.ts';
import type { Pair } from './measure-pairs.ts';

const PROTOCOLS = 500;
/** At sixty pictures a second. */
const FRAME_MS = 1000 / 60;

/** The built program is needed. @throws Error where no browser is installed */
export async function measureTable(repetitions: number): Promise<Pair[]> {
  const found = findBrowser(process.env, process.platform, existsSync);
  if (found === null) throw new Error(describeMissingBrowser(process.platform, process.env));
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: found.path, args });
  const program = await startProgram();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    await multiplyCatalog(page, PROTOCOLS);
    await page.goto(program.address);
    const desk = createDesk(page);
    await desk.waitUntilShown();
    await desk.go('compare');
    await desk.compare.table.waitFor();
    const measure = async (kind: MeasuredWork): Promise<readonly number[]> => {
      const times: number[] = [];
      for (let round = 0; round < repetitions; round++) times.push(await measureWork(page, kind));
      return times;
    };
    const pairs: Pair[] = [];
    for (const kind of ['sort', 'filter'] as const) {
      pairs.push({
        name: `${kind} ${PROTOCOLS} protocols`,
        baseline: 'the same rows as plain HTML',
        times: await measure(kind),
        baselineTimes: await measure('rewrite'),
        wanted: Number(FRAME_MS.toFixed(1)),
      });
    }
    return pairs;
  } finally {
    await browser.close();
    await program.dispose();
  }
}
