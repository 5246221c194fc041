/**
 * The way out of each claim as a tree of steps. What follows what is taken from the contracts and documents named in
 * exit-facts.ts; where a choice was open, the reason stands beside it.
 */
import type { ExitLegKind } from '../../../shared/domain/exit.ts';
import type { ExitFactId } from './exit-facts.ts';

export type ExitNode =
  /** A published wait. */
  | { readonly op: 'fact'; readonly fact: ExitFactId; readonly kind: ExitLegKind }
  /** EigenLayer's withdrawal delay. `isRunning`: queued already, so that a pause only keeps it from being completed. */
  | { readonly op: 'escrow'; readonly isRunning?: true }
  /** Look-ahead, exit queue, withdrawability and sweep of Ethereum, in that order. */
  | { readonly op: 'validator-exit' }
  /** Needed only where what is held ready does not pay the request. */
  | { readonly op: 'unless-covered'; readonly part: ExitNode }
  /**
   * `serial`: one after the other. `parallel`: all begin at once, the last to end counts. `unordered`: they can run side
   * by side, and whether they do is up to somebody: side by side in the low and typical reading, in turn in the high.
   */
  | { readonly op: 'serial' | 'parallel' | 'unordered'; readonly parts: readonly ExitNode[] }
  /** The token received has a way out of its own. */
  | { readonly op: 'path'; readonly path: string }
  /** The same, of whatever token the strategy or vault holds. */
  | { readonly op: 'underlying' };

export interface ExitPath {
  readonly id: string;
  readonly name: string;
  /** Whose request it is: a pause of this protocol keeps it from being made. Null: made already, or nobody’s to stop. */
  readonly protocol: string | null;
  /** Instruments it is the way out of, by id. */
  readonly instruments: readonly string[];
  readonly root: ExitNode;
  /** Whether the typical reading takes the request to be paid out of what is held ready. */
  readonly isTypicallyCovered: boolean;
  /** What arrives; null: whatever the strategy or vault holds. */
  readonly paidIn: string | null;
}

const VALIDATOR_EXIT: ExitNode = { op: 'validator-exit' };

/**
 * Native ETH out of EigenLayer. The contracts let the shares be queued while the validator still exits, and only the
 * completion needs the ether in the pod, so the two can run side by side (Renzo’s documents say that it does so);
 * EigenLayer’s own guide takes them in turn, the validator first.
 */
const UNSTAKE_NATIVE: ExitNode = { op: 'unordered', parts: [VALIDATOR_EXIT, { op: 'escrow' }] };

function fact(id: ExitFactId, kind: ExitLegKind = 'issuer'): ExitNode {
  return { op: 'fact', fact: id, kind };
}

function unlessCovered(part: ExitNode): ExitNode {
  return { op: 'unless-covered', part };
}

function serial(...parts: readonly ExitNode[]): ExitNode {
  return { op: 'serial', parts };
}

function parallel(...parts: readonly ExitNode[]): ExitNode {
  return { op: 'parallel', parts };
}

type PathParts = Pick<ExitPath, 'id' | 'name' | 'root'> & Partial<ExitPath>;

function makePath({ id, protocol = id, instruments = [], ...rest }: PathParts): ExitPath {
  return { id, protocol, instruments, isTypicallyCovered: true, paidIn: 'ETH', ...rest };
}

export const EXIT_PATHS: readonly ExitPath[] = [
  makePath({
    id: 'none',
    name: 'Nothing to wait for',
    protocol: null,
    instruments: ['ETH', 'WETH'],
    root: serial(),
  }),

  makePath({
    id: 'none-btc',
    name: 'Nothing to wait for',
    protocol: null,
    instruments: ['BTC'],
    paidIn: 'BTC',
    root: serial(),
  }),

  // The buffer pays in order of requests. If it is short, validators are exited and the next report pays.
  makePath({
    id: 'lido',
    name: 'Lido withdrawal queue',
    instruments: ['stETH', 'wstETH'],
    root: parallel(fact('lido-queue'), unlessCovered(serial(VALIDATOR_EXIT, fact('lido-report')))),
  }),

  // The request waits in the issuer’s queue while the issuer unstakes for it: side by side.
  makePath({
    id: 'etherfi',
    name: 'ether.fi withdrawal request',
    instruments: ['eETH', 'weETH'],
    root: parallel(fact('etherfi-queue'), unlessCovered(UNSTAKE_NATIVE)),
  }),

  // The cooldown starts when the collateral is there: unstaking comes before it.
  makePath({
    id: 'renzo',
    name: 'Renzo withdrawal queue',
    instruments: ['ezETH'],
    root: serial(unlessCovered(UNSTAKE_NATIVE), fact('renzo-cooldown')),
  }),

  // Published as following EigenLayer’s delay, which therefore counts inside the wait, not on top of it.
  makePath({
    id: 'puffer',
    name: 'Puffer withdrawal manager',
    instruments: ['pufETH'],
    root: parallel(fact('puffer-queue'), unlessCovered(UNSTAKE_NATIVE)),
  }),

  // The wait published is that of the whole withdrawal; it cannot end before the assets are unstaked.
  makePath({
    id: 'kelp',
    name: 'Kelp withdrawal manager',
    instruments: ['rsETH'],
    root: parallel(fact('kelp-queue'), unlessCovered(UNSTAKE_NATIVE)),
  }),
  makePath({
    id: 'swell-staked',
    name: 'Swell swEXIT',
    protocol: 'swell',
    instruments: ['swETH'],
    isTypicallyCovered: false,
    root: parallel(fact('swell-queue'), unlessCovered(VALIDATOR_EXIT)),
  }),
  makePath({
    id: 'swell',
    name: 'Swell rswEXIT',
    instruments: ['rswETH'],
    isTypicallyCovered: false,
    root: parallel(fact('swell-queue'), unlessCovered(UNSTAKE_NATIVE)),
  }),

  // Follows the exit queue by its own description, so the typical reading waits for it.
  makePath({
    id: 'meth',
    name: 'mETH unstake request',
    instruments: ['mETH'],
    isTypicallyCovered: false,
    root: serial(unlessCovered(VALIDATOR_EXIT), fact('meth-oracle')),
  }),

  // The vault returns mETH; where its idle part is short, restaked mETH has to come back first.
  makePath({
    id: 'cmeth',
    name: 'cmETH delayed withdrawal',
    instruments: ['cmETH'],
    root: serial(parallel(fact('cmeth-delay'), unlessCovered({ op: 'escrow' })), {
      op: 'path',
      path: 'meth',
    }),
  }),
  makePath({
    id: 'rocketpool',
    name: 'rETH burn',
    instruments: ['rETH'],
    root: fact('reth-burn', 'no-redemption'),
  }),
  makePath({
    id: 'cbeth',
    name: 'Coinbase unwrap',
    protocol: 'coinbase',
    instruments: ['cbETH'],
    root: fact('cbeth-unwrap', 'no-redemption'),
  }),

  makePath({
    id: 'eigenlayer-native',
    name: 'Restaked native ETH',
    protocol: 'eigenlayer',
    root: UNSTAKE_NATIVE,
  }),
  // By EigenLayer’s guide the validator exits before the withdrawal is queued, so the ether is typically there.
  makePath({
    id: 'eigenlayer-native-queued',
    name: 'Queued withdrawal of native ETH',
    protocol: null,
    root: parallel({ op: 'escrow', isRunning: true }, unlessCovered(VALIDATOR_EXIT)),
  }),
  // The strategy returns the token, and only then can its own request be made.
  makePath({
    id: 'eigenlayer-strategy',
    name: 'Restaked token',
    protocol: 'eigenlayer',
    paidIn: null,
    root: serial({ op: 'escrow' }, { op: 'underlying' }),
  }),
  makePath({
    id: 'eigenlayer-strategy-queued',
    name: 'Queued withdrawal of a restaked token',
    protocol: null,
    paidIn: null,
    root: serial({ op: 'escrow', isRunning: true }, { op: 'underlying' }),
  }),
  makePath({
    id: 'symbiotic',
    name: 'Symbiotic vault',
    paidIn: null,
    root: serial(fact('symbiotic-wait', 'vault'), { op: 'underlying' }),
  }),
  makePath({
    id: 'karak',
    name: 'Karak vault',
    paidIn: null,
    root: serial(fact('karak-delay', 'vault'), { op: 'underlying' }),
  }),

  makePath({
    id: 'babylon-unbonding',
    name: 'Babylon unbonding',
    protocol: 'babylon',
    paidIn: 'BTC',
    root: fact('babylon-unbonding', 'timelock'),
  }),
  makePath({
    id: 'babylon-timelock',
    name: 'Babylon timelock',
    // Spent by the staker alone: nobody can pause it.
    protocol: null,
    paidIn: 'BTC',
    root: fact('babylon-timelock', 'timelock'),
  }),
  makePath({
    id: 'lombard',
    name: 'LBTC redemption',
    instruments: ['LBTC'],
    paidIn: 'BTC',
    root: fact('lombard-redemption'),
  }),
  makePath({
    id: 'solv',
    name: 'Solv redemption dates',
    instruments: ['SolvBTC', 'xSolvBTC'],
    paidIn: 'BTC token',
    root: fact('solv-redemption'),
  }),
  makePath({
    id: 'bedrock',
    name: 'uniBTC redemption',
    instruments: ['uniBTC'],
    paidIn: 'BTC token',
    root: fact('bedrock-redemption'),
  }),
  makePath({
    id: 'pumpbtc',
    name: 'pumpBTC redemption',
    instruments: ['pumpBTC'],
    paidIn: 'BTC token',
    root: fact('pumpbtc-redemption'),
  }),
  makePath({
    id: 'ebtc',
    name: 'eBTC vault queue',
    protocol: 'etherfi',
    instruments: ['eBTC'],
    paidIn: 'BTC token',
    root: fact('ebtc-queue'),
  }),
];

export function findExitPath(id: string): ExitPath | undefined {
  return EXIT_PATHS.find((path) => path.id === id);
}

/** The way out of a token held as such. */
export function findPathOfInstrument(instrumentId: string): ExitPath | undefined {
  return EXIT_PATHS.find(({ instruments }) => instruments.includes(instrumentId));
}

/** Whether a pause can name it: a protocol with requests of its own, those under the paths, or all of them. */
export function isPausable(protocol: string): boolean {
  return (
    ['all', 'ethereum', 'eigenlayer'].includes(protocol) ||
    EXIT_PATHS.some((path) => path.protocol === protocol)
  );
}
