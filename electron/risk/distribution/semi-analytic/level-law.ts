/**
 * A law of losses on lattices of doubling steps: level j has the points 0, h 2^j, 2 h 2^j, ... up to `capacity` of them.
 *
 * Under a bad factor, or after a large event, the same book loses a thousand times as much as on a good day, and no
 * single lattice is both fine enough for the one and long enough for the other. Each part of the law goes to the finest
 * level that holds it, so that every loss is placed to within 2 / capacity of the largest of its part. Points of a
 * coarser level are points of each finer one, so that in the end all of them make one list.
 */

export class LevelLaw {
  readonly step: number;
  readonly capacity: number;
  /** Level j, made when first used; two points more than the capacity, for the upper neighbour. */
  private readonly levels: (Float64Array | undefined)[] = [];
  /** Last used point of each level; -1 where there is none. */
  private readonly tops: number[] = [];

  constructor(step: number, capacity: number) {
    this.step = step;
    this.capacity = capacity;
  }

  clear(): void {
    for (const [level, top] of this.tops.entries()) this.levels[level]?.fill(0, 0, top + 1);
    this.tops.fill(-1);
  }

  /** The finest level, from `level` on, that reaches `loss`. */
  private findLevel(loss: number, level: number): number {
    let found = level;
    while (loss > this.capacity * this.step * 2 ** found) found += 1;
    return found;
  }

  private openLevel(level: number, top: number): Float64Array {
    while (this.tops.length <= level) {
      this.tops.push(-1);
      this.levels.push(undefined);
    }
    const points = this.levels[level] ?? new Float64Array(this.capacity + 2);
    this.levels[level] = points;
    this.tops[level] = Math.max(this.tops[level]!, top);
    return points;
  }

  /**
   * Adds `scale` times a law whose value at `values[start + i]` belongs to the loss `shift` + (from + i) steps of
   * `level`. Where the shift is no whole number of steps, each value is split over two points with its mean kept.
   */
  add(
    level: number,
    values: Float64Array,
    start: number,
    length: number,
    from: number,
    shift: number,
    scale: number,
  ): void {
    const step = this.step * 2 ** level;
    const target = this.findLevel(shift + (from + length - 1) * step, level);
    const ratio = 2 ** (level - target);
    const offset = shift / (this.step * 2 ** target) + from * ratio;
    const points = this.openLevel(
      target,
      Math.min(this.capacity + 1, Math.floor(offset + (length - 1) * ratio) + 1),
    );
    if (ratio === 1 && Number.isInteger(offset)) {
      for (let i = 0; i < length; i += 1) points[offset + i]! += scale * values[start + i]!;
      return;
    }
    for (let i = 0; i < length; i += 1) {
      const position = offset + i * ratio;
      const lower = Math.floor(position);
      const mass = scale * values[start + i]!;
      const upperMass = mass * (position - lower);
      points[lower]! += mass - upperMass;
      points[lower + 1]! += upperMass;
    }
  }

  /** Adds `scale` times this law, moved by `shift`, to another of the same step and capacity. */
  addTo(other: LevelLaw, shift: number, scale: number): void {
    for (let level = 0; level < this.tops.length; level += 1) {
      const top = this.tops[level]!;
      if (top < 0) continue;
      other.add(level, this.levels[level]!, 0, top + 1, 0, shift, scale);
    }
  }

  /**
   * All points with their mass, by rising loss: coarse points that a finer level has are added to it. Mass below zero,
   * of the order of roundings, is taken from the point before.
   */
  list(): { losses: Float64Array; probabilities: Float64Array } {
    for (let level = this.tops.length - 1; level > 0; level -= 1) {
      const points = this.levels[level];
      if (points === undefined || this.tops[level]! < 0) continue;
      const inFiner = Math.min(this.tops[level]!, this.capacity >> 1);
      const finer = this.openLevel(level - 1, 2 * inFiner);
      for (let i = 0; i <= inFiner; i += 1) {
        finer[2 * i]! += points[i]!;
        points[i] = 0;
      }
    }
    const losses: number[] = [];
    const probabilities: number[] = [];
    for (let level = 0; level < this.tops.length; level += 1) {
      const points = this.levels[level];
      if (points === undefined) continue;
      for (let i = 0; i <= this.tops[level]!; i += 1) {
        const mass = points[i]!;
        if (mass > 0) {
          losses.push(i * this.step * 2 ** level);
          probabilities.push(mass);
        } else if (mass < 0 && probabilities.length > 0) {
          probabilities[probabilities.length - 1]! += mass;
        }
      }
    }
    return { losses: Float64Array.from(losses), probabilities: Float64Array.from(probabilities) };
  }
}
