import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** What to do next, in one line. */
  readonly body?: string | undefined;
  readonly action?: ReactNode;
  readonly icon?: LucideIcon | undefined;
}

export function EmptyState({ title, body, action, icon: Icon }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {Icon && <Icon size={20} strokeWidth={1.5} aria-hidden className={styles.icon} />}
      <p className={styles.title}>{title}</p>
      {body !== undefined && <p className={styles.body}>{body}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
