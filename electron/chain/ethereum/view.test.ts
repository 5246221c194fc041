import fc from 'fast-check';
import { encodeAbiParameters, parseAbiParameters, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { defineView, settle, withCheck, type Call } from './view.ts';

const target = { contract: 'Test', address: toEvmAddress('0x00000000000000000000000000000000000000aa') };
const balanceOf = defineView('function balanceOf(address account) view returns (uint256)');
const magnitude = defineView('function magnitude() view returns (uint64)');
const owner = defineView('function owner() view returns (address)');
const lists = defineView('function lists(address staker) view returns (address[] a, uint256[] b)');

const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`;

function codeOf<T>(call: Call<T>, data: Hex): string {
  const outcome = settle(call, { kind: 'returned', data });
  return outcome.ok ? 'ok' : outcome.code;
}

describe('a view', () => {
  it('says what it asks as a person would write it', () => {
    const set = defineView(
      'function isSlashable(address operator, (address avs, uint32 id) set) view returns (bool)',
    );
    const avs = '0x0000000000000000000000000000000000000012';
    expect(set(target, target.address, { avs, id: 3 }).call).toBe(
      `isSlashable(${target.address}, (${avs}, 3))`,
    );
  });

  it('decodes what it declares', () => {
    const outcome = settle(balanceOf(target, target.address), { kind: 'returned', data: word(7n) });
    expect(outcome).toEqual({
      ok: true,
      value: 7n,
      contract: 'Test',
      address: target.address,
      call: `balanceOf(${target.address})`,
    });
  });

  it('takes no bytes, too few and dirty ones for malformed', () => {
    expect(codeOf(balanceOf(target, target.address), '0x')).toBe('malformed');
    expect(codeOf(balanceOf(target, target.address), '0x01')).toBe('malformed');
    expect(codeOf(magnitude(target), word(2n ** 64n))).toBe('malformed');
    expect(codeOf(owner(target), word(2n ** 160n + 5n))).toBe('malformed');
    expect(codeOf(magnitude(target), word(2n ** 64n - 1n))).toBe('ok');
  });

  it('never throws and never makes a value of random bytes that do not encode one', () => {
    const parameters = parseAbiParameters('address[] a, uint256[] b');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const data: Hex = `0x${Buffer.from(bytes).toString('hex')}`;
        const outcome = settle(lists(target, target.address), { kind: 'returned', data });
        if (outcome.ok) expect(data.startsWith(encodeAbiParameters(parameters, outcome.value))).toBe(true);
        else expect(outcome.code).toBe('malformed');
      }),
    );
  });

  it('refuses a list that claims to be longer than the answer', () => {
    const head = `${word(64n)}${word(128n).slice(2)}`;
    const huge = `${head}${word(2n ** 32n).slice(2)}${'00'.repeat(64)}` as Hex;
    expect(codeOf(lists(target, target.address), huge)).toBe('malformed');
  });

  it('calls a value absurd that its check does not allow', () => {
    const rate = withCheck(balanceOf(target, target.address), (value) =>
      value === 0n ? 'a rate of zero' : null,
    );
    expect(codeOf(rate, word(0n))).toBe('absurd');
    expect(codeOf(rate, word(1n))).toBe('ok');
  });

  it('tells why a call reverted', () => {
    const detailOf = (data: Hex): string => {
      const outcome = settle(owner(target), { kind: 'reverted', data });
      return outcome.ok ? '' : `${outcome.code}: ${outcome.detail}`;
    };
    expect(detailOf('0x')).toBe('reverted: reverted without a reason');
    const reason = encodeAbiParameters([{ type: 'string' }], ['paused']);
    expect(detailOf(`0x08c379a0${reason.slice(2)}`)).toBe('reverted: reverted: paused');
    expect(detailOf(`0x4e487b71${word(0x11n).slice(2)}`)).toBe('reverted: panic 0x11');
    expect(detailOf('0x12345678')).toBe('reverted: reverted with error 0x12345678');
    expect(detailOf('0x08c379a0ff')).toBe('reverted: reverted with an unreadable reason');
    expect(detailOf('0x4e487b71')).toBe('reverted: panic 0x0');
  });
});
