import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import styles from './Popup.module.css';

interface TooltipProps {
  /** Nothing here means no tooltip. */
  readonly content: ReactNode;
  /** One element that can take the focus. */
  readonly children: ReactElement;
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
}

/** A short explanation on hover and focus. Never the only place of something that must be known. */
export function Tooltip({ content, children, side = 'bottom' }: TooltipProps) {
  if (content === null || content === undefined || content === '') return children;
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner className={styles.positioner} side={side} sideOffset={6}>
          <BaseTooltip.Popup className={styles.tooltip}>{content}</BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
