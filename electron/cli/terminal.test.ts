import { expect, it } from 'vitest';
import { createText } from '../../shared/text/text.ts';
import { createTerminal } from './terminal.ts';

it('writes nothing that steers the terminal, whoever it comes from', () => {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) > 0, isTTY: false };
  const terminal = createTerminal(
    { stdout: stream, stderr: stream },
    new AbortController().signal,
    Date.now,
    createText().t,
  );
  terminal.print('a label \u001b]0;owned\u0007\u001b[2Jof mine\nnext line');
  terminal.warn('a node said \u009b31m\rno');
  expect(written).toEqual(['a label ]0;owned[2Jof mine\nnext line\n', 'a node said 31mno\n']);
});
