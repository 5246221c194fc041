/** One section of the report, with its heading and, for the sample, the mark that must not be missed. */
import type { ReactNode } from 'react';
import { joinClasses } from '../ui/classes.ts';
import { useText } from '../state/text.ts';
import styles from './ReportPaper.module.css';

interface PaperSectionProps {
  readonly title: string;
  readonly isSample: boolean;
  /** Starts on a page of its own. */
  readonly startsPage?: boolean;
  readonly children: ReactNode;
}

export function PaperSection({ title, isSample, startsPage = false, children }: PaperSectionProps) {
  const { t } = useText();
  return (
    <section className={joinClasses(styles['section'], startsPage && styles['startsPage'])}>
      {isSample && <p className={styles['sampleLine']}>{t('reports.paper.sampleMark')}</p>}
      <h2 className={styles['h2']}>{title}</h2>
      {children}
    </section>
  );
}
