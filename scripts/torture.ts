// `npm run torture`: what is only sampled in `npm test`, at length. `npm run torture -- kill-store 500` runs one, longer.
import { compareLaws } from '../e2e/torture/compare-laws.ts';
import { fuzzReaders } from '../e2e/torture/fuzz-readers.ts';
import { killStore } from '../e2e/torture/kill-store.ts';

interface Torture {
  readonly rounds: number;
  /** Throws at the first loss; otherwise says what was survived. */
  readonly run: (rounds: number) => Promise<string>;
}

const tortures: Readonly<Record<string, Torture>> = {
  'kill-store': {
    rounds: 100,
    run: async (rounds) => {
      const { kills, steps } = await killStore(rounds);
      return `${kills} kills, ${steps} steps acknowledged, none lost`;
    },
  },
  'compare-laws': {
    rounds: 1000,
    run: async (rounds) => {
      const { figures, worst, beyondTwo } = compareLaws(rounds);
      const share = ((100 * beyondTwo) / figures).toFixed(1);
      return `${figures} figures, the worst ${worst.toFixed(1)} standard errors off, ${share}% beyond two (4.6% by chance)`;
    },
  },
  readers: {
    rounds: 15_000,
    run: async (rounds) => {
      const { refreshes, lies, fewestLies, errors, peakBytes } = await fuzzReaders(rounds);
      const megabytes = Math.round(peakBytes / 2 ** 20);
      return `${refreshes} refreshes on ${lies} spoiled answers, at least ${fewestLies} for each contract; ${errors} ended in an error, ${megabytes} MB more at most`;
    },
  },
};

const [only, rounds] = process.argv.slice(2);
const wanted = Object.entries(tortures).filter(([name]) => only === undefined || name === only);
if (wanted.length === 0) {
  process.stderr.write(`No such torture: ${only ?? ''}. There are: ${Object.keys(tortures).join(', ')}.\n`);
  process.exitCode = 1;
}
for (const [name, torture] of wanted) {
  const begun = performance.now();
  try {
    const outcome = await torture.run(Number(rounds ?? torture.rounds));
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    process.stdout.write(`ok   ${name}: ${outcome} (${seconds} s)\n`);
  } catch (error) {
    process.stdout.write(`FAIL ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
