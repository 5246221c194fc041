/** Sites that show addresses and transactions. Nothing else is ever opened in the user's browser. */
const EXPLORER_HOSTS: ReadonlySet<string> = new Set([
  'etherscan.io',
  'hoodi.etherscan.io',
  'sepolia.etherscan.io',
  'eth.blockscout.com',
  'beaconcha.in',
  'app.eigenlayer.xyz',
]);

/** An address, transaction or block, and nothing else: a path or a query could carry data out. */
const SHOWN_PATH =
  /^\/(?:(?:address|token|operator|avs)\/0x[0-9a-f]{40}|tx\/0x[0-9a-f]{64}|block\/\d{1,12})$/iu;

/** Whether a link may be handed to the user's browser: https, one of the explorers, nothing unusual in it. */
export function isExplorerLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password, pathname, search, hash } = new URL(url);
  const hasNothingElse = username === '' && password === '' && search === '' && hash === '';
  return protocol === 'https:' && EXPLORER_HOSTS.has(host) && hasNothingElse && SHOWN_PATH.test(pathname);
}
