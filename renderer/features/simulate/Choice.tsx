import { useText } from '../../state/text.ts';
import { MultiSelectField } from '../../ui/MultiSelectField.tsx';
import { SearchSelect } from '../../ui/SearchSelect.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import type { SelectOption } from '../../ui/SelectPopup.tsx';
import styles from './Choice.module.css';

/** Above this many choices the list can be searched. */
const MOST_LISTED = 12;

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V | null;
  readonly options: readonly SelectOption<V>[];
  readonly onChoose: (value: V) => void;
}

/** One of several, in the line of a sentence. */
export function Choice<V extends string>({ label, value, options, onChoose }: ChoiceProps<V>) {
  const { t } = useText();
  const isLong = options.length > MOST_LISTED;
  const Field = isLong ? SearchSelect<V> : SelectField<V>;
  return (
    <span className={isLong ? styles.longChoice : styles.choice}>
      <Field
        label={label}
        isLabelHidden
        value={value}
        options={options}
        onChange={onChoose}
        placeholder={t('simulate.edit.choose')}
      />
    </span>
  );
}

interface ChoicesProps<V extends string> {
  readonly label: string;
  readonly values: readonly V[];
  readonly options: readonly SelectOption<V>[];
  readonly onChoose: (values: readonly V[]) => void;
}

/** Any number of several, in the line of a sentence: the name of one, the number of more. */
export function Choices<V extends string>({ label, values, options, onChoose }: ChoicesProps<V>) {
  const { t } = useText();
  const [first] = values;
  const named = options.find(({ value }) => value === first)?.label ?? first;
  const count = values.length - 1;
  const summary =
    named === undefined
      ? t('simulate.edit.choose')
      : count === 0
        ? named
        : t('simulate.edit.andMore', { name: named, count });
  return (
    <span className={styles.choice}>
      <MultiSelectField
        label={label}
        isLabelHidden
        values={values}
        options={options}
        onChange={onChoose}
        summary={summary}
      />
    </span>
  );
}

/** What is chosen stays in the list even where a refresh has taken it away, so that the sentence still says it. */
export function keepChosen<V extends string>(
  options: readonly SelectOption<V>[],
  chosen: readonly V[],
  makeOption: (value: V) => SelectOption<V>,
): readonly SelectOption<V>[] {
  const gone = chosen.filter((value) => !options.some((option) => option.value === value));
  return gone.length === 0 ? options : [...options, ...gone.map(makeOption)];
}
