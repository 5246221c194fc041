/** The commands, their options and their help. What they do stands in the files beside this one. */
import { Command, Option } from 'commander';
import { API_HOSTS } from '../../shared/contract/settings.ts';
import { HISTORY_CURRENCIES, HISTORY_GROUPINGS } from '../../shared/domain/history/history-view.ts';
import { DEFAULT_STUDY_REQUEST } from '../../shared/domain/kept-study.ts';
import { PARAMETER_SETS } from '../../shared/domain/loss-distribution.ts';
import { DEFAULT_COMPARED_DAYS, DEFAULT_COMPARED_PATHS } from '../../shared/domain/product-comparison.ts';
import { SCENARIO_PRESETS } from './choose-scenario.ts';
import type { BabylonOptions } from './babylon.ts';
import type { BabylonRefreshOptions } from './babylon-refresh.ts';
import type { CatalogOptions } from './catalog.ts';
import type { CatalogRefreshOptions } from './catalog-refresh.ts';
import type { CompareOptions } from './compare.ts';
import type { ExitOptions } from './exit.ts';
import type { HistoryOptions } from './history.ts';
import type { PositionsOptions } from './positions.ts';
import type { NetworkOptions } from './network.ts';
import type { ReportOptions } from './report.ts';
import type { SimulateOptions } from './simulate.ts';

export interface CommandHandlers {
  positions(options: PositionsOptions): Promise<void>;
  simulate(options: SimulateOptions): Promise<void>;
  exit(options: ExitOptions): Promise<void>;
  history(options: HistoryOptions): Promise<void>;
  report(options: ReportOptions): Promise<void>;
  network(file: string, options: NetworkOptions): Promise<void>;
  catalog(options: CatalogOptions): Promise<void>;
  catalogRefresh(options: CatalogRefreshOptions): Promise<void>;
  compare(names: readonly string[], options: CompareOptions): Promise<void>;
  babylon(options: BabylonOptions): void;
  babylonRefresh(options: BabylonRefreshOptions): Promise<void>;
}

const EXIT_HELP = `
Exit codes:
  0    done
  1    something went wrong inside Ballast
  2    the command line does not make sense
  3    no PDF could be made (JSON and CSV were written instead)
  4    the node or the public API could not be used: unreachable, wrong chain, malformed answers
  5    the input was refused: not an address, a secret, an unknown name
  6    the data folder or a file could not be read or written
  130  cancelled with Ctrl+C
`;

function addSourceOptions(command: Command): Command {
  return command
    .option('--sample', 'the bundled, invented sample portfolio (no network)')
    .option(
      '--address <address...>',
      'Ethereum addresses, ENS names or Bitcoin addresses, read from the node or server now',
    )
    .option(
      '--rpc <url...>',
      'JSON-RPC URLs of your nodes, in the order they are tried; no other host is asked',
    )
    .option(
      '--network <file>',
      'network file with chain id and contract addresses (default: Ethereum mainnet)',
    )
    .option('--xpub <key...>', 'extended public keys (xpub, ypub, zpub); they stay on this machine')
    .option('--descriptor <text...>', 'output descriptors; they stay on this machine')
    .option(
      '--electrum <host:port...>',
      'your Electrum servers, also ssl://host:port; no other server is asked',
    )
    .option('--esplora <url...>', 'your Esplora servers; no other server is asked')
    .option('--socks <host:port>', 'SOCKS5 proxy that Bitcoin servers are reached through')
    .option('--gap-limit <number>', 'unused addresses in a row that end the search (default: 20)')
    .option('--bitcoin <network>', 'Bitcoin network: mainnet, testnet, signet or regtest (default: mainnet)')
    .option('--babylon <file>', 'Babylon’s parameters and finality providers, instead of the bundled ones')
    .option('--portfolio <name or id>', 'a portfolio kept in the data folder, as last refreshed (no network)')
    .option('--data-dir <folder>', "data folder of --portfolio (default: the platform's own)")
    .option('--eth-usd <price>', 'dollars per ETH, used before the on-chain feed')
    .option('--btc-usd <price>', 'dollars per BTC, used before the on-chain feed');
}

function addScenarioOptions(command: Command): Command {
  const scenario = new Option('--scenario <name>', 'which scenario to run').choices([...SCENARIO_PRESETS]);
  return command
    .addOption(scenario)
    .option('--events <file>', 'any list of events, and covers, as JSON (docs/cli.md)')
    .option(
      '--operator <name or address>',
      'operator-slash: who is slashed (default: the largest here); client-bug: whose validators, several with commas, or "all"',
    )
    .option(
      '--service <name or id>',
      'operator-slash: by which service, several with commas, or "all" (default: its largest); service-compromised: which',
    )
    .option(
      '--provider <name or key>',
      'provider-slash: which finality provider of Babylon (default: the one that costs the most here)',
    )
    .option('--client <name or id>', 'client-bug: which client (default: the most shared one)')
    .option('--dependency <name or id>', 'failures: what fails (default: the most shared of its kind)')
    .option(
      '--token <symbol>',
      'unbacked-supply, depeg, queue-closed: which token (default: the largest here)',
    )
    .option('--days <number>', 'queue-closed: for how many days, or "open"')
    .option('--incident <id>', 'replay: which recorded incident')
    .option('--percent <number>', 'how much is slashed, lost, issued or taken off, above 0 to 100');
}

function addStudyOptions(command: Command): Command {
  return command
    .option('--horizon <length>', 'within which time: 1m, 3m, 1y, 3y, or any months or years (default: 1y)')
    .option('--paths <number>', `how many simulated cases (default: ${DEFAULT_STUDY_REQUEST.paths})`)
    .option('--seed <number>', 'another one gives other cases; the same one the same (default: 1)')
    .option('--market', 'count market discounts as losses')
    .option('--recovery', 'take off what is usually paid back after exploits')
    .option('--rate <source=number...>', 'times a year of one thing that can happen, instead of the file’s');
}

function addMoveOptions(command: Command): Command {
  return command
    .addOption(new Option('--set <name>', 'print one set of numbers only').choices([...PARAMETER_SETS]))
    .option('--move-from <id or name>', 'what if value of this position …')
    .option('--move-to <id, name or "eth">', '… stood in this one, or in plain ETH')
    .option('--amount <number>', '… this much of it, in ETH');
}

function addExitOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--queue <name>', 'how long Ethereum’s exit queue is (default: base)').choices([
        ...PARAMETER_SETS,
      ]),
    )
    .option('--queue-times <number>', 'stress: that queue, times this')
    .option('--paused <days>', 'stress: all withdrawals are paused for so many days, or "open"')
    .option('--loss-rate <percent>', 'how much of a claim slashing takes in a year, in percent');
}

function addHistoryCommand(program: Command, handlers: CommandHandlers): Command {
  return addSourceOptions(program.command('history'))
    .description('what the holdings were worth at each reading, and what moved it')
    .addOption(
      new Option('--currency <name>', 'what to count in (default: USD)').choices([...HISTORY_CURRENCIES]),
    )
    .addOption(
      new Option('--by <name>', 'rows of the table (default: position)').choices([...HISTORY_GROUPINGS]),
    )
    .option('--market', 'held tokens at market prices instead of by the books')
    .option('--from <day>', 'first day, such as 2026-01-31 (UTC)')
    .option('--to <day>', 'last day')
    .option('--csv <file>', 'write every kept reading as CSV here (docs/history.md)')
    .option('--json', 'print the whole answer as JSON')
    .addHelpText('after', EXIT_HELP)
    .action((options: HistoryOptions) => handlers.history(options));
}

/** The command has an action of its own, and takes subcommands beside it. */
function addCatalogCommand(program: Command, handlers: CommandHandlers): Command {
  const catalog = program
    .command('catalog')
    .description('what is known of each protocol, with how sure it is, its source and its date (no network)')
    .option('--protocol <id>', 'all facts of one protocol, by id, name or token')
    .option('--data-dir <folder>', 'also what was refreshed and kept in this data folder')
    .option('--json', 'print everything as JSON')
    .addHelpText('after', EXIT_HELP)
    .action((options: CatalogOptions) => handlers.catalog(options));
  catalog
    .command('refresh')
    .description(
      'asks DefiLlama for newer yields, TVL and prices, and keeps them; only hosts you allowed are asked',
    )
    .addOption(
      new Option(
        '--allow-host <host...>',
        'allow these hosts for this run, beside those of Settings',
      ).choices([...API_HOSTS]),
    )
    .option('--data-dir <folder>', "where they are kept (default: the platform's own data folder)")
    .option('--json', 'print what came as JSON')
    .addHelpText('after', EXIT_HELP)
    // Options that both commands have may be read by either.
    .action((_, command: Command) =>
      handlers.catalogRefresh(command.optsWithGlobals<CatalogRefreshOptions>()),
    );
  return catalog;
}

function addCompareCommand(program: Command, handlers: CommandHandlers): Command {
  return program
    .command('compare')
    .argument('<product...>', 'two to four products of the catalogue: stETH, rsETH, babylon, mantle/cmETH')
    .description('what each could lose, on the same simulated cases, and how long it takes to get out')
    .option('--paths <number>', `how many simulated cases (default: ${DEFAULT_COMPARED_PATHS})`)
    .option('--days <number>', `within how many days (default: ${DEFAULT_COMPARED_DAYS})`)
    .option('--seed <number>', 'another one gives other cases; the same one the same (default: 1)')
    .option('--market', 'count market discounts as losses')
    .option('--no-bridges', 'held on its own chain: a bridge that fails costs nothing')
    .option('--data-dir <folder>', 'also what was refreshed and kept in this data folder')
    .option('--json', 'print everything as JSON')
    .addHelpText('after', EXIT_HELP)
    .action((names: string[], options: CompareOptions) => handlers.compare(names, options));
}

function addBabylonCommand(program: Command, handlers: CommandHandlers): Command {
  const babylon = program
    .command('babylon')
    .description(
      'whether a Bitcoin transaction stakes with Babylon or spends a stake: whose, with whom, until when (no network)',
    )
    .option('--tx <hex>', 'the raw transaction')
    .option('--tx-file <file>', 'a file with its hex digits')
    .option('--height <block>', 'the block that includes it: decides parameters and dates')
    .option('--staker <key...>', 'public keys of the wallet, beside those the transaction shows')
    .option('--babylon <file>', 'parameters and finality providers, instead of the bundled ones')
    .option('--json', 'print everything as JSON')
    .addHelpText('after', EXIT_HELP)
    .action((options: BabylonOptions) => {
      handlers.babylon(options);
    });
  babylon
    .command('refresh')
    .description(
      'asks a Babylon node for parameters and finality providers, and writes them as a file for --babylon',
    )
    .option('--node <url>', 'REST interface of the node; no other host is asked')
    .option('--out <file>', 'where the list is written')
    .option('--socks <host:port>', 'SOCKS5 proxy that the node is reached through')
    .option('--bitcoin <network>', 'Bitcoin network: mainnet, testnet, signet or regtest (default: mainnet)')
    .option('--babylon <file>', 'the list so far, instead of the bundled one')
    .option('--json', 'print what changed as JSON')
    .addHelpText('after', EXIT_HELP)
    // Options that both commands have may be read by either.
    .action((_, command: Command) =>
      handlers.babylonRefresh(command.optsWithGlobals<BabylonRefreshOptions>()),
    );
  return babylon;
}

/** Builds the program. `commander` parses, checks and prints help; it never exits the process itself. */
export function createProgram(version: string, handlers: CommandHandlers): Command {
  const program = new Command('ballast')
    .description(
      'What restaked assets are held, what they depend on, and what a slashing would cost. Watch-only.',
    )
    .version(version)
    .addHelpText('after', EXIT_HELP)
    .exitOverride();
  addSourceOptions(program.command('positions'))
    .description('what is held, in which state, worth what by the books')
    .option('--json', 'print the whole answer as JSON, every figure with its source')
    .addHelpText('after', EXIT_HELP)
    .action((options: PositionsOptions) => handlers.positions(options));
  const simulate = addScenarioOptions(addSourceOptions(program.command('simulate')))
    .description('what a scenario would cost, per position, and why; or how likely losses are')
    .option('--likelihood', 'how likely losses of which size are, instead of one scenario');
  addMoveOptions(addStudyOptions(simulate))
    .option('--json', 'print the whole result as JSON')
    .addHelpText('after', EXIT_HELP)
    .action((options: SimulateOptions) => handlers.simulate(options));
  addExitOptions(addSourceOptions(program.command('exit')))
    .description('how long each position takes to become money, step by step, and how much is out by when')
    .option('--json', 'print the whole plan as JSON')
    .addHelpText('after', EXIT_HELP)
    .action((options: ExitOptions) => handlers.exit(options));
  const report = addScenarioOptions(addSourceOptions(program.command('report')))
    .description('write a report: holdings, exposure, scenario, likelihood, method, sources')
    .option('--likelihood', 'simulate how likely losses are, and put that in too');
  addStudyOptions(report)
    .option('--pdf <file>', 'write the PDF here (needs Chromium, Chrome or Edge)')
    .option('--csv <file>', 'write the holdings as CSV here')
    .option('--json <file>', 'write the whole model as JSON here')
    .addHelpText('after', EXIT_HELP)
    .action((options: ReportOptions) => handlers.report(options));
  program
    .command('network')
    .argument('<file>', 'a restaking network as JSON (docs/method/graph.md)')
    .description(
      'whether a network of shared or elastic collateral can be attacked at a profit, and by what proof',
    )
    .option('--psi <share>', 'also: what a shock of this share of all stake can lead to, such as 1/10')
    .option('--seconds <number>', 'time limit of the exact search (default: 10)')
    .option('--json', 'print the whole answer as JSON, with the certificate or the attack')
    .addHelpText('after', EXIT_HELP)
    .action((file: string, options: NetworkOptions) => handlers.network(file, options));
  addCatalogCommand(program, handlers);
  addCompareCommand(program, handlers);
  addHistoryCommand(program, handlers);
  addBabylonCommand(program, handlers);
  for (const command of program.commands) command.exitOverride();
  return program;
}
