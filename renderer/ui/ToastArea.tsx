import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useText } from '../state/text.ts';
import { Button } from './Button.tsx';
import { joinClasses } from './classes.ts';
import styles from './ToastArea.module.css';
import { toastManager, type ToastData } from './toast.ts';
import { toneIcons } from './tone.ts';

/** Where toasts appear. Mounted once, by the shell. */
export function ToastArea() {
  return (
    <Toast.Provider toastManager={toastManager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className={styles.area}>
          <ToastItems />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastItems() {
  const { toasts, close } = Toast.useToastManager<ToastData>();
  const { t } = useText();
  return toasts.map((item) => {
    const { tone, action } = item.data ?? {};
    const Icon = tone === undefined ? undefined : toneIcons[tone];
    return (
      <Toast.Root
        key={item.id}
        toast={item}
        swipeDirection="right"
        className={joinClasses(styles.toast, tone !== undefined && styles[tone])}
      >
        <Toast.Content className={styles.content}>
          {Icon && <Icon size={14} strokeWidth={2} aria-hidden className={styles.icon} />}
          <div className={styles.text}>
            <Toast.Title className={styles.title} />
            <Toast.Description className={styles.body} />
          </div>
          {action !== undefined && (
            <Button
              size="sm"
              onClick={() => {
                close(item.id);
                void action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <Toast.Close className={styles.close} aria-label={t('shell.close')}>
            <X size={14} strokeWidth={1.75} aria-hidden />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}
