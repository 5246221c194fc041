import { Field } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { joinClasses } from './classes.ts';
import styles from './Field.module.css';

export interface FieldFrameProps {
  readonly label: string;
  /** What to know before typing. */
  readonly help?: ReactNode;
  /** What is wrong with what was typed, and what to do. */
  readonly error?: string | null | undefined;
  /** The label is read out only; for a control whose place says what it is. */
  readonly isLabelHidden?: boolean | undefined;
  /** Label beside the control, for toolbars. */
  readonly isInline?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** Label, help and error around one control, tied to it for screen readers. */
export function FieldFrame(props: FieldFrameProps & { readonly children: ReactNode }) {
  const { label, help, error, isLabelHidden = false, isInline = false, isDisabled = false, children } = props;
  const hasError = typeof error === 'string' && error !== '';
  return (
    <Field.Root
      className={joinClasses(styles.field, isInline && styles.inline)}
      invalid={hasError}
      disabled={isDisabled}
    >
      <Field.Label className={isLabelHidden ? 'visually-hidden' : styles.label}>{label}</Field.Label>
      {children}
      {hasError && (
        <Field.Error className={styles.error} match>
          <CircleAlert size={12} aria-hidden />
          {error}
        </Field.Error>
      )}
      {help !== undefined && help !== null && (
        <Field.Description className={styles.help}>{help}</Field.Description>
      )}
    </Field.Root>
  );
}
