/** Reads a chosen file whose text is then sent whole to the main process, which takes messages of so many characters only. */

/** A little below what one message may hold (electron/dispatch.ts): a name and a choice go along. */
const MAX_CHARACTERS = 7_500_000;

export type TextFile =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: 'tooLarge' | 'unreadable' };

export async function readTextFile(file: Pick<File, 'size' | 'text'>): Promise<TextFile> {
  if (file.size > MAX_CHARACTERS) return { ok: false, problem: 'tooLarge' };
  let text: string;
  try {
    text = await file.text();
  } catch {
    // A folder, or a file that went away between choosing and reading.
    return { ok: false, problem: 'unreadable' };
  }
  // Control characters, as a file that is no text holds, take six characters each on the way.
  return JSON.stringify(text).length > MAX_CHARACTERS
    ? { ok: false, problem: 'tooLarge' }
    : { ok: true, text };
}
