/** Sites that show addresses and transactions. Nothing else is ever opened in the user's browser. */
const EXPLORER_HOSTS: ReadonlySet<string> = new Set([
  'etherscan.io',
  'hoodi.etherscan.io',
  'sepolia.etherscan.io',
  'eth.blockscout.com',
  'beaconcha.in',
  'app.eigenlayer.xyz',
]);

/** Whether a link may be handed to the user's browser: https, one of the explorers, nothing unusual in it. */
export function isExplorerLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && EXPLORER_HOSTS.has(host) && username === '' && password === '';
}
