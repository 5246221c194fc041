import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec.ts';

const key = fc.oneof(
  fc.string(),
  fc.constantFrom('$bigint', '$bytes', '$value', '__proto__', 'constructor', 'toString'),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.bigInt(),
      fc.uint8Array(),
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('tree')),
    fc
      .array(fc.tuple(key, tie('tree')))
      // fromEntries defines properties, so that a key __proto__ is one.
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

it('gives any tree back as it was, also where it looks like one of the tags', () => {
  fc.assert(
    fc.property(tree, (value) => {
      expect(decode(encode(value))).toEqual(value);
    }),
    { numRuns: 1000 },
  );
});

it('keeps amounts and bytes that JSON cannot', () => {
  const value = {
    wei: -(10n ** 30n),
    bytes: Uint8Array.from([0, 255]),
    nested: [{ $bigint: '5' }, { $bytes: 1n }],
  };
  expect(decode(encode(value))).toEqual(value);
  expect(encode(1n)).toBe('{"$bigint":"1"}');
});

it('leaves out what is undefined, as JSON does', () => {
  expect(encode({ a: undefined, b: 1 })).toBe('{"b":1}');
  expect(encode(undefined)).toBe('null');
});

describe('decoding', () => {
  it('makes a property of a key named __proto__, never a prototype', () => {
    const value = decode('{"__proto__":{"isAdmin":true}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect((value as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(encode(value)).toBe('{"__proto__":{"isAdmin":true}}');
  });

  it('throws SyntaxError on anything encode never makes', () => {
    for (const text of [
      '',
      '{',
      '{"$bigint":"1.5"}',
      '{"$bigint":"0x10"}',
      '{"$bigint":1}',
      '{"$bytes":"*"}',
      '{"$bytes":[1]}',
      '{"$value":1}',
    ]) {
      expect(() => decode(text), text).toThrow(SyntaxError);
    }
  });
});
