import { Select } from '@base-ui/react/select';
import { ChevronsUpDown } from 'lucide-react';
import fieldStyles from './Field.module.css';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';
import { SelectPopup, type SelectOption } from './SelectPopup.tsx';

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
        <SelectPopup options={options} />
      </Select.Root>
    </FieldFrame>
  );
}
