import { useCallback } from 'react';
import { formatEstimate, type FormatEstimate } from '../../../../shared/format/likelihood.ts';
import { HIDDEN_AMOUNT } from '../../../state/amounts.ts';
import { useHideAmounts } from '../../../state/settings.ts';
import { useText } from '../../../state/text.ts';

/** For a column whose head carries the unit. */
export function useFormatBare(): FormatEstimate {
  const isHidden = useHideAmounts();
  const { locale } = useText();
  return useCallback(
    (eth) => (isHidden ? HIDDEN_AMOUNT : formatEstimate(eth, { locale, isBare: true })),
    [isHidden, locale],
  );
}

/** Estimated amounts of ETH in sentences and drawings, covered while amounts are hidden. */
export function useFormatEstimate(): FormatEstimate {
  const isHidden = useHideAmounts();
  const { locale } = useText();
  return useCallback(
    (eth) => (isHidden ? HIDDEN_AMOUNT : formatEstimate(eth, { locale })),
    [isHidden, locale],
  );
}
