/**
 * The page's only way out. Under Electron the preload hands over the bridge; on the Chromium host it is built here, over a
 * WebSocket to the loopback server the page came from. Everything above this file sees a {@link Bridge} or a
 * {@link Client} and cannot tell the two apart.
 */
import { z } from 'zod';
import type { Bridge, BridgeMethods, Client } from '../shared/contract/bridge.ts';
import { createClient } from '../shared/contract/client.ts';
import { encode } from '../shared/contract/codec.ts';
import { AppError } from '../shared/contract/errors.ts';
import { METHOD_NAMES, type MethodName } from '../shared/contract/methods.ts';
import {
  CLOSE_MOVED,
  CLOSE_REFUSED,
  readFragment,
  serverFrameSchema,
  SOCKET_PATH,
  writeFragment,
  type ClientFrame,
} from '../shared/contract/socket.ts';

// zod would otherwise try `new Function` once, which the page's content security policy reports as a violation.
z.config({ jitless: true });

declare global {
  interface Window {
    /** Set by Electron's preload script. */
    readonly ballast?: Bridge;
  }
}

export type ConnectionState =
  | { readonly kind: 'connected' }
  /** `attempts` counts the connections that failed since the last one that worked. */
  | { readonly kind: 'reconnecting'; readonly attempts: number }
  /**
   * Final for this page. `no-token`: opened without the address Ballast printed; `refused`: the address was used before
   * or has expired; `moved`: the same tab is open a second time, and that one is connected now.
   */
  | { readonly kind: 'refused'; readonly reason: 'no-token' | 'refused' | 'moved' };

/** A bridge, and whether it works right now; the two functions fit React's useSyncExternalStore. */
export interface Connection extends Bridge {
  readonly getState: () => ConnectionState;
  readonly subscribeState: (listener: () => void) => () => void;
}

interface Socket {
  send(text: string): void;
}

interface SocketHandlers {
  onOpen(): void;
  onMessage(text: string): void;
  /** Also called, with 1006, where no connection came about. */
  onClose(code: number): void;
}

/** What the connection needs of the browser. */
export interface TransportEnvironment {
  /** Electron's bridge, where there is one. */
  readonly native: Bridge | undefined;
  /** One-time token of the address, if it had one. */
  readonly token: string | null;
  openSocket(handlers: SocketHandlers): Socket;
  loadResume(): string | null;
  saveResume(resume: string | null): void;
  /** Called after the first welcome: the token has done its work. */
  forgetToken(): void;
  /** Runs `run` after some milliseconds. */
  delay(run: () => void, milliseconds: number): void;
}

const FIRST_DELAY = 250;
const LONGEST_DELAY = 5000;

const refusals = {
  'no-token': 'This page was opened without the address Ballast gave out.',
  refused: 'This address of Ballast was used before, or is too old.',
  moved: 'Ballast is open in another tab.',
} as const;

/**
 * Connects and resolves once it is known how that went: connected, refused, or (the host being gone) reconnecting. Never
 * rejects; while not connected, every call answers with an error value (`disconnected`).
 */
export function connectBridge(environment: TransportEnvironment = readBrowser()): Promise<Connection> {
  const { native } = environment;
  if (native === undefined) return connectSocket(environment);
  return Promise.resolve({
    methods: native.methods,
    subscribe: native.subscribe,
    getState: () => CONNECTED,
    subscribeState: () => () => undefined,
  });
}

const CONNECTED: ConnectionState = { kind: 'connected' };

function connectSocket(environment: TransportEnvironment): Promise<Connection> {
  const opened = Promise.withResolvers<Connection>();
  const eventListeners = new Set<(event: string) => void>();
  const stateListeners = new Set<() => void>();
  const pending = new Map<number, (result: string) => void>();
  let state: ConnectionState = { kind: 'reconnecting', attempts: 0 };
  let socket: Socket | null = null;
  let token = environment.token;
  let resume = environment.loadResume();
  let nextId = 0;
  let wasConnected = false;

  const emit = (event: string): void => {
    for (const listener of [...eventListeners]) listener(event);
  };
  const setState = (next: ConnectionState): void => {
    state = next;
    for (const listener of [...stateListeners]) listener();
    opened.resolve(connection);
  };

  function onMessage(text: string): void {
    const frame = serverFrameSchema.parse(JSON.parse(text));
    if (frame.type === 'event') emit(frame.event);
    else if (frame.type === 'result') {
      pending.get(frame.id)?.(frame.result);
      pending.delete(frame.id);
    } else onWelcome(frame.resume);
  }

  function onWelcome(secret: string): void {
    resume = secret;
    environment.saveResume(secret);
    if (token !== null) environment.forgetToken();
    token = null;
    setState(CONNECTED);
    // Events of the time in between are lost, so nothing the page remembers can be trusted.
    if (wasConnected) emit(encode({ kind: 'changed', methods: [...METHOD_NAMES], portfolioId: null }));
    wasConnected = true;
  }

  function onClose(code: number): void {
    socket = null;
    const answers = [...pending.values()];
    pending.clear();
    const failure = encode({ ok: false, error: describeDrop(code) });
    for (const answer of answers) answer(failure);
    if (code === CLOSE_MOVED) setState({ kind: 'refused', reason: 'moved' });
    else if (code === CLOSE_REFUSED) onRefused();
    else {
      const attempts = state.kind === 'reconnecting' ? state.attempts + 1 : 0;
      setState({ kind: 'reconnecting', attempts });
      environment.delay(open, Math.min(FIRST_DELAY * 2 ** attempts, LONGEST_DELAY));
    }
  }

  function onRefused(): void {
    if (token !== null) {
      // An address opened a second time in a tab that is already known: its own secret still counts.
      token = null;
      if (resume !== null) {
        open();
        return;
      }
    } else {
      resume = null;
      environment.saveResume(null);
    }
    setState({ kind: 'refused', reason: 'refused' });
  }

  function open(): void {
    const hello = createHello(token, resume);
    if (hello === null) {
      setState({ kind: 'refused', reason: 'no-token' });
      return;
    }
    const current = environment.openSocket({
      onOpen: () => current.send(JSON.stringify(hello)),
      onMessage,
      onClose,
    });
    socket = current;
  }

  function call(method: MethodName, input: string): Promise<string> {
    if (socket === null || state.kind !== 'connected') {
      return Promise.resolve(encode({ ok: false, error: describeState(state) }));
    }
    const id = nextId++;
    const answer = Promise.withResolvers<string>();
    pending.set(id, answer.resolve);
    socket.send(JSON.stringify({ type: 'call', id, method, input } satisfies ClientFrame));
    return answer.promise;
  }

  const connection: Connection = {
    methods: createMethods(call),
    subscribe: (listener) => addListener(eventListeners, listener),
    getState: () => state,
    subscribeState: (listener) => addListener(stateListeners, listener),
  };
  open();
  return opened.promise;
}

function createHello(token: string | null, resume: string | null): ClientFrame | null {
  if (token !== null) return { type: 'hello', token };
  return resume === null ? null : { type: 'hello', resume };
}

function createMethods(call: (method: MethodName, input: string) => Promise<string>): BridgeMethods {
  const entries = METHOD_NAMES.map((name) => [name, (input: string) => call(name, input)] as const);
  // METHOD_NAMES holds every method name once, which fromEntries cannot express.
  return Object.fromEntries(entries) as BridgeMethods;
}

function addListener<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function describeDrop(code: number) {
  return new AppError('disconnected', 'The connection to Ballast was lost before the answer came.', {
    detail: `WebSocket close code ${code}`,
    help: 'The page connects again by itself. What was started keeps running; look before you start it again.',
    retryable: true,
  }).toValue();
}

function describeState(state: ConnectionState) {
  if (state.kind === 'refused') {
    return new AppError('disconnected', refusals[state.reason], {
      help: 'Open a fresh address: press Enter in the terminal Ballast was started from.',
    }).toValue();
  }
  return new AppError('disconnected', 'Ballast does not answer at the moment.', {
    help: 'The page connects again by itself. If it does not, check that Ballast still runs, and start it again.',
    retryable: true,
  }).toValue();
}

/** The contract over a bridge, as typed calls. */
export function createBridgeClient({ methods, subscribe }: Bridge): Client {
  return createClient({ call: (method, input) => methods[method](input), subscribe });
}

const RESUME_KEY = 'ballast.resume';

function readBrowser(): TransportEnvironment {
  const { token, ticket } = readFragment(window.location.hash);
  return {
    native: window.ballast,
    token,
    openSocket(handlers) {
      const socket = new WebSocket(`ws://${window.location.host}${SOCKET_PATH}`);
      socket.addEventListener('open', () => handlers.onOpen());
      socket.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') handlers.onMessage(data);
      });
      socket.addEventListener('close', ({ code }) => handlers.onClose(code));
      return socket;
    },
    // Of this tab alone, and gone with it: another tab needs a token of its own.
    loadResume: () => window.sessionStorage.getItem(RESUME_KEY),
    saveResume(resume) {
      if (resume === null) window.sessionStorage.removeItem(RESUME_KEY);
      else window.sessionStorage.setItem(RESUME_KEY, resume);
    },
    forgetToken() {
      const { pathname, search } = window.location;
      window.history.replaceState(
        window.history.state,
        '',
        `${pathname}${search}${writeFragment({ ticket })}`,
      );
    },
    delay: (run, milliseconds) => void window.setTimeout(run, milliseconds),
  };
}
