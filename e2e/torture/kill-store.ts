/**
 * Kills a program that writes to the store, at random moments, and checks what is left: everything it acknowledged, at
 * most the one step it was in the middle of, nothing by halves, and a database that is whole.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../electron/store/store.ts';
import { dumpStore, takeStep } from './store-steps.ts';

const LIVES = 3;
/** A start takes about this long, so that a kill after it may fall into the opening and the migration. */
const START_MS = 250;
const WRITING_MS = 400;

export interface KillTally {
  readonly kills: number;
  readonly steps: number;
}

interface Life {
  /** The last step acknowledged, or one less than the first where there was none. */
  readonly last: number;
  readonly story: string;
}

/** Lets the writer live for a while, then kills it: sometimes right away, sometimes once it writes. */
function runLife(folder: string, first: number): Promise<Life> {
  const isEarly = randomInt(4) === 0;
  const delay = randomInt(isEarly ? START_MS : WRITING_MS);
  const story = `killed ${delay} ms after its ${isEarly ? 'start' : 'first word'}, first step ${first}`;
  return new Promise((resolve, reject) => {
    const writer = join(import.meta.dirname, 'store-writer.ts');
    const child = spawn(process.execPath, [writer, folder, String(first)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let complaint = '';
    const killIn = (ms: number): void => void setTimeout(() => child.kill('SIGKILL'), ms);
    if (isEarly) killIn(delay);
    child.stdout.once('data', () => {
      if (!isEarly) killIn(delay);
    });
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== null && code !== 0) reject(new Error(`the writer failed: ${complaint}`));
      // A number without its line break may be a part of one.
      const numbers = said.slice(0, said.lastIndexOf('\n') + 1).match(/^\d+$/gmu) ?? [];
      resolve({ last: Number(numbers.at(-1) ?? first - 1), story });
    });
  });
}

function checkDatabase(folder: string, story: string): void {
  const db = new DatabaseSync(join(folder, 'ballast.db'));
  try {
    const verdicts = db
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => Object.values(row)[0]);
    const orphans = db.prepare('PRAGMA foreign_key_check').all();
    if (verdicts.length !== 1 || verdicts[0] !== 'ok' || orphans.length > 0) {
      throw new Error(
        `the database is not whole: ${verdicts.join('; ')}, ${orphans.length} orphans (${story})`,
      );
    }
  } finally {
    db.close();
  }
}

function dumpAfter(steps: number): string {
  const store = openStore(null);
  for (let n = 0; n < steps; n += 1) takeStep(store, n);
  const dump = dumpStore(store);
  store.close();
  return dump;
}

/** How many steps the store holds: those acknowledged, or one more. Anything else is a loss. */
function countSteps(folder: string, { last, story }: Life): number {
  const store = openStore(folder);
  const dump = dumpStore(store);
  store.close();
  checkDatabase(folder, story);
  for (const steps of [last + 1, last + 2]) if (dumpAfter(steps) === dump) return steps;
  throw new Error(`the store holds neither step ${last} as its last nor the one after it (${story})`);
}

/** One store, killed several times in its life. Throws where anything is lost. */
async function runRound(): Promise<KillTally> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-kill-'));
  try {
    let steps = 0;
    for (let life = 0; life < LIVES; life += 1) steps = countSteps(folder, await runLife(folder, steps));
    return { kills: LIVES, steps };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function killStore(rounds: number): Promise<KillTally> {
  let total: KillTally = { kills: 0, steps: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const { kills, steps } = await runRound();
    total = { kills: total.kills + kills, steps: total.steps + steps };
  }
  return total;
}
