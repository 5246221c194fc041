/**
 * A JSON number as a bigint with `decimals`, from the shortest decimal text that means the same number: 0.1 is one
 * tenth, not the nearest binary fraction. Digits beyond are rounded half up. Null where it is not a finite number.
 */
export function numberToUnits(value: number, decimals: number): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/u.exec(String(value));
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${whole}${fraction}`);
  const shift = decimals - fraction.length + Number(exponent);
  if (shift >= 0) return signed(sign, digits * 10n ** BigInt(shift));
  const step = 10n ** BigInt(-shift);
  return signed(sign, (digits + step / 2n) / step);
}

function signed(sign: string, value: bigint): bigint {
  return sign === '-' ? -value : value;
}
