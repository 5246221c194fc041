import { Select } from '@base-ui/react/select';
import { Check } from 'lucide-react';
import styles from './Popup.module.css';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string | undefined;
  /** In the list, but not to be chosen: the hint says why. */
  readonly isDisabled?: boolean | undefined;
}

/** The open list of a select field, for one choice or several. */
export function SelectPopup<V extends string>({ options }: { readonly options: readonly SelectOption<V>[] }) {
  return (
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
  );
}
