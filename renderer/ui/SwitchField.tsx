import { Field } from '@base-ui/react/field';
import { Switch } from '@base-ui/react/switch';
import styles from './Field.module.css';

interface SwitchFieldProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly help?: string | undefined;
  readonly isDisabled?: boolean | undefined;
}

export function SwitchField({ label, value, onChange, help, isDisabled = false }: SwitchFieldProps) {
  return (
    <Field.Root className={styles.switchRow} disabled={isDisabled}>
      <span className={styles.field}>
        <Field.Label className={styles.label}>{label}</Field.Label>
        {help !== undefined && <Field.Description className={styles.help}>{help}</Field.Description>}
      </span>
      <Switch.Root className={styles.switch} checked={value} onCheckedChange={(next) => onChange(next)}>
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
    </Field.Root>
  );
}
