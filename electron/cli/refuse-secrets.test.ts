import { describe, expect, it } from 'vitest';
import { refuseSecretArguments } from './refuse-secrets.ts';

const phrase = [...Array.from({ length: 11 }, () => 'test'), 'junk'];
const digits = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const addresses = [1, 2, 3, 4].map((digit) => `0x${String(digit).repeat(40)}`);

describe('the command line', () => {
  it.each([
    ['without quotes', ['positions', '--address', ...phrase, '--rpc', 'http://127.0.0.1:1']],
    ['as the command', phrase],
    ['before and after the node', ['--address', ...phrase.slice(0, 5), '--rpc', 'x', ...phrase.slice(5)]],
    ['in one argument', ['positions', '--address', phrase.join(' ')]],
    ['assigned', ['positions', '--address=test', ...phrase.slice(1)]],
    ['in hex, as an option', ['positions', `--portfolio=${digits}`]],
  ])('refuses a secret %s, and names the history of the shell', (_how, argv) => {
    expect(() => {
      refuseSecretArguments(argv);
    }).toThrow(
      expect.objectContaining({
        code: 'secret-refused',
        help: expect.stringContaining('history') as string,
        message: expect.not.stringMatching(/junk|ac0974/u) as string,
      }) as Error,
    );
  });

  it.each([
    ['several addresses', ['positions', '--address', ...addresses, '--rpc', 'http://127.0.0.1:8545']],
    [
      'keys in the paths of several nodes',
      ['--rpc', `https://a.example/${digits}`, `https://b.example/${digits}`, '--address', 'a.eth'],
    ],
    ['public keys of stakers', ['babylon', '--tx', '00', '--staker', digits, digits]],
    ['a key in the path of a node', ['--address', 'a.eth', '--rpc', `https://node.example/${digits}`]],
    ['prices and files', ['report', '--sample', '--eth-usd', '3120.50', '--pdf', 'out.pdf']],
  ])('takes %s', (_what, argv) => {
    expect(() => {
      refuseSecretArguments(argv);
    }).not.toThrow();
  });
});
