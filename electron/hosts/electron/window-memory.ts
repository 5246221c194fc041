import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const pixel = z.int().min(-100_000).max(100_000);

const memorySchema = z.object({
  bounds: z.object({ x: pixel, y: pixel, width: pixel.min(1), height: pixel.min(1) }).nullable(),
  isMaximized: z.boolean(),
  /** Where the last file was saved. */
  saveFolder: z.string().nullable(),
});
export type WindowMemory = z.infer<typeof memorySchema>;

const NOTHING: WindowMemory = { bounds: null, isMaximized: false, saveFolder: null };

/** What a desktop program remembers of its windows: one small file, whose loss costs nothing. */
export function createWindowMemory(file: string) {
  let memory = readMemory(file);
  return {
    get: (): WindowMemory => memory,
    update(change: Partial<WindowMemory>): void {
      memory = { ...memory, ...change };
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify(memory), { mode: 0o600 });
      } catch {
        // A full or read-only disk is told where it matters: when the store is written.
      }
    },
  };
}

export type WindowMemoryFile = ReturnType<typeof createWindowMemory>;

function readMemory(file: string): WindowMemory {
  try {
    return memorySchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? NOTHING;
  } catch {
    // The first start, or a file that was cut short.
    return NOTHING;
  }
}
