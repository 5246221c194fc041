/** Finds what a person named: by name or by id, without regard to case. */
import { AppError } from '../../shared/contract/errors.ts';

/** @throws AppError scenario-invalid where there is none, or more than one; the help lists what there is */
export function findByName<T extends { readonly name: string | null }>(
  kind: string,
  wanted: string,
  items: readonly T[],
  idOf: (item: T) => string,
): T {
  const found = items.filter((item) => isNamed(wanted, item, idOf));
  if (found.length === 1 && found[0]) return found[0];
  const names = items.map((item) => `“${item.name ?? idOf(item)}”`).join(', ');
  throw new AppError(
    'scenario-invalid',
    `There is ${found.length === 0 ? 'no' : 'more than one'} ${kind} “${wanted}”.`,
    {
      help: names === '' ? `This portfolio depends on no ${kind} that is known.` : `Known here: ${names}.`,
    },
  );
}

function isNamed<T extends { readonly name: string | null }>(
  wanted: string,
  item: T,
  idOf: (item: T) => string,
): boolean {
  const lower = wanted.trim().toLowerCase();
  return item.name?.toLowerCase() === lower || idOf(item).toLowerCase() === lower;
}

/** Several with commas between them; a name that holds a comma itself is taken whole. */
export function findAllByName<T extends { readonly name: string | null }>(
  kind: string,
  wanted: string,
  items: readonly T[],
  idOf: (item: T) => string,
): readonly T[] {
  const isWhole = items.some((item) => isNamed(wanted, item, idOf));
  const names = isWhole ? [wanted] : wanted.split(',').filter((name) => name.trim() !== '');
  return names.map((name) => findByName(kind, name.trim(), items, idOf));
}
