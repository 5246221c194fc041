import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { joinClasses } from './classes.ts';
import { toneIcons, type Tone } from './tone.ts';

interface BannerProps {
  readonly tone: Tone;
  readonly title?: string | undefined;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  /** Spans the frame, without corners. */
  readonly isWide?: boolean | undefined;
  /** Read out as soon as it appears. */
  readonly isUrgent?: boolean | undefined;
}

/** A line that stays until what it says is no longer so. */
export function Banner({ tone, title, actions, children, isWide = false, isUrgent = false }: BannerProps) {
  const Icon = toneIcons[tone];
  return (
    <div
      className={joinClasses(styles.banner, styles[tone], isWide && styles.wide)}
      role={isUrgent ? 'alert' : 'status'}
    >
      <Icon size={14} strokeWidth={2} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        {title !== undefined && <strong className={styles.title}>{title}</strong>} {children}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
