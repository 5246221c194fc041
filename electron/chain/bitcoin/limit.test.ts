import { describe, expect, it } from 'vitest';
import { createLimiter, mapLimited } from './limit.ts';

/** Work that ends when it is told to. */
function holdWork() {
  const held: ((isGood: boolean) => void)[] = [];
  const begun: number[] = [];
  const work = (item: number): Promise<number> => {
    begun.push(item);
    return new Promise((resolve, reject) => {
      held.push((isGood) => {
        if (isGood) resolve(item * 10);
        else reject(new Error(`item ${item}`));
      });
    });
  };
  const end = async (isGood = true): Promise<void> => {
    held.shift()?.(isGood);
    // Whoever waits is let in by then.
    await new Promise(setImmediate);
  };
  return { work, begun, end };
}

describe('work a few at a time', () => {
  it('is begun as far as there is room, and answered in order', async () => {
    const { work, begun, end } = holdWork();
    const all = mapLimited([1, 2, 3, 4, 5], createLimiter(2), work);
    expect(begun).toEqual([1, 2]);
    await end();
    expect(begun).toEqual([1, 2, 3]);
    for (let left = 4; left > 0; left--) await end();
    expect(await all).toEqual([10, 20, 30, 40, 50]);
  });

  it('is not begun any more after a failure, and leaves the room to others', async () => {
    const { work, begun, end } = holdWork();
    const limit = createLimiter(2);
    const all = mapLimited([1, 2, 3, 4], limit, work);
    const failure = expect(all).rejects.toThrow('item 1');
    await end(false);
    await end();
    await failure;
    expect(begun).toEqual([1, 2]);
    const more = mapLimited([7, 8, 9], limit, work);
    await new Promise(setImmediate);
    expect(begun).toEqual([1, 2, 7, 8]);
    for (let left = 3; left > 0; left--) await end();
    expect(await more).toEqual([70, 80, 90]);
  });

  it('may be nothing', async () => {
    expect(await mapLimited([], createLimiter(2), () => Promise.reject(new Error('never')))).toEqual([]);
  });
});
