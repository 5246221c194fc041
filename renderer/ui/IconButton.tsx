import { Button as BaseButton } from '@base-ui/react/button';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { joinClasses } from './classes.ts';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  /** Its name, for screen readers and on hover: an icon never stands alone. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly size?: 'md' | 'sm' | undefined;
  readonly isPressed?: boolean | undefined;
}

export function IconButton({ label, icon: Icon, size = 'md', isPressed, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <BaseButton
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={isPressed}
        className={joinClasses(styles.button, styles[size])}
      >
        <Icon size={size === 'sm' ? 14 : 16} strokeWidth={1.75} aria-hidden />
      </BaseButton>
    </Tooltip>
  );
}
