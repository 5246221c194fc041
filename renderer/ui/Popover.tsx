import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { joinClasses } from './classes.ts';
import styles from './Popup.module.css';

interface PopoverProps {
  /** A button. */
  readonly trigger: ReactElement;
  readonly title?: string | undefined;
  readonly align?: 'start' | 'end' | undefined;
  readonly children: ReactNode;
}

export function Popover({ trigger, title, align = 'start', children }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner className={styles.positioner} align={align} sideOffset={6}>
          <BasePopover.Popup className={joinClasses(styles.popup, styles.padded)}>
            {title !== undefined && (
              <BasePopover.Title className={styles.popupTitle}>{title}</BasePopover.Title>
            )}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
