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
  /** Goes by itself even where it is a loss: the page says the same, and keeps saying it. */
  readonly isPassing?: boolean | undefined;
  /** A later message of the same id takes the place of this one. */
  readonly id?: string | undefined;
}

export interface ToastData {
  readonly tone: Tone | undefined;
  readonly action: ToastAction | undefined;
}

export const toastManager = Toast.createToastManager<ToastData>();

/** Long enough to read; longer where there is something to press, or that went wrong. */
const SHOWN_MS = 3000;
const LONG_SHOWN_MS = 8000;

/** Shows a message, from anywhere. */
export function toast({ title, body, tone, action, isPassing = false, id }: ToastMessage): void {
  const isLoss = tone === 'loss';
  const shownMs = isLoss || action !== undefined ? LONG_SHOWN_MS : SHOWN_MS;
  toastManager.add({
    title,
    ...(id === undefined ? {} : { id }),
    // Given even where there is none: a toast of the same id would keep the earlier one's.
    description: body,
    timeout: isLoss && !isPassing ? 0 : shownMs,
    priority: isLoss ? 'high' : 'low',
    data: { tone, action },
  });
}
