/**
 * Switches for every browser Ballast starts. Chromium talks to its maker in many ways of its own; the last two lines end
 * that at the root: whatever is not for 127.0.0.1 goes to a proxy, and that proxy is Ballast's own server, which refuses
 * it without passing anything on. (Fixed proxies have no fallback, and names are left for the proxy to resolve.)
 * @param origin the loopback server, `http://127.0.0.1:<port>`
 */
export function listQuietArguments(origin: string): string[] {
  return [
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-quic',
    '--disable-sync',
    '--disable-features=AutofillServerCommunication,MediaRouter,OptimizationHints,Translate',
    `--proxy-server=${origin}`,
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  ];
}

/** The command line of the window. It never carries a token: other users of the machine can read command lines. */
export function listWindowArguments(
  launcherUrl: string,
  origin: string,
  profileDir: string,
  isRoot: boolean,
): string[] {
  return [
    `--app=${launcherUrl}`,
    `--user-data-dir=${profileDir}`,
    '--window-size=1360,900',
    // Keeps Chromium from asking for the system's keyring; this profile holds nothing to encrypt.
    '--password-store=basic',
    '--use-mock-keychain',
    ...listQuietArguments(origin),
    // Chromium's sandbox refuses to run as root, which is what containers are.
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}
