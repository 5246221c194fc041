/** The English message catalogue, by area. Each screen has a file of its own. */
import { catalog } from './catalog.ts';
import { cli } from './cli.ts';
import { compare } from './compare.ts';
import { comparison } from './comparison.ts';
import { desktop } from './desktop.ts';
import { edits } from './edits.ts';
import { errors } from './errors.ts';
import { exit } from './exit.ts';
import { exposure } from './exposure.ts';
import { figures } from './figures.ts';
import { history } from './history.ts';
import { jobs } from './jobs.ts';
import { likelihood } from './likelihood.ts';
import { market } from './market.ts';
import { overview } from './overview.ts';
import { positions } from './positions.ts';
import { reports } from './reports.ts';
import { score } from './score.ts';
import { secrets } from './secrets.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { simulate } from './simulate.ts';
import { yields } from './yields.ts';

export const en = {
  catalog,
  cli,
  compare,
  comparison,
  desktop,
  edits,
  error: errors,
  exit,
  exposure,
  figure: figures,
  history,
  jobs,
  likelihood,
  market,
  overview,
  positions,
  reports,
  score,
  secret: secrets,
  settings,
  shell,
  simulate,
  yields,
} as const;
