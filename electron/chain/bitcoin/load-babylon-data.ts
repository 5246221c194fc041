/** What is known of Babylon's network: covenant, parameter versions and finality providers, as data with its source. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { bitcoinNetworkSchema, type BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';
import { estimateTimeOfBlock } from '../../../shared/domain/block-time.ts';
import { quoteForeign } from '../../../shared/format/visible-text.ts';
import { WAD, type Sat, type Wad } from '../../../shared/domain/units.ts';

const keySchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/u)
  .transform((hex): Uint8Array => Buffer.from(hex, 'hex'));
const namedKeysSchema = z.strictObject({
  source: z.string().min(1),
  keys: z.array(z.strictObject({ key: keySchema, name: z.string().min(1).optional() })).min(1),
});
// as: JSON carries no brand.
const satSchema = z
  .string()
  .regex(/^\d{1,16}$/u)
  .transform((text) => BigInt(text) as Sat);
const rateSchema = z
  .string()
  .regex(/^0\.\d{1,4}$/u)
  .transform((text) => (BigInt(text.slice(2).padEnd(4, '0')) * (WAD / 10_000n)) as Wad);
const blocksSchema = z.number().int().min(1).max(65_535);

const versionSchema = z.strictObject({
  version: z.number().int().min(0),
  /** Stakes are of the version that is in force in the block that includes them. */
  activationHeight: z.number().int().min(0),
  covenantQuorum: z.number().int().min(1),
  /** Keys of its own; where it has none, those of the file. */
  covenant: z.array(keySchema).min(1).optional(),
  minStakeSat: satSchema,
  maxStakeSat: satSchema,
  minStakingBlocks: blocksSchema,
  maxStakingBlocks: blocksSchema,
  unbondingBlocks: blocksSchema,
  unbondingFeeSat: satSchema,
  slashingRate: rateSchema,
  minSlashingFeeSat: satSchema,
});
export type BabylonVersion = z.infer<typeof versionSchema>;

const babylonDataSchema = z.strictObject({
  schema: z.literal('ballast-babylon/1'),
  network: bitcoinNetworkSchema,
  asOf: z.iso.date(),
  tag: z.string().length(4),
  /** Dates of later blocks are estimated from it, ten minutes for each. Unix seconds. */
  knownBlock: z.strictObject({
    source: z.string().min(1),
    height: z.number().int().min(0),
    time: z.number().int().min(1_231_006_505),
  }),
  covenant: namedKeysSchema,
  parameters: z.strictObject({
    source: z.string().min(1),
    note: z.string().min(1),
    versions: z.array(versionSchema).min(1),
  }),
  finalityProviders: namedKeysSchema,
});
export type BabylonData = z.infer<typeof babylonDataSchema>;

/** @throws AppError internal where the file is missing or damaged: the installation is */
export function loadBabylonData(assetsDir: string): BabylonData {
  try {
    return babylonDataSchema.parse(
      JSON.parse(readFileSync(join(assetsDir, 'babylon', 'mainnet.json'), 'utf8')),
    );
  } catch (cause) {
    throw new AppError(
      'internal',
      'The list of Babylon’s parameters that comes with Ballast cannot be read.',
      {
        detail: cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause),
        help: 'Install Ballast again.',
        cause,
      },
    );
  }
}

/** A file the user brought; `network`: null takes one of any. @throws AppError bad-babylon-file */
export function parseBabylonData(text: string, network: BitcoinNetwork | null): BabylonData {
  let parsed: BabylonData;
  try {
    parsed = babylonDataSchema.parse(JSON.parse(text));
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is not JSON';
    throw badFile(quoteForeign(detail, LONGEST_DETAIL));
  }
  if (network === null || parsed.network === network) return parsed;
  throw badFile(`it is for ${parsed.network}, and these accounts are on ${network}`);
}

const LONGEST_DETAIL = 400;

function badFile(detail: string): AppError {
  return new AppError('bad-babylon-file', 'This is not a file of Babylon’s parameters that fits.', {
    detail,
    help: 'Its form is described in docs/bitcoin.md.',
  });
}

/** Ten minutes: what the difficulty aims at. Blocks have come about one part in a hundred faster. */
const BLOCK_SECONDS = 600;

/** Unix milliseconds at which a block is expected, or was: an estimate that is days off. */
export function estimateTimeOfHeight({ knownBlock }: BabylonData, height: number): number {
  const block = { number: BigInt(knownBlock.height), hash: '', time: knownBlock.time };
  return estimateTimeOfBlock(BigInt(height), { block, blockSeconds: BLOCK_SECONDS });
}

/** The version in force in a block; null before the first. */
export function findVersion({ parameters }: BabylonData, height: number): BabylonVersion | null {
  return (
    parameters.versions
      .filter(({ activationHeight }) => activationHeight <= height)
      .toSorted((a, b) => b.activationHeight - a.activationHeight)[0] ?? null
  );
}
