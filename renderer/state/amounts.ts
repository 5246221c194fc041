/** Amounts in sentences and charts, covered while the user hides them. */
import { useCallback } from 'react';
import { formatValue } from '../../shared/format/numbers.ts';
import type { Unit } from '../../shared/domain/figure.ts';
import { useHideAmounts } from './settings.ts';
import { useText } from './text.ts';

export const HIDDEN_AMOUNT = '••••';

/** Shares, rates and counts say nothing about how much somebody holds. */
export function isAmountUnit(unit: Unit): boolean {
  return unit.kind === 'amount' || unit.kind === 'fiat';
}

interface FormatAmountOptions {
  readonly digits?: number | undefined;
  readonly isBare?: boolean | undefined;
}

export type FormatAmount = (value: bigint, unit: Unit, options?: FormatAmountOptions) => string;

export function useFormatAmount(): FormatAmount {
  const isHidden = useHideAmounts();
  const { locale } = useText();
  return useCallback(
    (value, unit, options = {}) =>
      isHidden && isAmountUnit(unit) ? HIDDEN_AMOUNT : formatValue(value, unit, { locale, ...options }),
    [isHidden, locale],
  );
}
