import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Abi, Hex } from 'viem';

/** A compiled contract: what a test needs to deploy and to call it. */
export interface CompiledContract {
  abi: Abi;
  bytecode: Hex;
}

/** Compiled contracts by contract name (file names do not matter). */
export type CompiledContracts = Readonly<Record<string, CompiledContract>>;

/** The part of the `solc` package used here; it ships no types. */
interface Solc {
  version(): string;
  compile(
    input: string,
    callbacks: { import: (path: string) => { contents?: string; error?: string } },
  ): string;
}

interface SolcOutput {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>;
}

const here = import.meta.dirname;
const contractsFolder = join(here, 'contracts');
const packagesFolder = join(here, 'node_modules');
const cacheFolder = join(packagesFolder, '.cache');

const settings = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: 'cancun',
  metadata: { bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
};

let compiled: CompiledContracts | undefined;

/**
 * Compiles every contract of `contracts/`, or takes the result from the cache on disk, which is
 * keyed by the sources, the settings and the versions of the compiler and of OpenZeppelin.
 *
 * Errors: the compiler's own message when a source does not compile.
 */
function compileContracts(): CompiledContracts {
  compiled ??= readOrCompile();
  return compiled;
}

/** One contract by name. Throws when there is none. */
export function compiledContract(name: string): CompiledContract {
  const contract = compileContracts()[name];
  if (contract === undefined) throw new Error(`There is no contract named ${name} in e2e/nodes/contracts.`);
  return contract;
}

function readOrCompile(): CompiledContracts {
  const sources = readSources();
  const key = createHash('sha256')
    .update(JSON.stringify([sources, settings, versionOf('solc'), versionOf('@openzeppelin/contracts')]))
    .digest('hex')
    .slice(0, 32);
  const cacheFile = join(cacheFolder, `contracts-${key}.json`);
  const cached = readTextOrUndefined(cacheFile);
  // The file was written below, by the same code and for the same key.
  if (cached !== undefined) return JSON.parse(cached) as CompiledContracts;

  const contracts = compileSources(sources);
  mkdirSync(cacheFolder, { recursive: true });
  // Written aside and renamed: test files run at the same time and may all compile at first.
  const aside = `${cacheFile}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(contracts));
  renameSync(aside, cacheFile);
  return contracts;
}

function compileSources(sources: Record<string, { content: string }>): CompiledContracts {
  // Loaded only when needed: the compiler is 8 MB. The cast gives an untyped package its types.
  const solc = createRequire(import.meta.url)('solc') as Solc;
  const input = JSON.stringify({ language: 'Solidity', sources, settings });
  const output = JSON.parse(solc.compile(input, { import: readImport })) as SolcOutput;

  const errors = (output.errors ?? []).filter((error) => error.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join('\n'));

  const contracts: Record<string, CompiledContract> = {};
  for (const file of Object.keys(sources)) {
    for (const [name, { abi, evm }] of Object.entries(output.contracts?.[file] ?? {})) {
      contracts[name] = { abi, bytecode: `0x${evm.bytecode.object}` };
    }
  }
  return contracts;
}

function readSources(): Record<string, { content: string }> {
  const files = readdirSync(contractsFolder).filter((file) => file.endsWith('.sol'));
  return Object.fromEntries(
    files.sort().map((file) => [file, { content: readFileSync(join(contractsFolder, file), 'utf8') }]),
  );
}

function readImport(path: string): { contents?: string; error?: string } {
  const contents = readTextOrUndefined(join(packagesFolder, path));
  return contents === undefined ? { error: `not found: ${path}` } : { contents };
}

function versionOf(packageName: string): string {
  const text = readTextOrUndefined(join(packagesFolder, packageName, 'package.json'));
  if (text === undefined) {
    throw new Error(`${packageName} is not installed: run "npm ci --ignore-scripts" in e2e/nodes.`);
  }
  return (JSON.parse(text) as { version: string }).version;
}

function readTextOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
