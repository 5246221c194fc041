import { Field } from '@base-ui/react/field';
import type { HTMLInputTypeAttribute, KeyboardEvent, Ref } from 'react';
import { joinClasses } from './classes.ts';
import styles from './Field.module.css';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';

export interface TextFieldProps extends FieldFrameProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly suffix?: string | undefined;
  /** For addresses and hashes. */
  readonly isMono?: boolean | undefined;
  readonly isNumber?: boolean | undefined;
  readonly isMultiline?: boolean | undefined;
  readonly type?: HTMLInputTypeAttribute | undefined;
  readonly onEnter?: (() => void) | undefined;
  readonly onBlur?: (() => void) | undefined;
  readonly hasAutoFocus?: boolean | undefined;
  readonly inputRef?: Ref<HTMLInputElement> | undefined;
  readonly maxLength?: number | undefined;
}

export function TextField(props: TextFieldProps) {
  const { value, onChange, placeholder, suffix, isMono, isNumber, isMultiline, type = 'text' } = props;
  const { onEnter, onBlur, hasAutoFocus, inputRef, maxLength, ...frame } = props;
  const hasError = typeof frame.error === 'string' && frame.error !== '';
  const finish = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || onEnter === undefined || isMultiline === true) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <FieldFrame {...pickFrame(frame)}>
      <span className={styles.box} data-invalid={hasError || undefined}>
        <Field.Control
          ref={inputRef}
          className={joinClasses(styles.input, isMono && styles.mono, isNumber && styles.number)}
          value={value}
          onValueChange={(next) => onChange(next)}
          onKeyDown={finish}
          onBlur={onBlur}
          placeholder={placeholder}
          autoFocus={hasAutoFocus}
          autoComplete="off"
          spellCheck={false}
          maxLength={maxLength}
          {...(isMultiline === true ? { render: <textarea rows={4} /> } : { type })}
          {...(isNumber === true ? { inputMode: 'decimal' as const } : {})}
        />
        {suffix !== undefined && <span className={styles.suffix}>{suffix}</span>}
      </span>
    </FieldFrame>
  );
}

function pickFrame({
  label,
  help,
  error,
  isLabelHidden,
  isInline,
  isDisabled,
}: FieldFrameProps): FieldFrameProps {
  return { label, help, error, isLabelHidden, isInline, isDisabled };
}
