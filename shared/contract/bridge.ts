/**
 * The shape both hosts give the page. Under Electron the preload exposes it as `window.ballast`; on the Chromium
 * host the page builds it over its WebSocket. Payloads are text made by codec.ts: the context bridge and the socket
 * then carry the same bytes.
 */
import type { AppEvent, MethodInput, MethodName, MethodOutput } from './methods.ts';

/** One function per method; input and output are encoded text. The answer is an encoded result value. */
export type BridgeMethods = { readonly [M in MethodName]: (input: string) => Promise<string> };

export interface Bridge {
  readonly methods: BridgeMethods;
  /** Calls back with encoded events; returns how to stop. */
  readonly subscribe: (listener: (event: string) => void) => () => void;
}

/** The same, decoded: what the page's code uses. */
export interface Client {
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  subscribe(listener: (event: AppEvent) => void): () => void;
}
