import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'ballast-engine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scripts = [
  ...readFileSync(join(root, 'docs', 'engine.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g),
].map(([, code = '']) => code);

/** Runs a script of the documentation as a reader would, only from another folder. */
function run(code: string): string {
  const file = join(folder, `script-${scripts.indexOf(code)}.ts`);
  writeFileSync(file, code.replaceAll("'./electron/", `'${pathToFileURL(root).href}/electron/`));
  return execFileSync(process.execPath, [file], { encoding: 'utf8' });
}

describe('the engine as it stands', () => {
  it('is called by scripts of a few lines, as documented', () => {
    const [slashing, losses, security] = scripts.map(run);
    // 7,812,500 + 90,336 + 56,852,480 gwei, as the consensus specification gives.
    expect(slashing).toContain('initialPenalty: 7812500n');
    expect(slashing).toContain('correlationPenalty: 90336n');
    expect(losses).toContain('expectedShortfall');
    expect(security).toContain("kind: 'attack'");
  });
});
