/**
 * What the services need of the program that carries them. Electron is the host users get; a local Chromium is the
 * host of machines without Electron's runtime; the command line runs on a host without a window.
 */

export interface OfferedFile {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

export type HostKind = 'electron' | 'chromium' | 'none';

export interface Host {
  readonly kind: HostKind;
  /** Whether {@link printReport} can work here; false where no browser was found. */
  readonly canPrint: boolean;
  /**
   * Lets the user decide where the file goes. Resolves to the path, to null where the host does not learn it (a
   * browser's download), and to 'declined' where the user closed the dialog.
   */
  saveFile(file: OfferedFile): Promise<{ readonly path: string | null } | 'declined'>;
  /**
   * Prints the report page of `ticket` to PDF. The page asks for the model by that ticket.
   * @throws AppError no-browser, print-failed, cancelled
   */
  printReport(ticket: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Tells the user that something ended while the window was not looked at. Never carries an amount. */
  notify(title: string, body: string): void;
}

/** What a host serves to the page: named methods in, encoded results and events out. */
export interface ServedApp {
  /**
   * Runs one method. `input` and the result are text made by shared/contract/codec.ts. Never rejects: an error is an
   * encoded `{ ok: false, error }`.
   */
  dispatch(method: string, input: string): Promise<string>;
  /** Encoded events, until the returned function is called. */
  subscribe(listener: (event: string) => void): () => void;
}
