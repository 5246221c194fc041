/** The English message catalogue, by area. Each screen has a file of its own. */
import { cli } from './cli.ts';
import { errors } from './errors.ts';
import { exposure } from './exposure.ts';
import { figures } from './figures.ts';
import { overview } from './overview.ts';
import { positions } from './positions.ts';
import { reports } from './reports.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { simulate } from './simulate.ts';

export const en = {
  cli,
  error: errors,
  exposure,
  figure: figures,
  overview,
  positions,
  reports,
  settings,
  shell,
  simulate,
} as const;
