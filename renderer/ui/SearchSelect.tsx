import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useText } from '../state/text.ts';
import fieldStyles from './Field.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import styles from './Popup.module.css';
import type { SelectFieldProps } from './SelectField.tsx';
import type { SelectOption } from './SelectPopup.tsx';

/** One of many: the list narrows while typing. */
export function SearchSelect<V extends string>(props: SelectFieldProps<V>) {
  const { value, onChange, options, placeholder, ...frame } = props;
  const { t } = useText();
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <FieldFrame {...frame}>
      <Combobox.Root<SelectOption<V>>
        items={options}
        value={chosen}
        onValueChange={(next) => {
          if (next !== null) onChange(next.value);
        }}
        itemToStringLabel={(option) => option.label}
        isItemEqualToValue={(option, current) => option.value === current.value}
        autoHighlight
      >
        <span className={fieldStyles.box}>
          <Combobox.Input className={fieldStyles.input} placeholder={placeholder} />
          <Combobox.Trigger className={fieldStyles.comboTrigger} aria-label={t('shell.select.open')}>
            <ChevronsUpDown size={14} strokeWidth={1.75} aria-hidden />
          </Combobox.Trigger>
        </span>
        <Combobox.Portal>
          <Combobox.Positioner className={styles.positioner} sideOffset={4}>
            <Combobox.Popup className={styles.popup}>
              <Combobox.Empty className={styles.nothing}>{t('shell.select.nothing')}</Combobox.Empty>
              <Combobox.List>
                {(option: SelectOption<V>) => (
                  <Combobox.Item key={option.value} value={option} className={styles.item}>
                    <span className={styles.check}>
                      <Combobox.ItemIndicator>
                        <Check size={14} aria-hidden />
                      </Combobox.ItemIndicator>
                    </span>
                    <span className={styles.itemText}>
                      {option.label}
                      {option.hint !== undefined && <span className={styles.itemHint}>{option.hint}</span>}
                    </span>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </FieldFrame>
  );
}
