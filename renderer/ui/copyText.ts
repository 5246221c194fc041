import { toast } from './toast.ts';

/** Puts text on the clipboard and says so; the clipboard may be refused. */
export async function copyText(
  text: string,
  messages: { readonly done: string; readonly failed: string },
): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ title: messages.done });
    return true;
  } catch {
    toast({ title: messages.failed, tone: 'loss' });
    return false;
  }
}
