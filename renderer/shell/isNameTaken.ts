import type { Portfolio } from '../../shared/domain/account.ts';

/** Whether a portfolio other than `exceptId` has this name, as people compare names: case and outer spaces aside. */
export function isNameTaken(
  name: string,
  portfolios: readonly Pick<Portfolio, 'id' | 'name'>[],
  exceptId: string | null = null,
): boolean {
  const normalize = (text: string) => text.trim().toLowerCase();
  const wanted = normalize(name);
  return (
    wanted !== '' && portfolios.some(({ id, name: other }) => id !== exceptId && normalize(other) === wanted)
  );
}
