import { describe, expect, it } from 'vitest';
import { readTextFile } from './readTextFile.ts';

function makeFile(text: string) {
  return new Blob([text]);
}

describe('a chosen file', () => {
  it('is read as it is', async () => {
    expect(await readTextFile(makeFile('date,price\r\n'))).toEqual({ ok: true, text: 'date,price\r\n' });
  });

  it('is refused where it is too large for one message, before it is read', async () => {
    const file = { size: 7_500_001, text: () => Promise.reject(new Error('read')) };
    expect(await readTextFile(file)).toEqual({ ok: false, problem: 'tooLarge' });
  });

  it('is refused where it becomes too large on the way, as a file that is no text does', async () => {
    const file = makeFile('\u0001'.repeat(2_000_000));
    expect(await readTextFile(file)).toEqual({ ok: false, problem: 'tooLarge' });
  });

  it('may be a folder', async () => {
    const file = { size: 0, text: () => Promise.reject(new Error('a folder')) };
    expect(await readTextFile(file)).toEqual({ ok: false, problem: 'unreadable' });
  });
});
