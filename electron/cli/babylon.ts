/** `ballast babylon`: whether a Bitcoin transaction stakes with Babylon or spends a stake, read from its bytes alone. */
import {
  estimateTimeOfHeight,
  findVersion,
  loadBabylonData,
  parseBabylonData,
  type BabylonData,
  type BabylonVersion,
} from '../chain/bitcoin/load-babylon-data.ts';
import { findStakeSpends, type StakeSpend } from '../chain/bitcoin/babylon-spend.ts';
import { isSameBytes, toHex } from '../chain/bitcoin/bytes.ts';
import { findStakes, type Stake, type UnrecognisedStake } from '../chain/bitcoin/babylon-stake.ts';
import { readTransaction } from '../chain/bitcoin/transaction.ts';
import { stringifyForPeople } from '../report/render-json.ts';
import { computeSlashingTransaction } from '../risk/index.ts';
import { formatBlock, formatValue } from '../../shared/format/numbers.ts';
import { formatMonth } from '../../shared/format/time.ts';
import type { Unit } from '../../shared/domain/figure.ts';
import { UsageError } from './exit-codes.ts';
import { readBabylonFile, readNamedFile } from './read-named-file.ts';

import type { Terminal } from './terminal.ts';

export interface BabylonOptions {
  readonly tx?: string | undefined;
  readonly txFile?: string | undefined;
  readonly height?: string | undefined;
  readonly staker?: readonly string[] | undefined;
  readonly babylon?: string | undefined;
  readonly json?: boolean | undefined;
}

const BTC_UNIT: Unit = { symbol: 'BTC', decimals: 8, kind: 'amount' };
const PERCENT_UNIT: Unit = { symbol: '%', decimals: 18, kind: 'share' };

/** What is printed, as data: keys and scripts as hex digits, amounts in satoshi. */
interface Explanation {
  readonly txid: string;
  /** As told by the user; null where it was not. */
  readonly height: number | null;
  readonly stakes: readonly ExplainedStake[];
  readonly unrecognised: readonly (Omit<UnrecognisedStake, 'staker' | 'finalityProvider'> & Parties)[];
  readonly spends: readonly (Omit<StakeSpend, 'staker' | 'finalityProvider'> & Parties)[];
}

interface Parties {
  readonly staker: string;
  readonly finalityProvider: string | null;
  /** As the list of providers names it; null where it has no name there. */
  readonly finalityProviderName: string | null;
}

interface ExplainedStake extends Parties {
  readonly outputIndex: number;
  readonly valueSat: bigint;
  readonly stakingBlocks: number;
  readonly foundBy: Stake['foundBy'];
  readonly versions: readonly VersionNumbers[];
  /** First block that may include a withdrawal; null where the stake's own block is not known. */
  readonly withdrawableFrom: number | null;
  /** When that block is expected, Unix milliseconds: an estimate that is days off. */
  readonly withdrawableAboutMs: number | null;
}

interface VersionNumbers {
  readonly version: number;
  readonly activationHeight: number;
  readonly unbondingBlocks: number;
  readonly unbondingFeeSat: bigint;
  /** What the staker is without after a slash at the least fee: the rate's part and the fee. */
  readonly lossIfSlashedSat: bigint;
  readonly slashingRate: bigint;
  readonly slashingFeeSat: bigint;
}

function loadData(assetsDir: string, file: string | undefined): BabylonData {
  return file === undefined ? loadBabylonData(assetsDir) : parseBabylonData(readBabylonFile(file), null);
}

/** @throws UsageError, AppError bad-transaction, bad-babylon-file, UnreadableFileError */
export function runBabylon(assetsDir: string, options: BabylonOptions, terminal: Terminal): void {
  const height = readHeight(options.height);
  const stakers = (options.staker ?? []).map(readKey);
  const transaction = readTransaction(readText(options));
  const data = loadData(assetsDir, options.babylon);
  const { stakes, unrecognised } = findStakes(transaction, data, { height, stakers });
  const explanation: Explanation = {
    txid: transaction.txid,
    height,
    stakes: stakes.map((stake) => explainStake(stake, data, height)),
    unrecognised: unrecognised.map((one) => ({ ...one, ...nameParties(one, data) })),
    spends: findStakeSpends(transaction, data).map((one) => ({ ...one, ...nameParties(one, data) })),
  };
  terminal.print(
    options.json === true
      ? stringifyForPeople({ schema: 'ballast-babylon-transaction/1', ...explanation }).trimEnd()
      : describe(explanation, data, terminal).join('\n'),
  );
}

function readText({ tx, txFile }: BabylonOptions): string {
  if ((tx === undefined) === (txFile === undefined)) {
    throw new UsageError('Give the transaction once: --tx HEX, or --tx-file FILE.');
  }
  if (txFile === undefined) return tx ?? '';
  return readNamedFile(
    txFile,
    'file of the transaction',
    'Check the path. The file holds the hex digits of one raw transaction.',
  );
}

function readHeight(text: string | undefined): number | null {
  if (text === undefined) return null;
  const digits = text.replaceAll(',', '');
  if (/^\d{1,8}$/u.test(digits)) return Number(digits);
  throw new UsageError(
    '--height takes the number of the block that includes the transaction, such as 864790.',
  );
}

function readKey(text: string): Uint8Array {
  // A compressed key has its sign in front, which an x-only key leaves out.
  const [, key] = /^(?:0[23])?([0-9a-f]{64})$/iu.exec(text.trim()) ?? [];
  if (key !== undefined) return Buffer.from(key, 'hex');
  throw new UsageError('--staker takes a public key: 64 hex digits, or 66 beginning with 02 or 03.');
}

function explainStake(stake: Stake, data: BabylonData, height: number | null): ExplainedStake {
  const { outputIndex, value, stakingBlocks, foundBy, versions } = stake;
  return {
    ...nameParties(stake, data),
    outputIndex,
    valueSat: value,
    stakingBlocks,
    foundBy,
    versions: versions.map((version) => explainVersion(version, stake)),
    // BIP 68: so many blocks after the one that includes it.
    withdrawableFrom: height === null ? null : height + stakingBlocks,
    withdrawableAboutMs: height === null ? null : estimateTimeOfHeight(data, height + stakingBlocks),
  };
}

function explainVersion(version: BabylonVersion, { value }: Stake): VersionNumbers {
  const { slashingRate, minSlashingFeeSat } = version;
  const { loss } = computeSlashingTransaction({
    stake: value,
    rate: slashingRate,
    fee: minSlashingFeeSat,
    slashingOutput: 'op-return',
  });
  return {
    version: version.version,
    activationHeight: version.activationHeight,
    unbondingBlocks: version.unbondingBlocks,
    unbondingFeeSat: version.unbondingFeeSat,
    lossIfSlashedSat: loss,
    slashingRate,
    slashingFeeSat: minSlashingFeeSat,
  };
}

function nameParties(
  { staker, finalityProvider }: { readonly staker: Uint8Array; readonly finalityProvider: Uint8Array | null },
  data: BabylonData,
): Parties {
  const listed = data.finalityProviders.keys.find(
    ({ key }) => finalityProvider !== null && isSameBytes(key, finalityProvider),
  );
  return {
    staker: toHex(staker),
    finalityProvider: finalityProvider && toHex(finalityProvider),
    finalityProviderName: listed?.name ?? null,
  };
}

/** To the last satoshi: fees are a few hundred of them. */
function writeBtc(amount: bigint): string {
  return formatValue(amount, BTC_UNIT, { digits: BTC_UNIT.decimals });
}

type Translate = Terminal['t'];

function describe(explanation: Explanation, data: BabylonData, { t }: Terminal): string[] {
  const { txid, stakes, unrecognised, spends, height } = explanation;
  const nothing = stakes.length + unrecognised.length + spends.length === 0;
  return [
    t('cli.babylon.transaction', { txid }),
    ...stakes.flatMap((stake) => describeStake(stake, data, height, t)),
    ...unrecognised.flatMap((one) => [
      '',
      t('cli.babylon.unrecognised', { output: one.outputIndex }),
      ...describeParties(one, t),
      row(
        t('cli.babylon.timelock'),
        t('cli.babylon.blocks', { blocks: formatBlock(BigInt(one.stakingBlocks)) }),
      ),
    ]),
    ...spends.flatMap((spend) => describeSpend(spend, t)),
    '',
    t(nothing ? 'cli.babylon.none' : 'cli.babylon.basis', { date: data.asOf }),
  ];
}

function describeStake(
  stake: ExplainedStake,
  data: BabylonData,
  height: number | null,
  t: Translate,
): string[] {
  const { outputIndex, valueSat, stakingBlocks, foundBy, versions, withdrawableFrom } = stake;
  const [first] = versions;
  const blocks = formatBlock(BigInt(stakingBlocks));
  return [
    '',
    t(`cli.babylon.stake.${foundBy}`, { output: outputIndex, amount: writeBtc(valueSat) }),
    ...describeParties(stake, t),
    row(
      t('cli.babylon.timelock'),
      withdrawableFrom === null
        ? t('cli.babylon.timelockOpen', { blocks })
        : t('cli.babylon.timelockUntil', {
            blocks,
            block: formatBlock(BigInt(withdrawableFrom)),
            month: formatMonth(estimateTimeOfHeight(data, withdrawableFrom)),
          }),
    ),
    row(t('cli.babylon.parameters'), describeVersions(versions, data, height, t)),
    ...(first === undefined ? [] : describeCosts(versions, first, t)),
  ];
}

function describeCosts(versions: readonly VersionNumbers[], first: VersionNumbers, t: Translate): string[] {
  const fees = [...new Set(versions.map(({ unbondingFeeSat }) => writeBtc(unbondingFeeSat)))];
  return [
    row(
      t('cli.babylon.unbonding'),
      t('cli.babylon.unbondingIn', {
        blocks: formatBlock(BigInt(first.unbondingBlocks)),
        fee: fees.join(t('cli.babylon.or')),
      }),
    ),
    row(
      t('cli.babylon.ifSlashed'),
      t('cli.babylon.loss', {
        loss: writeBtc(first.lossIfSlashedSat),
        rate: formatValue(first.slashingRate, PERCENT_UNIT),
        fee: writeBtc(first.slashingFeeSat),
      }),
    ),
  ];
}

function describeVersions(
  versions: readonly VersionNumbers[],
  data: BabylonData,
  height: number | null,
  t: Translate,
): string {
  const [only, ...others] = versions;
  if (only === undefined) {
    const inForce = height === null ? null : findVersion(data, height);
    return inForce === null
      ? t('cli.babylon.noVersion')
      : t('cli.babylon.refused', { version: inForce.version });
  }
  if (others.length > 0) {
    return t('cli.babylon.versions', { versions: versions.map(({ version }) => version).join(', ') });
  }
  return t('cli.babylon.version', {
    version: only.version,
    block: formatBlock(BigInt(only.activationHeight)),
  });
}

function describeSpend(spend: Explanation['spends'][number], t: Translate): string[] {
  const { inputIndex, txid, index, kind, of, blocks, unbondingOutput } = spend;
  const what = kind === 'slashing' && of === null ? 'either' : (of ?? 'stake');
  return [
    '',
    t(`cli.babylon.spend.${kind}`, { input: inputIndex, what: t(`cli.babylon.of.${what}`) }),
    row(t('cli.babylon.spent'), `${txid}:${index}`),
    ...describeParties(spend, t),
    ...(blocks === null
      ? []
      : [row(t('cli.babylon.timelock'), t('cli.babylon.blocks', { blocks: formatBlock(BigInt(blocks)) }))]),
    ...(unbondingOutput === null
      ? []
      : [
          row(
            t('cli.babylon.movesTo'),
            t('cli.babylon.movesToOutput', {
              output: unbondingOutput.index,
              amount: writeBtc(unbondingOutput.value),
              blocks: formatBlock(BigInt(unbondingOutput.blocks)),
            }),
          ),
        ]),
  ];
}

function describeParties(
  { staker, finalityProvider, finalityProviderName }: Parties,
  t: Translate,
): string[] {
  return [
    row(t('cli.babylon.staker'), staker),
    row(
      t('cli.babylon.provider'),
      finalityProvider === null
        ? t('cli.babylon.providerUnknown')
        : finalityProviderName === null
          ? finalityProvider
          : `${finalityProvider} (${finalityProviderName})`,
    ),
  ];
}

const TERM_WIDTH = 20;

function row(term: string, value: string): string {
  return `  ${term.padEnd(TERM_WIDTH)}${value}`;
}
