/** The report of the bundled sample, for the tests of its renderings: the real data through the real steps. */
import { join } from 'node:path';
import { listEigenlayerFacts } from '../../../shared/domain/eigenlayer-facts.ts';
import { buildExposure } from '../../../shared/domain/build-exposure.ts';
import { addValues } from '../../../shared/domain/position-values.ts';
import type { Report } from '../../../shared/domain/report.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { runScenario, suggestScenario } from '../../risk/index.ts';
import { loadSample } from '../../samples.ts';
import { buildReport, type ReportInput } from '../build-report.ts';

const assetsDir = join(import.meta.dirname, '..', '..', '..', 'assets');

/** Two hours after the sample's reading, so that no time in the report is another by chance. */
const AGE_MS = 7_200_000;

export function makeReportInput(): ReportInput {
  const { portfolio, accounts, observation } = loadSample(assetsDir);
  const prices = { manualEthUsd: null };
  const { positions, totals } = valuePositions(observation, accounts, prices);
  const exposure = buildExposure(observation, positions);
  const scenario = suggestScenario(exposure, 'operator-slash');
  if (scenario === null) throw new Error('the sample has an operator that can be slashed');
  return {
    generatedAt: observation.readAt + AGE_MS,
    programVersion: '1.2.3',
    portfolio,
    accounts: [...accounts],
    origin: observation.origin,
    readAt: observation.readAt,
    isStale: false,
    unreadAccountIds: [],
    totals,
    positions: addValues(observation, positions, exposure, prices),
    eigenlayer: listEigenlayerFacts(observation, accounts),
    exposure,
    run: {
      id: 'run-1',
      portfolioId: portfolio.id,
      ranAt: observation.readAt + AGE_MS / 2,
      blockNumber: observation.origin.block.number,
      result: runScenario(exposure, scenario),
    },
    notices: observation.notices,
  };
}

export function makeSampleReport(changes: Partial<ReportInput> = {}): Report {
  return buildReport({ ...makeReportInput(), ...changes });
}
