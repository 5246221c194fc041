import { Tooltip } from '@base-ui/react/tooltip';
import type { Unit } from '../../shared/domain/figure.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { HIDDEN_AMOUNT, isAmountUnit } from '../state/amounts.ts';
import { useHideAmounts } from '../state/settings.ts';
import { useText } from '../state/text.ts';
import styles from './Amount.module.css';
import { joinClasses } from './classes.ts';
import { figureTip } from './figureTip.ts';

interface AmountProps {
  readonly value: bigint;
  readonly unit: Unit;
  readonly digits?: number | undefined;
  readonly isBare?: boolean | undefined;
  readonly isEstimate?: boolean | undefined;
  /** `loss` for what is lost: told by the minus sign first. */
  readonly tone?: 'loss' | 'muted' | undefined;
  readonly isStrong?: boolean | undefined;
}

/** A number of a result (a loss, a share of a flow). What has sources of its own is a FigureValue. */
export function Amount({
  value,
  unit,
  digits,
  isBare,
  isEstimate = false,
  tone,
  isStrong = false,
}: AmountProps) {
  const { t, locale } = useText();
  const isHidden = useHideAmounts() && isAmountUnit(unit);
  const className = joinClasses(styles.amount, tone !== undefined && styles[tone], isStrong && styles.strong);
  if (isHidden) {
    return (
      <span className={className}>
        <span aria-hidden>{HIDDEN_AMOUNT}</span>
        <span className="visually-hidden">{t('shell.figure.hidden')}</span>
      </span>
    );
  }
  const text = formatValue(value, unit, { locale, digits, isBare });
  return (
    <Tooltip.Trigger
      handle={figureTip}
      payload={{ kind: 'amount', value, unit }}
      render={<span className={className} />}
    >
      {isEstimate ? `≈ ${text}` : text}
    </Tooltip.Trigger>
  );
}
