/**
 * What page and Chromium host say to each other over the loopback WebSocket. Every frame is one JSON text; inputs,
 * results and events inside it are text made by codec.ts and are not looked into here.
 */
import { z } from 'zod';

/** Path of the WebSocket on the host's own origin. */
export const SOCKET_PATH = '/bridge';

/** Close codes of our own (RFC 6455 section 7.4.2 leaves 4000 to 4999 to applications). */
export const CLOSE_REFUSED = 4401;
/** The same tab secret was used by a newer connection: a duplicated tab, or this one after a long sleep. */
export const CLOSE_MOVED = 4409;
/** A frame that is not one of ours. */
export const CLOSE_MALFORMED = 4400;

/** 256 bits in base64url. */
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/u);

export const clientFrameSchema = z.union([
  /** First frame of every connection: the one-time token of the address, or the tab's own resume secret. */
  z.object({ type: z.literal('hello'), token: secret }).strict(),
  z.object({ type: z.literal('hello'), resume: secret }).strict(),
  z
    .object({ type: z.literal('call'), id: z.int().min(0), method: z.string().max(80), input: z.string() })
    .strict(),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

export const serverFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), resume: secret }),
  z.object({ type: z.literal('result'), id: z.int().min(0), result: z.string() }),
  z.object({ type: z.literal('event'), event: z.string() }),
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;

/** What the fragment of an address carries: a one-time token, a print ticket, both, or neither. */
export function readFragment(fragment: string): {
  readonly token: string | null;
  readonly ticket: string | null;
} {
  const fields = new URLSearchParams(fragment.replace(/^#/u, ''));
  return { token: fields.get('token'), ticket: fields.get('ticket') };
}

/** The inverse, with its '#'; the empty string for neither. */
export function writeFragment(fields: {
  readonly token?: string | null;
  readonly ticket?: string | null;
}): string {
  const text = new URLSearchParams();
  if (typeof fields.token === 'string') text.set('token', fields.token);
  if (typeof fields.ticket === 'string') text.set('ticket', fields.ticket);
  return text.size === 0 ? '' : `#${text.toString()}`;
}
