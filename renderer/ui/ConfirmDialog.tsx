import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useText } from '../state/text.ts';
import { Button } from './Button.tsx';
import { joinClasses } from './classes.ts';
import styles from './Dialog.module.css';

interface ConfirmDialogProps {
  readonly title: string;
  /** What will be gone, and whether it can come back. */
  readonly body: string;
  /** The deed, as a verb: not "OK". */
  readonly confirmLabel: string;
  readonly isLoss?: boolean | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, body, confirmLabel, isLoss = false, isOpen, onClose, onConfirm } = props;
  const { t } = useText();
  return (
    <AlertDialog.Root
      open={isOpen}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.veil} />
        <AlertDialog.Popup className={joinClasses(styles.dialog, styles.sm)}>
          <header className={styles.head}>
            <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          </header>
          <div className={styles.body}>
            <AlertDialog.Description>{body}</AlertDialog.Description>
          </div>
          <footer className={styles.foot}>
            <Button onClick={onClose}>{t('shell.cancel')}</Button>
            <Button
              variant={isLoss ? 'loss' : 'primary'}
              onClick={() => {
                onConfirm();
                onClose();
              }}
            >
              {confirmLabel}
            </Button>
          </footer>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
