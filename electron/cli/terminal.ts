/** What a command needs of the terminal: two streams, a clock, Ctrl+C. Results go to stdout, everything else to stderr. */
import type { Translate } from '../../shared/text/text.ts';

export interface Terminal {
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly t: Translate;
  print(text: string): void;
  warn(text: string): void;
  /** A line that replaces itself where stderr is a terminal; silent where it is a file or a pipe. */
  showProgress(stepKey: string, progress: number | null): void;
}

interface Streams {
  readonly stdout: Pick<NodeJS.WriteStream, 'write'>;
  readonly stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
}

/** Control characters steer a terminal: its title, its colours, what stands where. Ours are breaks of line only. */
const CONTROL = /(?!\n)\p{Cc}/gu;

export function createTerminal(
  streams: Streams,
  signal: AbortSignal,
  now: () => number,
  t: Translate,
): Terminal {
  let hasProgressLine = false;
  const clear = (): void => {
    if (hasProgressLine) streams.stderr.write('\r\u001B[K');
    hasProgressLine = false;
  };
  return {
    signal,
    now,
    t,
    print(text) {
      clear();
      streams.stdout.write(`${text.replace(CONTROL, '')}\n`);
    },
    warn(text) {
      clear();
      streams.stderr.write(`${text.replace(CONTROL, '')}\n`);
    },
    showProgress(stepKey, progress) {
      if (!streams.stderr.isTTY) return;
      clear();
      // Step keys are keys of the catalogue by contract; jobs carry them as plain strings.
      const step = t(stepKey as 'cli.working', { defaultValue: t('cli.working') });
      streams.stderr.write(`${step}${progress === null ? '' : ` ${String(Math.round(progress * 100))}%`}`);
      hasProgressLine = true;
    },
  };
}

/** Columns of text, padded; those named in `right` (by index) align to the right, as numbers should. */
export function formatColumns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, index) => {
          const width = widths[index] ?? 0;
          return right.has(index) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
