import { useId, type ReactNode } from 'react';
import { joinClasses } from './classes.ts';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title?: string | undefined;
  /** One line beneath the title. */
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  /** No padding around the body, for tables. */
  readonly isFlush?: boolean | undefined;
  readonly children: ReactNode;
}

/** A sheet on the ground, bounded by a hairline. */
export function Panel({ title, hint, actions, isFlush = false, children }: PanelProps) {
  const id = useId();
  const hasHead = title !== undefined || actions !== undefined;
  return (
    <section className={styles.panel} aria-labelledby={title === undefined ? undefined : id}>
      {hasHead && (
        <header className={joinClasses(styles.head, isFlush && styles.ruled)}>
          <div>
            {title !== undefined && (
              <h2 id={id} className={styles.title}>
                {title}
              </h2>
            )}
            {hint !== undefined && <p className={styles.hint}>{hint}</p>}
          </div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      <div className={isFlush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
