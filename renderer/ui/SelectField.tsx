import { Select } from '@base-ui/react/select';
import { ChevronsUpDown } from 'lucide-react';
import fieldStyles from './Field.module.css';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';
import { SelectPopup, type SelectOption } from './SelectPopup.tsx';

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
        <SelectPopup options={options} />
      </Select.Root>
    </FieldFrame>
  );
}
