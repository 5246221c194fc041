// The victim: opens the store of argv[2] and takes steps from argv[3] on, printing the number of each once it is done.
import { writeSync } from 'node:fs';
import { openStore } from '../../electron/store/store.ts';
import { takeStep } from './store-steps.ts';

const [, , folder, from] = process.argv;
if (folder === undefined) throw new Error('usage: store-writer.ts <folder> <first step>');

const STEPS = 5000;
const store = openStore(folder);
const first = Number(from ?? 0);
writeSync(1, 'open\n');
for (let n = first; n < first + STEPS; n += 1) {
  takeStep(store, n);
  // Synchronous, so that the number is with the parent before the next step begins.
  writeSync(1, `${n}\n`);
}
