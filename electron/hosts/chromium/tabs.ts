/**
 * The WebSocket side of the Chromium host: who may speak, and carrying calls, results and events for those who may.
 * Frames are described in shared/contract/socket.ts.
 */
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { encode } from '../../../shared/contract/codec.ts';
import { toAppError } from '../../../shared/contract/errors.ts';
import type { MethodName } from '../../../shared/contract/methods.ts';
import {
  CLOSE_MALFORMED,
  CLOSE_MOVED,
  CLOSE_REFUSED,
  clientFrameSchema,
  type ClientFrame,
  type ServerFrame,
} from '../../../shared/contract/socket.ts';
import type { ServedApp } from '../../host.ts';
import { refuseUpgrade, type UpgradeHandler } from './page-server.ts';
import { createSecret, findByHash, hashSecret, type TokenBook } from './tokens.ts';

export interface TabLimits {
  /** Largest frame a page may send, in bytes: above the largest network file, twice encoded. */
  readonly maxFrameBytes: number;
  /** How long a connection may take to say who it is. */
  readonly helloMs: number;
  /** Refused greetings per minute, after which no new connection is taken until the minute is over. */
  readonly failuresPerMinute: number;
  /** Connections that have not said yet who they are. */
  readonly strangers: number;
  /** Tabs whose secret is remembered; the one away the longest is forgotten first. */
  readonly tabs: number;
  /** How often a silent connection is asked whether it is still there. */
  readonly pingMs: number;
}

const DEFAULT_LIMITS: TabLimits = {
  maxFrameBytes: 16 * 1024 * 1024,
  helloMs: 10_000,
  failuresPerMinute: 10,
  strangers: 16,
  tabs: 32,
  pingMs: 30_000,
};

/** The first frame carries one secret and nothing else. */
const HELLO_MAX_LENGTH = 256;
/** What a stranger may send altogether: the first frame, its header, a ping or two. */
const STRANGER_MAX_BYTES = 1024;

/** Exports reach the user as a download of one tab: the one that asked for them last. */
const EXPORT_METHOD: MethodName = 'reports.export';

interface Tab {
  readonly hash: Buffer;
  socket: WebSocket | null;
  /** Counts up over all tabs; larger is later. */
  connectedTurn: number;
  exportTurn: number;
}

export interface Tabs {
  readonly accept: UpgradeHandler;
  /** Connected tabs of the user; pages being printed do not count. */
  count(): number;
  /** To every tab. */
  readonly broadcast: (event: string) => void;
  /** To the tab that asked for an export last, else to the one that came last. False where there is none. */
  sendToOne(event: string): boolean;
  close(): void;
}

interface TabsOptions {
  readonly tokens: TokenBook;
  readonly served: () => ServedApp;
  readonly now: () => number;
  /** Called when {@link Tabs.count} changes. */
  readonly onCountChange: () => void;
  readonly limits?: Partial<TabLimits>;
}

export function createTabs({ tokens, served, now, onCountChange, limits: given }: TabsOptions): Tabs {
  const limits = { ...DEFAULT_LIMITS, ...given };
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.maxFrameBytes,
    perMessageDeflate: false,
  });
  const tabs: Tab[] = [];
  const sockets = new Set<WebSocket>();
  const answering = new Set<WebSocket>();
  let strangers = 0;
  let failures: number[] = [];
  let turn = 0;

  const pinger = setInterval(() => {
    for (const socket of sockets) {
      // Closes what a sleeping laptop or a killed browser left half open; the page then comes back with its secret.
      if (!answering.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, limits.pingMs);
  pinger.unref();

  const accept: UpgradeHandler = (request, stream, head) => {
    const time = now();
    failures = failures.filter((at) => time - at < 60_000);
    if (failures.length >= limits.failuresPerMinute || strangers >= limits.strangers) {
      refuseUpgrade(stream, '429 Too Many Requests');
      return;
    }
    server.handleUpgrade(request, stream, head, (socket) => greet(socket, stream));
  };

  function greet(socket: WebSocket, stream: Duplex): void {
    strangers += 1;
    sockets.add(socket);
    answering.add(socket);
    const timer = setTimeout(() => socket.close(CLOSE_REFUSED, 'no greeting'), limits.helloMs);
    let received = 0;
    // A frame of theirs would be kept until it is whole, and only then be found too long.
    const count = (chunk: Buffer): void => {
      received += chunk.byteLength;
      if (received > STRANGER_MAX_BYTES) socket.terminate();
    };
    stream.on('data', count);
    const stopGreeting = (): void => {
      clearTimeout(timer);
      strangers -= 1;
      stream.off('data', count);
      socket.off('message', onFirstFrame);
      socket.off('close', stopGreeting);
    };
    const onFirstFrame = (data: WebSocket.RawData, isBinary: boolean): void => {
      stopGreeting();
      const frame = isBinary ? null : readFrame(data, HELLO_MAX_LENGTH);
      const secret = frame?.type === 'hello' ? admit(socket, frame) : null;
      if (secret === null) {
        failures.push(now());
        socket.close(CLOSE_REFUSED, 'refused');
      } else {
        socket.on('message', (next, isNextBinary) => onCall(socket, isNextBinary ? null : readFrame(next)));
        send(socket, { type: 'welcome', resume: secret });
      }
    };
    socket.on('message', onFirstFrame);
    socket.on('close', stopGreeting);
    socket.on('close', () => forget(socket));
    socket.on('pong', () => answering.add(socket));
    // A broken frame or connection: ws closes it, with 1009 for one too large.
    socket.on('error', () => undefined);
  }

  /** The tab's resume secret, or null for a stranger. */
  function admit(socket: WebSocket, hello: Extract<ClientFrame, { type: 'hello' }>): string | null {
    if ('resume' in hello) {
      const known = findByHash(tabs, hashSecret(hello.resume));
      if (known === null) return null;
      known.socket?.close(CLOSE_MOVED, 'moved');
      connect(known, socket);
      return hello.resume;
    }
    const purpose = tokens.redeem(hello.token);
    if (purpose === null) return null;
    const secret = createSecret();
    // A page that is printed once is no tab to come back to.
    if (purpose !== 'print') {
      const tab = { hash: hashSecret(secret), socket: null, connectedTurn: 0, exportTurn: 0 };
      tabs.push(tab);
      connect(tab, socket);
      dropSurplus();
    }
    return secret;
  }

  function connect(tab: Tab, socket: WebSocket): void {
    tab.socket = socket;
    tab.connectedTurn = ++turn;
    onCountChange();
  }

  function dropSurplus(): void {
    if (tabs.length <= limits.tabs) return;
    const away = tabs
      .filter((tab) => tab.socket === null)
      .sort((a, b) => a.connectedTurn - b.connectedTurn)[0];
    if (away !== undefined) tabs.splice(tabs.indexOf(away), 1);
  }

  function forget(socket: WebSocket): void {
    sockets.delete(socket);
    answering.delete(socket);
    const tab = tabs.find((each) => each.socket === socket);
    if (tab === undefined) return;
    tab.socket = null;
    onCountChange();
  }

  function onCall(socket: WebSocket, frame: ClientFrame | null): void {
    if (frame?.type !== 'call') {
      socket.close(CLOSE_MALFORMED, 'malformed');
      return;
    }
    if (frame.method === EXPORT_METHOD) {
      const tab = tabs.find((each) => each.socket === socket);
      if (tab !== undefined) tab.exportTurn = ++turn;
    }
    served()
      .dispatch(frame.method, frame.input)
      .catch((error: unknown) => encode({ ok: false, error: toAppError(error).toValue() }))
      .then(
        (result) => send(socket, { type: 'result', id: frame.id, result }),
        () => undefined,
      );
  }

  const connected = (): { tab: Tab; socket: WebSocket }[] =>
    tabs.flatMap((tab) => (tab.socket === null ? [] : [{ tab, socket: tab.socket }]));

  return {
    accept,
    count: () => connected().length,
    broadcast(event) {
      for (const { socket } of connected()) send(socket, { type: 'event', event });
    },
    sendToOne(event) {
      const [first] = connected().sort(
        (a, b) => b.tab.exportTurn - a.tab.exportTurn || b.tab.connectedTurn - a.tab.connectedTurn,
      );
      if (first === undefined) return false;
      send(first.socket, { type: 'event', event });
      return true;
    },
    close() {
      clearInterval(pinger);
      for (const socket of sockets) socket.close(1001, 'stopped');
      server.close();
    },
  };
}

function send(socket: WebSocket, frame: ServerFrame): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
}

/** A frame of ours, or null for anything else. */
function readFrame(data: WebSocket.RawData, maxLength = Infinity): ClientFrame | null {
  // With the default binaryType, ws delivers text as one Buffer.
  if (!Buffer.isBuffer(data) || data.byteLength > maxLength) return null;
  try {
    return clientFrameSchema.safeParse(JSON.parse(data.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
