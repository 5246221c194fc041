/**
 * What only events tell: which contracts an issuer made, which requests an account was given, what an operator calls
 * itself. A trail is kept from reading to reading, so that the events of a block are asked for once; a node that serves
 * short ranges only leaves it unfinished, and the next reading goes on from there. What a trail says is a hint: every amount
 * behind it is read by a view.
 */
import { numberToHex, padHex, type Hex } from 'viem';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { ContractName, Network } from '../../../shared/domain/network.ts';
import type { Trail } from '../../../shared/domain/trail.ts';
import { maxOf, minOf } from '../../../shared/domain/units.ts';
import { quoteForeign } from '../../../shared/format/visible-text.ts';
import type { EthereumClient } from './client.ts';
import { TooLargeError } from './node-errors.ts';
import { addressOfWord } from './word-address.ts';

/** An event, and what of it is kept. */
export interface TrailKind {
  readonly id: string;
  readonly contract: ContractName;
  /** Hash of its signature. */
  readonly event: Hex;
  /** Which indexed argument says whose it is, from 1; null where the trail is of all of them. */
  readonly subject: 1 | 2 | null;
  /** Null for an event that tells nothing. */
  readonly read: (log: TrailLog) => string | null;
}

export interface TrailLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

export interface TrailResult {
  readonly trails: readonly Trail[];
  /** By kind: why it is not whole. */
  readonly gaps: ReadonlyMap<string, string>;
}

/** More requests of one reading would make it wait for what the next one can have. */
const MOST_REQUESTS = 48;
/** The last events are read again each time: the chain may replace their blocks (two epochs are final). */
const UNSETTLED_BLOCKS = 64n;
/** A trail longer than this is no list anybody made. */
const MOST_FOUND = 4096;
const MOST_TIMEOUTS = 2;

const bytes = z.templateLiteral(['0x', z.string().regex(/^(?:[0-9a-f]{2})*$/iu)]);
/** Of no other length is a topic one: whatever reads it may rely on that. */
const topicSchema = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{64}$/iu)]);
const logsSchema = z.array(
  z.object({
    address: z.string(),
    topics: z.array(topicSchema).max(4),
    data: bytes,
    blockNumber: z
      .string()
      .regex(/^0x[0-9a-f]{1,16}$/iu)
      .transform(BigInt),
    logIndex: z.string().regex(/^0x[0-9a-f]{1,16}$/iu),
    removed: z.boolean().optional(),
  }),
);

interface FollowInput {
  readonly client: EthereumClient;
  readonly network: Network;
  /** The pinned block: nothing after it is read. */
  readonly block: bigint;
  readonly known: readonly Trail[];
}

interface Wish {
  readonly kind: TrailKind;
  /** Of a kind with a subject. */
  readonly subjects: readonly EvmAddress[];
}

function trailId({ id }: TrailKind, subject: EvmAddress | null = null): string {
  return subject === null ? id : `${id}:${subject}`;
}

export function findTrail(
  trails: readonly Trail[],
  kind: TrailKind,
  subject: EvmAddress | null = null,
): Trail | null {
  return trails.find(({ id }) => id === trailId(kind, subject)) ?? null;
}

/**
 * Goes on with each trail up to the pinned block, as far as the node lets it.
 * @throws AppError cancelled; whatever else is wrong with the node leaves a gap
 */
export async function followTrails(input: FollowInput, wishes: readonly Wish[]): Promise<TrailResult> {
  const asker = createAsker(input.client);
  const trails: Trail[] = [];
  const gaps = new Map<string, string>();
  for (const { kind, subjects } of wishes) {
    const target = input.network.contracts[kind.contract];
    if (target === undefined) continue;
    const wanted = (kind.subject === null ? [null] : [...new Set(subjects)]).map(
      (subject) =>
        dropUnsettled(findTrail(input.known, kind, subject)) ?? {
          id: trailId(kind, subject),
          through: BigInt(input.network.logsFrom) - 1n,
          found: [],
        },
    );
    // One request asks for all subjects that were followed equally far.
    for (const group of Map.groupBy(wanted, ({ through }) => through).values()) {
      const read = await followGroup(asker, kind, target.address, group, input.block);
      trails.push(...read.trails);
      if (read.gap !== null) gaps.set(kind.id, read.gap);
    }
  }
  return { trails, gaps };
}

/** What a chain may have replaced is asked for again. */
function dropUnsettled(trail: Trail | null): Trail | null {
  return trail && { ...trail, found: trail.found.filter(({ block }) => block <= trail.through) };
}

async function followGroup(
  asker: Asker,
  kind: TrailKind,
  address: EvmAddress,
  group: readonly Trail[],
  block: bigint,
): Promise<{ readonly trails: readonly Trail[]; readonly gap: string | null }> {
  const subjects = kind.subject === null ? null : group.map(({ id }) => toTopic(id));
  const topics =
    subjects === null
      ? [kind.event]
      : [kind.event, ...Array<null>((kind.subject ?? 1) - 1).fill(null), subjects];
  const found = new Map(group.map(({ id, found: kept }) => [id, [...kept]]));
  let through = group[0]?.through ?? block;
  let gap: string | null = null;
  while (through < block && gap === null) {
    const answer = await asker.ask({ address, topics, from: through + 1n, to: block });
    if (!answer.ok) {
      gap = answer.why;
      break;
    }
    for (const log of answer.logs) {
      const value = kind.read(log);
      const subject = kind.subject === null ? null : addressOfWord(log.topics[kind.subject]);
      const list = found.get(trailId(kind, subject));
      if (value === null || list === undefined) continue;
      if (list.length >= MOST_FOUND) gap = `more than ${MOST_FOUND} events`;
      else list.push({ block: log.block, value });
    }
    through = answer.to;
  }
  const settled = minOf(through, block - UNSETTLED_BLOCKS);
  return {
    gap: gap === null ? null : through < block ? `${gap}; read up to block ${through}` : gap,
    trails: group.map(({ id, through: before }) => ({
      id,
      // Never back: a block once settled is not asked for again.
      through: maxOf(settled, before),
      found: found.get(id) ?? [],
    })),
  };
}

function toTopic(id: string): Hex {
  return padHex(toEvmAddress(id.slice(id.indexOf(':') + 1)).toLowerCase() as Hex, { size: 32 });
}

interface Query {
  readonly address: EvmAddress;
  readonly topics: readonly (Hex | readonly Hex[] | null)[];
  readonly from: bigint;
  readonly to: bigint;
}

type Answer =
  /** All events of the blocks from the query's first to `to`. */
  | {
      readonly ok: true;
      readonly to: bigint;
      readonly logs: readonly (TrailLog & { readonly block: bigint })[];
    }
  | { readonly ok: false; readonly why: string };

interface Asker {
  ask(query: Query): Promise<Answer>;
}

/** Ranges are halved until the node takes them; what it takes is kept for the queries that follow. */
function createAsker(client: EthereumClient): Asker {
  let requests = 0;
  let timeouts = 0;
  let widest: bigint | null = null;
  return {
    async ask(query) {
      for (;;) {
        if (requests >= MOST_REQUESTS)
          return { ok: false, why: `the node serves events in small parts only` };
        const to = widest === null ? query.to : minOf(query.to, query.from + widest - 1n);
        requests += 1;
        try {
          return { ok: true, to, logs: await readLogs(client, query, to) };
        } catch (error) {
          if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
          const isTimeout = error.code === 'node-timeout' && ++timeouts <= MOST_TIMEOUTS;
          const width = to - query.from + 1n;
          if ((!isTimeout && !(error instanceof TooLargeError)) || width === 1n) {
            return { ok: false, why: `the node does not serve them (${error.detail ?? error.message})` };
          }
          widest = width / 2n;
        }
      }
    },
  };
}

async function readLogs(
  client: EthereumClient,
  { address, topics, from }: Query,
  to: bigint,
): Promise<(TrailLog & { readonly block: bigint })[]> {
  const filter = { address, topics, fromBlock: numberToHex(from), toBlock: numberToHex(to) };
  const parsed = logsSchema.safeParse(await client.request('eth_getLogs', [filter]));
  if (!parsed.success) throw refusal('the answer is no list of events');
  const logs = parsed.data.filter(({ removed }) => removed !== true);
  // A node that answers another question is no source of any event.
  const isAsked = logs.every(
    (log) =>
      log.address.toLowerCase() === address.toLowerCase() &&
      log.topics[0]?.toLowerCase() === topics[0] &&
      log.blockNumber >= from &&
      log.blockNumber <= to,
  );
  if (!isAsked) throw refusal('it answers with events that were not asked for');
  return logs
    .sort((a, b) => Number(a.blockNumber - b.blockNumber) || Number(BigInt(a.logIndex) - BigInt(b.logIndex)))
    .map(({ topics: own, data, blockNumber }) => ({
      topics: own.map((topic) => topic.toLowerCase() as Hex),
      data,
      block: blockNumber,
    }));
}

function refusal(detail: string): AppError {
  return new AppError('node-malformed', 'The node did not answer for events.', {
    detail: quoteForeign(detail, 200),
  });
}
