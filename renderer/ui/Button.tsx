import { Button as BaseButton } from '@base-ui/react/button';
import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { joinClasses } from './classes.ts';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  /** `primary`: the one thing a page or dialog is for. `loss`: takes something away. */
  readonly variant?: 'default' | 'primary' | 'quiet' | 'loss' | undefined;
  readonly size?: 'md' | 'sm' | undefined;
  readonly icon?: LucideIcon | undefined;
  /** At work: shows it, and cannot be pressed, but keeps the focus. */
  readonly isBusy?: boolean | undefined;
  readonly children: ReactNode;
}

export function Button({
  variant = 'default',
  size = 'md',
  icon,
  isBusy = false,
  disabled,
  children,
  ...rest
}: ButtonProps) {
  const Icon = isBusy ? LoaderCircle : icon;
  return (
    <BaseButton
      type="button"
      {...rest}
      className={joinClasses(styles.button, styles[variant], styles[size])}
      disabled={disabled === true || isBusy}
      focusableWhenDisabled={isBusy}
      aria-busy={isBusy || undefined}
    >
      {Icon && (
        <Icon size={14} strokeWidth={1.75} aria-hidden className={isBusy ? styles.turning : undefined} />
      )}
      <span>{children}</span>
    </BaseButton>
  );
}
