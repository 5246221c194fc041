/** The English message catalogue, by area. Each screen has a file of its own. */
import { cli } from './cli.ts';
import { desktop } from './desktop.ts';
import { edits } from './edits.ts';
import { errors } from './errors.ts';
import { exit } from './exit.ts';
import { exposure } from './exposure.ts';
import { figures } from './figures.ts';
import { jobs } from './jobs.ts';
import { likelihood } from './likelihood.ts';
import { overview } from './overview.ts';
import { positions } from './positions.ts';
import { reports } from './reports.ts';
import { secrets } from './secrets.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { simulate } from './simulate.ts';

export const en = {
  cli,
  desktop,
  edits,
  error: errors,
  exit,
  exposure,
  figure: figures,
  jobs,
  likelihood,
  overview,
  positions,
  reports,
  secret: secrets,
  settings,
  shell,
  simulate,
} as const;
