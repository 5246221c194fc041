import { TextField, type TextFieldProps } from './TextField.tsx';

interface NumberFieldProps extends Omit<
  TextFieldProps,
  'isNumber' | 'suffix' | 'type' | 'isMultiline' | 'isMono'
> {
  /** Shown behind the number: `ETH`, `%`, `USD`. */
  readonly unit?: string | undefined;
}

/**
 * A number as a person types it. The value stays text, so that no digit is lost and half-typed numbers are possible;
 * read it with parseDecimal (shared/format/numbers.ts).
 */
export function NumberField({ unit, ...rest }: NumberFieldProps) {
  return <TextField {...rest} isNumber suffix={unit} />;
}
