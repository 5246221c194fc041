import { Tooltip } from '@base-ui/react/tooltip';
import type { KeyboardEvent } from 'react';
import type { Figure } from '../../shared/domain/figure.ts';
import { formatFigure } from '../../shared/format/numbers.ts';
import { HIDDEN_AMOUNT, isAmountUnit } from '../state/amounts.ts';
import { useInspector } from '../state/inspector.ts';
import { useHideAmounts } from '../state/settings.ts';
import { useText } from '../state/text.ts';
import { joinClasses } from './classes.ts';
import { copyText } from './copyText.ts';
import { copyFigure, explainUnknown, nameFigure } from './figureText.ts';
import { figureTip } from './figureTip.ts';
import styles from './FigureValue.module.css';
import { useIsStale } from './StaleContext.ts';

interface FigureValueProps {
  readonly figure: Figure;
  /** Decimals shown; by the unit where absent. All of them are on hover. */
  readonly digits?: number | undefined;
  /** Without the unit, where the column's head carries it. */
  readonly isBare?: boolean | undefined;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl' | undefined;
  /** Where a figure that is not known says why. */
  readonly reason?: 'inline' | 'hover' | undefined;
  /** What a press does; opens the inspector where absent. */
  readonly onOpen?: ((figure: Figure) => void) | undefined;
}

/**
 * A figure that can be picked up: pressed, it opens in the inspector; hovered, it shows every digit; with the focus on
 * it, copy takes the exact number.
 */
export function FigureValue(props: FigureValueProps) {
  const { figure, digits, isBare, size = 'md', reason = 'inline', onOpen } = props;
  const { t, tKey, locale } = useText();
  const isStale = useIsStale();
  const isHidden = useHideAmounts() && isAmountUnit(figure.unit) && figure.value !== null;
  const open = useInspector((state) => state.open);
  const isOpened = useInspector((state) => state.stack.includes(figure));

  const why = explainUnknown(figure, tKey);
  const shown = isHidden ? HIDDEN_AMOUNT : formatFigure(figure, { locale, digits, isBare });
  const spoken = isHidden ? t('shell.figure.hidden') : (shown ?? `${t('shell.figure.unknown')} ${why ?? ''}`);
  // A total is about the portfolio as a whole and has no subject.
  const name = [nameFigure(figure, tKey), figure.subject].filter(Boolean).join(', ');
  const label = `${name}: ${spoken}${isStale ? `, ${t('shell.figure.staleWord')}` : ''}`;

  const copy = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'c' || figure.value === null) return;
    event.stopPropagation();
    if (isHidden) return;
    void copyText(copyFigure(figure), { done: t('shell.copy.figure'), failed: t('shell.copy.failed') });
  };
  const button = (
    <button
      type="button"
      className={joinClasses(styles.figure, styles[size], isStale && styles.stale, isOpened && styles.opened)}
      aria-label={label}
      onClick={(event) => {
        event.stopPropagation();
        (onOpen ?? open)(figure);
      }}
      onKeyDown={copy}
    >
      {shown === null ? (
        <span className={styles.unknown}>
          {t('shell.figure.unknown')}
          {reason === 'inline' && <span className={styles.reason}> {why}</span>}
        </span>
      ) : (
        shown
      )}
    </button>
  );
  if (isHidden) return button;
  return <Tooltip.Trigger handle={figureTip} payload={{ kind: 'figure', figure, isStale }} render={button} />;
}
