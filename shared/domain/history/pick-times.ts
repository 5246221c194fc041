/** Which snapshots are drawn where there are more than a screen can show, and where the line breaks. */
export interface PickedTime {
  readonly index: number;
  /** Farther than the gap from the one before it, of all there are. */
  readonly isAfterGap: boolean;
}

/**
 * All of them, or the last of each of `most` equal stretches of time, with the first and the last and both sides of every
 * gap. `times` rise. A gap between two that are kept is never hidden by leaving others out, and none is made by it: a
 * stretch without any is no gap unless two neighbours of all there are lie that far apart.
 */
export function pickTimes(times: readonly number[], gapMs: number, most: number): readonly PickedTime[] {
  const gaps = times.map((at, index) => index > 0 && at - (times[index - 1] ?? at) > gapMs);
  const first = times[0] ?? 0;
  const length = Math.max(1, (times.at(-1) ?? 0) - first);
  const stretchOf = (at: number): number => Math.min(most - 1, Math.floor(((at - first) / length) * most));
  return times.flatMap((at, index) => {
    const next = times[index + 1];
    const isKept =
      times.length <= most ||
      index === 0 ||
      next === undefined ||
      gaps[index] === true ||
      gaps[index + 1] === true ||
      stretchOf(next) !== stretchOf(at);
    return isKept ? [{ index, isAfterGap: gaps[index] === true }] : [];
  });
}
