import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../state/text.ts';
import { joinClasses } from './classes.ts';
import styles from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** One line under the title. */
  readonly lead?: string | undefined;
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode;
  /** `sheet`: from the right edge, full height. */
  readonly size?: 'sm' | 'md' | 'lg' | 'sheet' | undefined;
  readonly children: ReactNode;
}

export function Dialog({ title, isOpen, onClose, lead, actions, size = 'sm', children }: DialogProps) {
  const { t } = useText();
  return (
    <BaseDialog.Root
      open={isOpen}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.veil} />
        <BaseDialog.Popup className={joinClasses(styles.dialog, styles[size])}>
          <header className={styles.head}>
            <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
            <BaseDialog.Close className={styles.close} aria-label={t('shell.close')}>
              <X size={16} strokeWidth={1.75} aria-hidden />
            </BaseDialog.Close>
          </header>
          {lead !== undefined && (
            <BaseDialog.Description className={styles.lead}>{lead}</BaseDialog.Description>
          )}
          <div className={styles.body}>{children}</div>
          {actions !== undefined && <footer className={styles.foot}>{actions}</footer>}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
