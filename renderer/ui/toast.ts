/** Short messages at the corner: what was done, with a way back. */
import { Toast } from '@base-ui/react/toast';
import type { Tone } from './tone.ts';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void | Promise<void>;
}

export interface ToastMessage {
  readonly title: string;
  readonly body?: string | undefined;
  /** A loss stays until it is closed, and is read out at once. */
  readonly tone?: Tone | undefined;
  readonly action?: ToastAction | undefined;
  /** A later message of the same id takes the place of this one. */
  readonly id?: string | undefined;
}

export interface ToastData {
  readonly tone: Tone | undefined;
  readonly action: ToastAction | undefined;
}

export const toastManager = Toast.createToastManager<ToastData>();

/** Long enough to read; longer where there is something to press. */
const SHOWN_MS = 3000;
const ACTION_SHOWN_MS = 8000;

/** Shows a message, from anywhere. */
export function toast({ title, body, tone, action, id }: ToastMessage): void {
  const isLoss = tone === 'loss';
  toastManager.add({
    title,
    ...(id === undefined ? {} : { id }),
    ...(body === undefined ? {} : { description: body }),
    timeout: isLoss ? 0 : action === undefined ? SHOWN_MS : ACTION_SHOWN_MS,
    priority: isLoss ? 'high' : 'low',
    data: { tone, action },
  });
}
