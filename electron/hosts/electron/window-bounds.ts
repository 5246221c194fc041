/** Where a window stands, in device-independent pixels, as Electron counts them. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const DEFAULT_SIZE = { width: 1360, height: 900 };

/** Enough of a window to get hold of: less than this on a screen counts as out of sight. */
const VISIBLE = { width: 120, height: 60 };

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

function overlap(start: number, size: number, areaStart: number, areaSize: number): number {
  return Math.min(start + size, areaStart + areaSize) - Math.max(start, areaStart);
}

/**
 * The place for a window that was at `saved` when last seen: the same if it is still on a screen, moved and shrunk into the
 * screen that shows most of it, and in the middle of the first screen where none does (a screen was unplugged).
 * @param areas work areas of the screens, the primary one first; at least one
 */
export function placeWindow(saved: Bounds | null, areas: readonly [Bounds, ...Bounds[]]): Bounds {
  const found = saved === null ? null : findArea(saved, areas);
  const area = found ?? areas[0];
  const width = Math.min((saved ?? DEFAULT_SIZE).width, area.width);
  const height = Math.min((saved ?? DEFAULT_SIZE).height, area.height);
  if (saved === null || found === null) {
    return {
      x: area.x + Math.floor((area.width - width) / 2),
      y: area.y + Math.floor((area.height - height) / 2),
      width,
      height,
    };
  }
  return {
    x: clamp(saved.x, area.x, area.x + area.width - width),
    y: clamp(saved.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

function findArea(saved: Bounds, areas: readonly Bounds[]): Bounds | null {
  let best: { readonly area: Bounds; readonly size: number } | null = null;
  for (const area of areas) {
    const width = overlap(saved.x, saved.width, area.x, area.width);
    const height = overlap(saved.y, saved.height, area.y, area.height);
    const isVisible = width >= VISIBLE.width && height >= VISIBLE.height;
    if (isVisible && width * height > (best?.size ?? 0)) best = { area, size: width * height };
  }
  return best?.area ?? null;
}
