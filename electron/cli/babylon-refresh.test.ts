import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadBabylonData, parseBabylonData } from '../chain/bitcoin/load-babylon-data.ts';
import {
  answerAsNode,
  writeParams,
  writeProvider,
  type NodeSays,
} from '../chain/bitcoin/testing/scripted-babylon.ts';
import { startScriptedEsplora, type ScriptedEsplora } from '../chain/bitcoin/testing/scripted-esplora.ts';
import { EXIT } from './exit-codes.ts';
import { runBallast } from './testing/run-ballast.ts';

const KNOWN = loadBabylonData(join(import.meta.dirname, '..', '..', 'assets'));
const HONEST: NodeSays = {
  chain: 'bbn-1',
  params: KNOWN.parameters.versions.map((version) => writeParams(KNOWN, version)),
  providers: [writeProvider('11'.repeat(32), 'A new one')],
};

let folder: string;
let server: ScriptedEsplora;
let says = HONEST;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-babylon-'));
  says = HONEST;
  server = await startScriptedEsplora({ answer: (path) => answerAsNode(says)(path) });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function refresh(...more: string[]) {
  const out = join(folder, 'babylon.json');
  const node = `http://127.0.0.1:${server.port}`;
  return runBallast(['babylon', 'refresh', '--node', node, '--out', out, ...more]);
}

it('writes what a node gives as a file, and says what is new', async () => {
  const { code, stdout } = await refresh();
  expect(stdout).toContain('1 new finality provider.');
  expect(stdout).toContain('No new version');
  expect(code).toBe(EXIT.ok);
  const data = parseBabylonData(readFileSync(join(folder, 'babylon.json'), 'utf8'), 'mainnet');
  expect(data.finalityProviders.keys.at(-1)?.name).toBe('A new one');
});

it('says so where the node contradicts the list before, and as JSON', async () => {
  says = { ...HONEST, params: HONEST.params.slice(1) };
  expect((await refresh()).stdout).toContain('The node does not have version 0.');
  const { stdout } = await refresh('--json');
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'ballast-babylon-refresh/1',
    missingVersions: [0],
    newProviders: 1,
  });
});

it('asks for the node and the file, and refuses a node of another network', async () => {
  expect(await runBallast(['babylon', 'refresh', '--out', 'x'])).toMatchObject({ code: EXIT.usage });
  says = { ...HONEST, chain: 'bbn-test-5' };
  const { code, stderr } = await refresh();
  expect(code).toBe(EXIT.node);
  expect(stderr).toContain('another Babylon network');
});
