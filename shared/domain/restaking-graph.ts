/**
 * A restaking network as the engine sees it, and as a user may bring one in a file: who holds what, what stands behind
 * it, with which operators, which services can take it, and what they all rest on. Amounts are exact, in the smallest
 * unit of one asset; in a file they are written as text ("32000000000000000000"), because JSON numbers are not exact.
 */
import { z } from 'zod';
import { EDGE_MODES } from './exposure.ts';
import { HAZARD_CLASS_IDS } from './hazards.ts';
import { DEPENDENCY_KINDS } from './instrument.ts';

/** More than any supply in any unit has; what is longer is a mistake or a trap. */
const MOST_DIGITS = 60;
const MOST_ITEMS = 200_000;

const amountSchema = z.union([
  z.bigint(),
  z
    .string()
    .regex(/^-?\d{1,60}$/u, {
      message: `an amount is a whole number in quotes, of at most ${MOST_DIGITS} digits`,
    })
    .transform((text) => BigInt(text)),
]);

/** A share or threshold, exactly: thresholds are met or missed by equality, where a rounded third would lie. */
const fractionSchema = z.union([
  z.object({ num: z.bigint(), den: z.bigint() }),
  z
    .string()
    .regex(/^-?\d{1,30}(?:\/\d{1,30}|\.\d{1,30})?$/u, { message: 'a share is written "2/3", "0.5" or "1"' })
    .transform(parseFraction),
]);
export type Fraction = Readonly<z.output<typeof fractionSchema>>;

function parseFraction(text: string): { num: bigint; den: bigint } {
  const [top = '', bottom] = text.split('/');
  if (bottom !== undefined) return { num: BigInt(top), den: BigInt(bottom) };
  const [whole = '', decimals = ''] = text.split('.');
  return { num: BigInt(whole + decimals), den: 10n ** BigInt(decimals.length) };
}

const idSchema = z.string().min(1).max(200);
const nameSchema = z.string().max(200);
const idsSchema = z.array(idSchema).max(10_000).default([]);

function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).max(MOST_ITEMS).default([]);
}

/** A part of a position or pool, and where it stands. `dependsOn`: what only this part rests on. */
const partSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('pool'), pool: idSchema, amount: amountSchema, dependsOn: idsSchema }),
  z.strictObject({
    to: z.literal('operator'),
    operator: idSchema,
    /** Which of the operator's stakes: an EigenLayer strategy, a Symbiotic or Karak vault; null where it has one. */
    vault: idSchema.nullable().default(null),
    amount: amountSchema,
    dependsOn: idsSchema,
  }),
  /** In reach of no service. */
  z.strictObject({ to: z.literal('free'), amount: amountSchema, dependsOn: idsSchema }),
  /** Restaked or not: cannot be seen. `behind`: who keeps it out of sight, an issuer as a rule. */
  z.strictObject({
    to: z.literal('hidden'),
    behind: nameSchema.min(1),
    /** Bitcoin staked with Babylon: a finality provider's equivocation reaches it, and no service does. */
    standsWith: z.literal('finality-provider').optional(),
    amount: amountSchema,
    dependsOn: idsSchema,
  }),
]);
export type GraphPart = z.output<typeof partSchema>;

const graphPositionSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  /** Symbol of the token held. */
  token: nameSchema,
  /** Null: not valued; then it has no parts and every result names it as left out. */
  value: amountSchema.nullable(),
  /** What no part names counts as hidden behind the token. */
  parts: listOf(partSchema),
  /** Ids of what one fault of which reaches all of it. */
  dependsOn: idsSchema,
});
export type GraphPosition = z.output<typeof graphPositionSchema>;

/** A token, vault or strategy: value that enters it stands where its parts stand, in proportion. */
const poolSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['token', 'vault', 'strategy']),
  name: nameSchema,
  /** All that stands in it. What no part names counts as hidden behind the pool. */
  total: amountSchema,
  parts: listOf(partSchema),
  dependsOn: idsSchema,
});
export type GraphPool = z.output<typeof poolSchema>;

const graphOperatorSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  /** A Babylon finality provider is slashed by the chain itself, for equivocation only. */
  kind: z.enum(['operator', 'finality-provider']).default('operator'),
  stakes: listOf(
    z.strictObject({
      vault: idSchema.nullable().default(null),
      amount: amountSchema,
      /**
       * Shared collateral: services that see one fault earmark their shares before any of them is paid (Karak). Else
       * each takes its share of what the others left (Symbiotic).
       */
      earmarks: z.boolean().default(false),
    }),
  ),
  /** Finality providers: what a slashing costs each position on top of the slashed share (the transaction's fee). */
  slashFee: amountSchema.default(0n),
  dependsOn: idsSchema,
});
export type GraphOperator = z.output<typeof graphOperatorSchema>;

const graphServiceSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  /** Share of its stake that must misbehave for the service to fall; null where it is not known. */
  threshold: fractionSchema.nullable().default(null),
  /** What corrupting it earns, in the graph's unit; null where it is not known. */
  profit: amountSchema.nullable().default(null),
});
export type GraphService = z.output<typeof graphServiceSchema>;

const graphEdgeSchema = z.strictObject({
  operator: idSchema,
  vault: idSchema.nullable().default(null),
  service: idSchema,
  mode: z.enum(EDGE_MODES),
  /** How much of the operator's stake the service can take. */
  allocation: amountSchema,
});
export type GraphEdge = z.output<typeof graphEdgeSchema>;

/** `validators`: the Ethereum validators that a value is staked with. */
const GRAPH_DEPENDENCY_KINDS = [...DEPENDENCY_KINDS, 'validators'] as const;

const graphDependencySchema = z.strictObject({
  id: idSchema,
  kind: z.enum(GRAPH_DEPENDENCY_KINDS),
  name: nameSchema,
  /** How it fails, where its kind does not say: a regulated custodian, a governance key that can withdraw. */
  hazard: z.enum(HAZARD_CLASS_IDS).nullable().default(null),
  /** Validators: the operator that runs all of them; null for a set of many. */
  operator: idSchema.nullable().default(null),
});
export type GraphDependency = z.output<typeof graphDependencySchema>;

/** First-loss cover: pays min(cap, max(0, loss - deductible)), shared by its beneficiaries in proportion to loss. */
const graphCoverSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  beneficiaries: z.array(idSchema).min(1).max(MOST_ITEMS),
  deductible: amountSchema.default(0n),
  cap: amountSchema,
  /** Wrong-way risk: when one of these fails, the pool loses that share of its cap before it pays. */
  hangsOn: listOf(
    z.strictObject({
      kind: z.enum(['operator', 'service', 'dependency']),
      id: idSchema,
      share: fractionSchema,
    }),
  ),
});
export type GraphCover = z.output<typeof graphCoverSchema>;

export const restakingGraphSchema = z.strictObject({
  schema: z.literal('ballast-graph/1'),
  /** Name and decimals of the asset that all amounts count. */
  unit: z.string().min(1).max(20),
  decimals: z.number().int().min(0).max(36),
  positions: listOf(graphPositionSchema),
  pools: listOf(poolSchema),
  operators: listOf(graphOperatorSchema),
  services: listOf(graphServiceSchema),
  edges: listOf(graphEdgeSchema),
  dependencies: listOf(graphDependencySchema),
  covers: listOf(graphCoverSchema),
});
export type RestakingGraph = z.output<typeof restakingGraphSchema>;
