/** A figure in words: its name, why it is not known, and every digit of it. Pure. */
import type { Figure } from '../../shared/domain/figure.ts';
import { formatExact } from '../../shared/format/numbers.ts';
import type { TranslateKey } from '../state/text.ts';

export function nameFigure(figure: Figure, tKey: TranslateKey): string {
  return tKey(figure.name);
}

/** Why it is not known, in a few words; null where it is known. */
export function explainUnknown(figure: Figure, tKey: TranslateKey): string | null {
  if (figure.value !== null) return null;
  return tKey(`figure.reason.${figure.reason?.code ?? 'input-unknown'}`);
}

/** `12.408132440981230001 ETH`; null where it is not known. */
export function formatExactFigure(figure: Figure): string | null {
  if (figure.value === null) return null;
  const exact = formatExact(figure.value, figure.unit);
  if (figure.unit.kind === 'share') return `${exact}%`;
  return figure.unit.symbol === '' ? exact : `${exact} ${figure.unit.symbol}`;
}

/** What a figure puts on the clipboard: the number alone, for a spreadsheet; empty where it is not known. */
export function copyFigure(figure: Figure): string {
  return figure.value === null ? '' : formatExact(figure.value, figure.unit);
}
