/** The commands, their options and their help. What they do stands in the files beside this one. */
import { Command, Option } from 'commander';
import { SCENARIO_PRESETS } from './choose-scenario.ts';
import type { PositionsOptions } from './positions.ts';
import type { ReportOptions } from './report.ts';
import type { SimulateOptions } from './simulate.ts';

export interface CommandHandlers {
  positions(options: PositionsOptions): Promise<void>;
  simulate(options: SimulateOptions): Promise<void>;
  report(options: ReportOptions): Promise<void>;
}

const EXIT_HELP = `
Exit codes:
  0    done
  1    something went wrong inside Ballast
  2    the command line does not make sense
  3    no PDF could be made (JSON and CSV were written instead)
  4    the node could not be used: unreachable, wrong chain, malformed answers
  5    the input was refused: not an address, a secret, an unknown name
  6    the data folder or a file could not be read or written
  130  cancelled with Ctrl+C
`;

function addSourceOptions(command: Command): Command {
  return command
    .option('--sample', 'the bundled, invented sample portfolio (no network)')
    .option('--address <address...>', 'Ethereum addresses or ENS names, read from the node now')
    .option('--rpc <url>', 'JSON-RPC URL of your node; the only host that is asked')
    .option(
      '--network <file>',
      'network file with chain id and contract addresses (default: Ethereum mainnet)',
    )
    .option('--portfolio <name or id>', 'a portfolio kept in the data folder, as last refreshed (no network)')
    .option('--data-dir <folder>', "data folder of --portfolio (default: the platform's own)")
    .option('--eth-usd <price>', 'dollars per ETH, used where no on-chain feed answers');
}

function addScenarioOptions(command: Command, isRequired: boolean): Command {
  const scenario = new Option('--scenario <name>', 'which scenario to run').choices([...SCENARIO_PRESETS]);
  if (isRequired) scenario.makeOptionMandatory();
  return command
    .addOption(scenario)
    .option('--operator <name or address>', 'operator-slash: who is slashed (default: the largest here)')
    .option('--service <name or id>', 'operator-slash: by which service, or "all" (default: its largest)')
    .option('--dependency <name or id>', 'contract-failure: what fails (default: the most shared contract)')
    .option('--percent <number>', 'how much is slashed or lost, above 0 to 100');
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
  addScenarioOptions(addSourceOptions(program.command('simulate')), true)
    .description('what a scenario would cost, per position, and why')
    .option('--json', 'print the whole result as JSON')
    .addHelpText('after', EXIT_HELP)
    .action((options: SimulateOptions) => handlers.simulate(options));
  addScenarioOptions(addSourceOptions(program.command('report')), false)
    .description('write a report: holdings, exposure, scenario, method, sources')
    .option('--pdf <file>', 'write the PDF here (needs Chromium, Chrome or Edge)')
    .option('--csv <file>', 'write the holdings as CSV here')
    .option('--json <file>', 'write the whole model as JSON here')
    .addHelpText('after', EXIT_HELP)
    .action((options: ReportOptions) => handlers.report(options));
  for (const command of program.commands) command.exitOverride();
  return program;
}
