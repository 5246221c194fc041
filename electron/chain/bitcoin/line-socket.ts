/** Lines over a socket: what is received is cut at line feeds, with a bound on how much is kept for one line. */
import type { Socket } from 'node:net';
import type { AppError } from '../../../shared/contract/errors.ts';
import { brokenOffError, closedError, malformedError } from './server-errors.ts';

const LINE_FEED = 0x0a;
const MIB = 2 ** 20;

export interface LineEvents {
  readonly onLine: (line: Uint8Array) => void;
  /** Anything came, even part of a line. */
  readonly onBytes: () => void;
  /** Once, whoever closed it. Nothing comes after it. */
  readonly onClose: (reason: AppError) => void;
}

export interface LineSocket {
  /** Does nothing once closed. */
  send(line: string): void;
  close(reason: AppError): void;
}

/** @param socket open, and not read from yet */
export function readLines(
  socket: Socket,
  endpoint: string,
  maxLineBytes: number,
  { onLine, onBytes, onClose }: LineEvents,
): LineSocket {
  /** Of the line that is not complete. They are put together once it is: doing so for each would be quadratic. */
  let pieces: Buffer[] = [];
  let size = 0;
  let isClosed = false;

  function close(reason: AppError): void {
    if (isClosed) return;
    isClosed = true;
    pieces = [];
    socket.destroy();
    onClose(reason);
  }

  function keep(piece: Buffer): void {
    size += piece.length;
    if (size > maxLineBytes) {
      close(malformedError(endpoint, `an answer exceeds ${maxLineBytes / MIB} MiB`));
      return;
    }
    if (piece.length > 0) pieces.push(piece);
  }

  function read(chunk: Buffer): void {
    onBytes();
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      keep(chunk.subarray(from, end));
      if (isClosed) return;
      const line = Buffer.concat(pieces);
      pieces = [];
      size = 0;
      from = end + 1;
      onLine(line);
      // What was asked may have been closed by the answer; the compiler does not know.
      if (isClosedNow()) return;
    }
    keep(chunk.subarray(from));
  }

  function isClosedNow(): boolean {
    return isClosed;
  }

  function end(): void {
    close(size > 0 ? brokenOffError(endpoint) : closedError(endpoint));
  }

  socket.on('data', read);
  socket.once('end', end);
  socket.once('close', end);
  // It may have ended between its opening and now.
  if (socket.destroyed) setImmediate(end);

  return {
    send(line) {
      if (!isClosed) socket.write(`${line}\n`);
    },
    close,
  };
}
