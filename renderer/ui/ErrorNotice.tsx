import { RotateCw } from 'lucide-react';
import { fromErrorValue, type AppError, type AppErrorValue } from '../../shared/contract/errors.ts';
import { useText } from '../state/text.ts';
import { Banner } from './Banner.tsx';
import { Button } from './Button.tsx';
import styles from './ErrorNotice.module.css';

interface ErrorNoticeProps {
  readonly error: AppError | AppErrorValue;
  /** Offered where the same may succeed later. */
  readonly onRetry?: (() => void) | undefined;
  /** `caution` where what is shown still holds. */
  readonly tone?: 'loss' | 'caution' | undefined;
  /** What still holds in spite of it. */
  readonly kept?: string | undefined;
}

/** What went wrong, what to do about it, and the detail for somebody who looks closer. */
export function ErrorNotice({ error: given, onRetry, tone = 'loss', kept }: ErrorNoticeProps) {
  const { t } = useText();
  const error = given instanceof Error ? given : fromErrorValue(given);
  const retry =
    onRetry !== undefined && error.retryable ? (
      <Button size="sm" icon={RotateCw} onClick={onRetry}>
        {t('shell.error.retry')}
      </Button>
    ) : undefined;
  return (
    <Banner tone={tone} title={`${t(`error.${error.code}`)}.`} actions={retry} isUrgent>
      {error.message}
      {error.help !== undefined && <span className={styles.help}>{error.help}</span>}
      {kept !== undefined && <span className={styles.help}>{kept}</span>}
      {error.detail !== undefined && (
        <details className={styles.details}>
          <summary className={styles.summary}>{t('shell.error.detail')}</summary>
          <pre className={styles.detail}>{error.detail}</pre>
        </details>
      )}
    </Banner>
  );
}
