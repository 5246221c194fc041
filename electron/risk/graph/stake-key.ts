/** One key for an operator's stake in one vault. Ids may contain anything, so that the length tells where one ends. */
export function keyOfStake(operator: string, vault: string | null): string {
  return `${operator.length}:${operator}${vault === null ? '' : `:${vault}`}`;
}
