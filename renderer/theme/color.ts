/**
 * OKLCH to sRGB, and WCAG contrast. ECharts cannot read `oklch()`, and the tests of the tokens need both.
 * Matrices: Björn Ottosson, "A perceptual color space for image processing" (https://bottosson.github.io/posts/oklab/).
 */

export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  /** Degrees. */
  readonly hue: number;
  readonly alpha: number;
}

/** Linear-light red, green and blue, each 0 to 1. */
export type LinearRgb = readonly [red: number, green: number, blue: number];

const OKLCH_PATTERN = /^oklch\(\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)(?:deg)?\s*(?:\/\s*([\d.]+)\s*)?\)$/u;

/** Reads `oklch(0.5 0.1 230)` with an optional alpha; null for anything else. */
export function parseOklch(text: string): Oklch | null {
  const match = OKLCH_PATTERN.exec(text.trim());
  if (match === null) return null;
  const [, lightness, chroma, hue, alpha] = match;
  return {
    lightness: Number(lightness),
    chroma: Number(chroma),
    hue: Number(hue),
    alpha: alpha === undefined ? 1 : Number(alpha),
  };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Outside the gamut of sRGB the channels are clipped, as the screen does. */
export function toLinearRgb({ lightness, chroma, hue }: Oklch): LinearRgb {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function encodeChannel(linear: number): number {
  return Math.round((linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055) * 255);
}

/** `rgb(12, 34, 56)`: a form every drawing library reads. */
export function toRgbText(color: Oklch): string {
  const [red, green, blue] = toLinearRgb(color).map(encodeChannel);
  return color.alpha === 1
    ? `rgb(${red ?? 0}, ${green ?? 0}, ${blue ?? 0})`
    : `rgba(${red ?? 0}, ${green ?? 0}, ${blue ?? 0}, ${color.alpha})`;
}

function computeLuminance([red, green, blue]: LinearRgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2 contrast ratio, 1 to 21. */
export function computeContrast(first: Oklch, second: Oklch): number {
  const one = computeLuminance(toLinearRgb(first));
  const two = computeLuminance(toLinearRgb(second));
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}
