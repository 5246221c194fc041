import { app } from 'electron';

/** To be called before Electron is ready: everything here is read once, at start. */
export function hardenProcess(): void {
  // Every renderer, also one that some later code would open without asking for it.
  app.enableSandbox();
  // The page asks the main process for everything, and the main process uses Node's own network stack. So Chromium's may
  // know no name, no proxy and no peer: whatever it would like to fetch by itself, it cannot.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-quic');
  app.commandLine.appendSwitch('no-pings');
}
