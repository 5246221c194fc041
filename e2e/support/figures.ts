/** Figures on the screen. Each is a button named `Book value, weETH: 4.2000 ETH`; its exact digits stand in the inspector. */
import type { Locator } from '@playwright/test';
import type { figures } from '../../shared/text/en/figures.ts';
import { t } from './text.ts';

type FigureName = keyof (typeof figures)['name'];

/** The figure of that name within a part of the page; with `subject`, the one that is about this (`weETH, Treasury`). */
export function figureIn(part: Locator, name: FigureName, subject = ''): Locator {
  const start = [t(`figure.name.${name}`), subject].filter(Boolean).join(', ');
  return part.getByRole('button', { name: new RegExp(`^${RegExp.escape(start)}[,:]`, 'u') });
}
