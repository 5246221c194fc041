import { describe, expect, it } from 'vitest';
import { isCertainMistake, judgeAccountText } from './judgeAccountText.ts';
import { TREASURY } from './testing/makeView.ts';

const address = '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee';

function problemOf(text: string): string | null {
  const judged = judgeAccountText(text, []);
  return judged.kind === 'problem' ? judged.problem : null;
}

describe('text typed as an account', () => {
  it('reads an address in any spelling that carries no mistake', () => {
    for (const text of [address, address.toLowerCase(), `  ${address}\n`]) {
      expect(judgeAccountText(text, [])).toEqual({ kind: 'address', address });
    }
  });

  it('catches one wrong letter by the checksum', () => {
    expect(problemOf(address.replace('Cd5f', 'cd5f'))).toBe('bad-checksum');
  });

  it('does not call a half-typed address a mistake, but one that is too long', () => {
    expect(judgeAccountText(address.slice(0, 20), [])).toMatchObject({
      problem: 'wrong-length',
      isUnfinished: true,
    });
    expect(judgeAccountText(`${address}0`, [])).toMatchObject({
      problem: 'wrong-length',
      length: 41,
      isUnfinished: false,
    });
  });

  it('leaves the button to what may be unfinished, so that pressing it gives the reason', () => {
    const isCertain = (text: string) => isCertainMistake(judgeAccountText(text, [TREASURY]), true);
    for (const text of ['', 'hello world', address.slice(0, -1), address])
      expect(isCertain(text)).toBe(false);
    for (const text of [`${address}0`, address.replace('Cd5f', 'cd5f'), TREASURY.address])
      expect(isCertain(text)).toBe(true);
    expect(isCertainMistake(judgeAccountText('vault.eth', []), false)).toBe(true);
    expect(judgeAccountText(address.slice(0, -1), [])).toMatchObject({ problem: 'wrong-length', length: 39 });
  });

  it('takes a dot for a name', () => {
    expect(judgeAccountText('vault.eth', [])).toEqual({ kind: 'name', name: 'vault.eth' });
    expect(judgeAccountText('cold.vault.example.com', [])).toMatchObject({ kind: 'name' });
    expect(problemOf('vault')).toBe('not-a-name');
  });

  it('says so where the portfolio watches it already', () => {
    const typed = TREASURY.address.toLowerCase();
    expect(judgeAccountText(typed, [TREASURY])).toEqual({ kind: 'duplicate', account: TREASURY });
  });

  it('tells a Bitcoin address from a mistake', () => {
    expect(judgeAccountText('bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', [])).toEqual({
      kind: 'bitcoin',
      form: 'address',
    });
  });

  it('recognises a secret before anything else, and keeps nothing of it', () => {
    const key = `0x4c0883a69102937d6231471b5dbb6204fe512961708279f3c2a9d7f0a1b2c3d4`;
    expect(judgeAccountText(key, [])).toEqual({ kind: 'secret', secret: 'private-key' });
    const phrase = 'abandon '.repeat(11) + 'about';
    expect(judgeAccountText(phrase, [])).toEqual({ kind: 'secret', secret: 'seed-phrase' });
  });
});
