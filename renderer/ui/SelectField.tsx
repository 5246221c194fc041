import { Select } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import fieldStyles from './Field.module.css';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';
import styles from './Popup.module.css';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string | undefined;
  /** In the list, but not to be chosen: the hint says why. */
  readonly isDisabled?: boolean | undefined;
}

export interface SelectFieldProps<V extends string> extends FieldFrameProps {
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly options: readonly SelectOption<V>[];
  readonly placeholder?: string | undefined;
}

/** One of a few. For many, SearchSelect; for two to four that should be in view, Segmented. */
export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  const { value, onChange, options, placeholder, ...frame } = props;
  return (
    <FieldFrame {...frame}>
      <Select.Root<V>
        value={value}
        onValueChange={(next) => {
          if (next !== null) onChange(next);
        }}
        items={options}
      >
        <Select.Trigger className={fieldStyles.trigger}>
          <Select.Value placeholder={placeholder} />
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
                  disabled={option.isDisabled === true}
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
