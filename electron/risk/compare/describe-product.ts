/**
 * What a product of the catalogue rests on, as a position of a restaking graph. The catalogue says what there is and not
 * how much of it; every rule here that fills the gap is handed on as an assumption.
 */
import type { Product, Protocol, ProtocolDependency, ProtocolKind } from '../../../shared/domain/catalog.ts';
import type {
  CataloguedProduct,
  ComparisonAssumption,
  ComparisonAssumptionKey,
} from '../../../shared/domain/product-comparison.ts';
import type {
  GraphDependency,
  GraphOperator,
  GraphPart,
  GraphPosition,
} from '../../../shared/domain/restaking-graph.ts';

/** What each product holds: one whole unit, of 18 decimals. */
const UNIT = 10n ** 18n;
export const UNIT_DECIMALS = 18;

/** Few enough for one to matter, many enough that no single one is the whole. */
const VALIDATOR_OPERATORS = 10;

/** The stake whose slashing pays the least fee that Babylon's parameters allow, 100,000 satoshi. */
const OUTPUT_BTC = 1;
const SLASHING_FEE_BTC = 0.001;
const SLASHING_FEE = UNIT / 1000n;

interface DescribedProduct {
  readonly position: GraphPosition;
  readonly operators: readonly GraphOperator[];
  /** May name the same thing as another product's: then it is one thing. */
  readonly dependencies: readonly GraphDependency[];
  readonly isTraded: boolean;
  readonly assumptions: readonly ComparisonAssumption[];
}

export interface DescribeOptions {
  /** Whether dependencies that nobody confirmed count. */
  readonly withUnconfirmed: boolean;
  readonly withBridges: boolean;
  /** All of the catalogue, to find the protocols that names in dependencies mean. */
  readonly protocols: readonly Protocol[];
}

const RESTAKED: readonly ProtocolKind[] = ['restaking-platform', 'lrt'];
const KEPT: readonly ProtocolKind[] = ['btc-lrt', 'btc-wrapper'];

export function describeProduct(
  { ref, protocol, product }: CataloguedProduct,
  options: DescribeOptions,
): DescribedProduct {
  const notes: ComparisonAssumption[] = [];
  const note: Note = (key, values = {}) => notes.push({ key, productId: ref, values });
  const own = protocol.dependencies.filter((dependency) => concerns(dependency, protocol, product));
  const layers = [
    ...listContracts(protocol, product, own, options, note),
    ...listBridges(own, options, note),
  ];
  noteLeftOut(own, note);
  const custodians = listCustodians(protocol, product, own, note);
  const validators = listValidators(protocol, product, note);
  const provider = describeProvider(protocol, product, note);
  if (RESTAKED.includes(product.kind)) note('restakedInFull');
  const parts = divide(
    validators.flatMap((validator) => custodians.map((custodian) => [validator, custodian])),
    (amount, dependsOn) => placePart(protocol, product, provider, amount, dependsOn),
  );
  return {
    position: {
      id: ref,
      name: product.name,
      token: product.symbol ?? ref,
      value: UNIT,
      parts,
      dependsOn: layers.map(({ id }) => id),
    },
    operators: [...(provider === null ? [] : [provider]), ...validators.flatMap(listOperator)],
    dependencies: [...layers, ...[...validators, ...custodians].filter((found) => found !== null)],
    isTraded: product.symbol !== null,
    assumptions: notes,
  };
}

type Note = (key: ComparisonAssumptionKey, values?: ComparisonAssumption['values']) => void;

/** A dependency that names another product of the protocol, and not this one, is of that one. */
function concerns({ name }: ProtocolDependency, { products }: Protocol, { symbol }: Product): boolean {
  const words = new Set(name.split(/[^\p{L}\p{N}]+/u));
  if (symbol !== null && words.has(symbol)) return true;
  return !products.some((other) => other.symbol !== null && words.has(other.symbol));
}

function makeLayer(kind: 'contract' | 'bridge' | 'custodian', key: string, name: string): GraphDependency {
  return { id: `${kind}:${key}`, kind, name, hazard: null, operator: null };
}

/** The same name is the same thing, however it is written. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}

/** The protocol's own contracts, and those of the protocols it is built on: all of it rests on each. */
function listContracts(
  protocol: Protocol,
  product: Product,
  dependencies: readonly ProtocolDependency[],
  { protocols, withUnconfirmed }: DescribeOptions,
  note: Note,
): GraphDependency[] {
  const found = new Map<string, GraphDependency>();
  const add = (id: string, name: string): void => {
    if (!found.has(id)) found.set(id, makeLayer('contract', id, name));
  };
  // A stake of one's own is a Bitcoin output: there is no contract to break into.
  if (product.kind !== 'btc-staking') add(protocol.id, protocol.name);
  for (const dependency of dependencies) {
    const { kind, name, status } = dependency;
    if (kind === 'contract') note('ownContract', { name });
    if (kind !== 'protocol') continue;
    if (status === 'unconfirmed') note('stressedOnly', { name });
    if (status === 'unconfirmed' && !withUnconfirmed) continue;
    for (const { id, name: of, isBitcoinStaking } of namesIn(name, protocols)) {
      // How Babylon slashes is described by the provider.
      if (isBitcoinStaking) continue;
      if (!found.has(id)) note('restsInFull', { name: of });
      add(id, of);
    }
  }
  const isOnPlatform = protocols.some(({ id, kind }) => kind === 'restaking-platform' && found.has(id));
  if (product.kind === 'lrt' && !isOnPlatform) add('eigenlayer', 'EigenLayer');
  return [...found.values()];
}

interface NamedProtocol {
  readonly id: string;
  readonly name: string;
  readonly isBitcoinStaking: boolean;
}

/** The catalogue's protocols that a text names; where there is none, what it says before its first comma. */
function namesIn(text: string, protocols: readonly Protocol[]): NamedProtocol[] {
  const named = protocols
    .map(({ id, name, kind }) => ({ id, name, isBitcoinStaking: kind === 'btc-staking' }))
    // "Babylon (Bitcoin staking)" is called Babylon.
    .filter(({ id, name }) => names(text, name.replace(/\(.*$/u, '')) || names(text, id));
  if (named.length > 0) return named;
  const [head = text] = text.split(',');
  return [{ id: slugOf(head), name: head, isBitcoinStaking: false }];
}

/** Whether the words stand in the text, as words. */
function names(text: string, words: string): boolean {
  return `-${slugOf(text)}-`.includes(`-${slugOf(words)}-`);
}

function listBridges(
  dependencies: readonly ProtocolDependency[],
  { withBridges, withUnconfirmed }: DescribeOptions,
  note: Note,
): GraphDependency[] {
  const bridges = dependencies.filter(({ kind }) => kind === 'bridge');
  return bridges.flatMap(({ name, status }) => {
    note(withBridges ? 'bridged' : 'unbridged', { name });
    if (!withBridges) return [];
    if (status === 'unconfirmed') note('stressedOnly', { name });
    return status === 'unconfirmed' && !withUnconfirmed ? [] : [makeLayer('bridge', slugOf(name), name)];
  });
}

function noteLeftOut(dependencies: readonly ProtocolDependency[], note: Note): void {
  for (const { kind, name } of dependencies) {
    if (kind === 'oracle') note('oracleApart', { name });
    if (kind === 'governance') note('controlApart', { name });
  }
}

/** Somebody keeps the coins, confirmed or not. `[null]`: nobody does. */
function listCustodians(
  protocol: Protocol,
  { kind }: Product,
  dependencies: readonly ProtocolDependency[],
  note: Note,
): (GraphDependency | null)[] {
  const named = dependencies.filter((dependency) => dependency.kind === 'custodian');
  if (named.length > 0) {
    note('custodians', { custodians: named.map(({ name }) => name).join('; ') });
    return named.map(({ name }) => makeLayer('custodian', slugOf(name), name));
  }
  if (!KEPT.includes(kind)) return [null];
  note('custodianUnnamed');
  return [makeLayer('custodian', protocol.id, protocol.name)];
}

/** Ethereum's validators behind it, by operator. `[null]`: none. */
function listValidators(protocol: Protocol, { kind }: Product, note: Note): (GraphDependency | null)[] {
  const isStaked = kind === 'lst' || RESTAKED.includes(kind);
  if (isStaked && protocol.asset !== 'ETH') note('collateralApart');
  if (!isStaked || protocol.asset !== 'ETH') return [null];
  note('validators', { operators: VALIDATOR_OPERATORS });
  return Array.from({ length: VALIDATOR_OPERATORS }, (_, index) => {
    const operator = `${protocol.id}:${index + 1}`;
    const name = `${protocol.name} ${index + 1}`;
    return { id: `validators:${operator}`, kind: 'validators', name, hazard: null, operator };
  });
}

/** Who runs validators stands with no service: what is restaked is hidden. */
function listOperator(validators: GraphDependency | null): GraphOperator[] {
  if (validators === null || validators.operator === null) return [];
  const { operator, name } = validators;
  return [{ id: operator, name, kind: 'operator', stakes: [], slashFee: 0n, dependsOn: [] }];
}

function describeProvider(protocol: Protocol, { kind }: Product, note: Note): GraphOperator | null {
  if (kind !== 'btc-staking' && kind !== 'btc-lrt') return null;
  const isOwn = kind === 'btc-staking';
  if (isOwn) note('oneOutput', { size: OUTPUT_BTC, fee: SLASHING_FEE_BTC });
  else note('stakedInFull');
  return {
    id: `provider:${protocol.id}`,
    name: protocol.name,
    kind: 'finality-provider',
    stakes: [{ vault: null, amount: UNIT, earmarks: false }],
    // Who stakes for many makes outputs so large that the fee is nothing.
    slashFee: isOwn ? SLASHING_FEE : 0n,
    dependsOn: [],
  };
}

/** Equal parts, one for each pair of validators and custodian; the last takes what dividing leaves. */
function divide(
  pairs: readonly (readonly (GraphDependency | null)[])[],
  place: (amount: bigint, dependsOn: string[]) => GraphPart,
): GraphPart[] {
  const each = UNIT / BigInt(pairs.length);
  return pairs.map((pair, index) => {
    const amount = index === pairs.length - 1 ? UNIT - each * BigInt(index) : each;
    return place(
      amount,
      pair.flatMap((found) => (found === null ? [] : [found.id])),
    );
  });
}

function placePart(
  protocol: Protocol,
  { kind }: Product,
  provider: GraphOperator | null,
  amount: bigint,
  dependsOn: string[],
): GraphPart {
  if (provider !== null) return { to: 'operator', operator: provider.id, vault: null, amount, dependsOn };
  if (RESTAKED.includes(kind)) return { to: 'hidden', behind: protocol.name, amount, dependsOn };
  return { to: 'free', amount, dependsOn };
}
