import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computeContrast, parseOklch, toLinearRgb, toRgbText, type LinearRgb, type Oklch } from './color.ts';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

function readTokens(): Map<string, { light: Oklch; dark: Oklch }> {
  const tokens = new Map<string, { light: Oklch; dark: Oklch }>();
  for (const [, name, light, dark] of css.matchAll(
    /--([\w-]+): light-dark\((oklch\([^)]+\)), (oklch\([^)]+\))\);/gu,
  )) {
    tokens.set(name!, { light: parseOklch(light!)!, dark: parseOklch(dark!)! });
  }
  return tokens;
}

const tokens = readTokens();
const themes = ['light', 'dark'] as const;

function contrastOf(front: string, ground: string, theme: 'light' | 'dark'): number {
  return computeContrast(tokens.get(front)![theme], tokens.get(ground)![theme]);
}

const grounds = ['surface-0', 'surface-1', 'surface-2'];
const states = ['loss', 'caution', 'information', 'confirmed'];
const series = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => `chart-${index}`);

/** Text at any size: WCAG 2.2 AA asks for 4.5. */
const textPairs: [string, string][] = [
  ...['text-1', 'text-2', 'text-3', 'accent', ...states].flatMap((front) =>
    grounds.map((ground): [string, string] => [front, ground]),
  ),
  ...states.flatMap((state): [string, string][] => [
    [state, `${state}-surface`],
    ['text-1', `${state}-surface`],
    ['text-2', `${state}-surface`],
  ]),
  ['on-accent', 'accent'],
  ['accent', 'accent-surface'],
  ['text-1', 'accent-surface'],
  ['text-2', 'accent-surface'],
];

/** What must be seen without being read (control borders, marks of a chart): 3. */
const shapePairs: [string, string][] = [
  ['line-strong', 'surface-1'],
  ['eth', 'surface-1'],
  ['btc', 'surface-1'],
];

describe.each(themes)('the %s theme', (theme) => {
  it.each(textPairs)('shows %s on %s with a contrast of at least 4.5', (front, ground) => {
    expect(contrastOf(front, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapePairs)('shows %s on %s with a contrast of at least 3', (front, ground) => {
    expect(contrastOf(front, ground, theme)).toBeGreaterThanOrEqual(3);
  });

  it('runs the loss scale from paper to ink', () => {
    const contrasts = [1, 2, 3, 4, 5].map((step) => contrastOf(`loss-scale-${step}`, 'surface-1', theme));
    expect(contrasts).toEqual([...contrasts].sort((a, b) => a - b));
    expect(contrasts[4]).toBeGreaterThan(8);
  });
});

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const deficiencies: Record<string, readonly LinearRgb[]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function simulate(color: LinearRgb, matrix: readonly LinearRgb[]): LinearRgb {
  const [red, green, blue] = matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * color[0] + row[1] * color[1] + row[2] * color[2])),
  );
  return [red!, green!, blue!];
}

function toOklab([red, green, blue]: LinearRgb): [number, number, number] {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

describe.each(Object.entries(deficiencies))('chart hues seen with colour deficiency: %s', (_, matrix) => {
  it.each(themes)('stay apart in the %s theme', (theme) => {
    const seen = series.map((name) => toOklab(simulate(toLinearRgb(tokens.get(name)![theme]), matrix)));
    const close: string[] = [];
    seen.forEach((first, i) => {
      seen.slice(i + 1).forEach((second, j) => {
        const distance = Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
        if (distance < 0.06) close.push(`${series[i]!} and ${series[i + 1 + j]!}: ${distance.toFixed(3)}`);
      });
    });
    expect(close).toEqual([]);
  });
});

describe('colour conversion', () => {
  it('agrees with known colours', () => {
    expect(toRgbText(parseOklch('oklch(1 0 0)')!)).toBe('rgb(255, 255, 255)');
    // sRGB red, from the CSS Color 4 specification's examples.
    expect(toRgbText(parseOklch('oklch(0.62796 0.25768 29.234)')!)).toBe('rgb(255, 0, 0)');
    expect(toRgbText(parseOklch('oklch(0 0 0 / 0.5)')!)).toBe('rgba(0, 0, 0, 0.5)');
  });

  it('refuses what is not oklch', () => {
    expect(parseOklch('rgb(1, 2, 3)')).toBeNull();
  });
});
