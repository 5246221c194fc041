import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';

/** The four states. Each has a shape of its own, because colour is not seen by everybody. */
export type Tone = 'information' | 'caution' | 'loss' | 'confirmed';

export const toneIcons: Readonly<Record<Tone, LucideIcon>> = {
  information: Info,
  caution: TriangleAlert,
  loss: CircleAlert,
  confirmed: CircleCheck,
};
