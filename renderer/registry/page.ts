import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { en } from '../../shared/text/en/en.ts';

export type PageId = keyof (typeof en)['shell']['page'];

/** A page of the program. One entry feeds the navigation, the palette, the shortcuts and the routing. */
export interface PageEntry {
  readonly id: PageId;
  readonly icon: LucideIcon;
  readonly Component: ComponentType;
}
