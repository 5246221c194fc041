import { describe, expect, it } from 'vitest';
import type { Host, OfferedFile } from '../host.ts';
import { createTableFiles } from './table-file.ts';

function createFiles(answer: { readonly path: string | null } | 'declined') {
  const offered: OfferedFile[] = [];
  const saveFile: Host['saveFile'] = async (file) => {
    offered.push(file);
    return answer;
  };
  // as: saving asks the host for nothing else.
  const host = { saveFile } as Host;
  return { files: createTableFiles({ host: () => host, now: () => Date.UTC(2026, 0, 2) }), offered };
}

describe('a table saved as a file', () => {
  it('is CSV in which no cell starts a formula or breaks the row', async () => {
    const { files, offered } = createFiles({ path: '/tmp/a.csv' });
    const saved = await files.save(
      ['name', 'note'],
      [
        ['=1+1', 'a "b", c\nd'],
        ['@x', ''],
      ],
    );
    expect(saved).toEqual({ isSaved: true, path: '/tmp/a.csv' });
    expect(offered.map(({ name, mime }) => [name, mime])).toEqual([
      ['ballast-comparison-2026-01-02.csv', 'text/csv'],
    ]);
    const text = new TextDecoder().decode(offered[0]?.bytes);
    expect(text).toBe('name,note\r\n\'=1+1,"a ""b"", c\nd"\r\n\'@x,\r\n');
  });

  it('is not saved where the dialog was closed', async () => {
    const { files } = createFiles('declined');
    expect(await files.save(['name'], [])).toEqual({ isSaved: false, path: null });
  });

  it('refuses rows of another length than the head', async () => {
    const { files } = createFiles('declined');
    await expect(files.save(['name'], [['a', 'b']])).rejects.toMatchObject({ code: 'bad-request' });
  });
});
