/**
 * The report as a sheet of paper: what the print page prints, and what the Reports page shows beside its choices. It
 * takes the model and nothing else: no clock, no window, no query.
 */
import type { Report } from '../../shared/domain/report.ts';
import { DisclaimerSection, NoticesSection } from './ClosingSections.tsx';
import { CoverSection } from './CoverSection.tsx';
import { ExposureSection } from './ExposureSection.tsx';
import { HoldingsSection } from './HoldingsSection.tsx';
import { LikelihoodSection } from './LikelihoodSection.tsx';
import { MethodSection } from './MethodSection.tsx';
import styles from './ReportPaper.module.css';
import { ScenarioSection } from './ScenarioSection.tsx';
import { SourcesSection } from './SourcesSection.tsx';

export function ReportPaper({ report }: { readonly report: Report }) {
  const isSample = report.portfolio.kind === 'sample';
  const shared = { report, isSample };
  return (
    <article className={styles['paper']}>
      <CoverSection report={report} />
      <HoldingsSection {...shared} />
      <ExposureSection {...shared} />
      {report.run !== null && <ScenarioSection {...shared} run={report.run} />}
      {report.likelihood !== undefined && <LikelihoodSection {...shared} likelihood={report.likelihood} />}
      <MethodSection {...shared} />
      <SourcesSection {...shared} />
      <NoticesSection {...shared} />
      <DisclaimerSection isSample={isSample} />
    </article>
  );
}
