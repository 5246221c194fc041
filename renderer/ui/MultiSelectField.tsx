import { Select } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import fieldStyles from './Field.module.css';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';
import styles from './Popup.module.css';
import type { SelectOption } from './SelectField.tsx';

interface MultiSelectFieldProps<V extends string> extends FieldFrameProps {
  readonly values: readonly V[];
  readonly onChange: (values: readonly V[]) => void;
  readonly options: readonly SelectOption<V>[];
  /** What the closed field says: names, or their number. */
  readonly summary: string;
}

/** Any number of a list; the list stays open while they are picked. */
export function MultiSelectField<V extends string>(props: MultiSelectFieldProps<V>) {
  const { values, onChange, options, summary, ...frame } = props;
  return (
    <FieldFrame {...frame}>
      <Select.Root<V, true> multiple value={[...values]} onValueChange={onChange} items={options}>
        <Select.Trigger className={fieldStyles.trigger}>
          <Select.Value>{() => summary}</Select.Value>
          <Select.Icon className={fieldStyles.chevron}>
            <ChevronsUpDown size={14} strokeWidth={1.75} aria-hidden />
          </Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner
            className={styles.positioner}
            align="start"
            sideOffset={4}
            alignItemWithTrigger={false}
          >
            <Select.Popup className={styles.popup}>
              {options.map((option) => (
                <Select.Item
                  key={option.value}
                  value={option.value}
                  label={option.label}
                  className={styles.item}
                >
                  <span className={styles.check}>
                    <Select.ItemIndicator>
                      <Check size={14} aria-hidden />
                    </Select.ItemIndicator>
                  </span>
                  <span className={styles.itemText}>
                    <Select.ItemText>{option.label}</Select.ItemText>
                    {option.hint !== undefined && <span className={styles.itemHint}>{option.hint}</span>}
                  </span>
                </Select.Item>
              ))}
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </FieldFrame>
  );
}
