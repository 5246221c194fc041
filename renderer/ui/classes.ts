/** Joins class names; what is absent or false is left out. */
export function joinClasses(...classes: readonly (string | false | null | undefined)[]): string {
  return classes.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
