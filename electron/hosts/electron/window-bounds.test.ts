import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, type Bounds } from './window-bounds.ts';

const laptop: Bounds = { x: 0, y: 25, width: 1440, height: 875 };
const second: Bounds = { x: 1440, y: 0, width: 2560, height: 1400 };

const bounds = fc.record({
  x: fc.integer({ min: -6000, max: 6000 }),
  y: fc.integer({ min: -6000, max: 6000 }),
  width: fc.integer({ min: 200, max: 6000 }),
  height: fc.integer({ min: 200, max: 6000 }),
});

function isWithin(inner: Bounds, outer: Bounds): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

describe('placeWindow', () => {
  it('leaves a visible window where it was', () => {
    const saved = { x: 1500, y: 40, width: 1000, height: 700 };
    expect(placeWindow(saved, [laptop, second])).toEqual(saved);
  });

  it('brings a window back from a screen that is gone, and a first one to the middle', () => {
    const lost = { x: 2000, y: 100, width: 1000, height: 700 };
    expect(placeWindow(lost, [laptop])).toEqual({ x: 220, y: 112, width: 1000, height: 700 });
    expect(placeWindow(null, [second])).toEqual({ x: 2040, y: 250, width: 1360, height: 900 });
  });

  it('moves and shrinks what stands over the edge', () => {
    expect(placeWindow({ x: -100, y: 800, width: 2000, height: 400 }, [laptop])).toEqual({
      x: 0,
      y: 500,
      width: 1440,
      height: 400,
    });
  });

  it('always ends up within one screen', () => {
    fc.assert(
      fc.property(fc.option(bounds), bounds, fc.array(bounds, { maxLength: 2 }), (saved, primary, others) => {
        const placed = placeWindow(saved, [primary, ...others]);
        return [primary, ...others].some((area) => isWithin(placed, area));
      }),
    );
  });
});
