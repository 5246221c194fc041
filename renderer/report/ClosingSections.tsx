/** What the readers noticed, and what this paper is not. */
import type { Report } from '../../shared/domain/report.ts';
import { useText } from '../state/text.ts';
import { joinClasses } from '../ui/classes.ts';
import { PaperSection } from './PaperSection.tsx';
import styles from './ReportPaper.module.css';

const DISCLAIMERS = ['block', 'watchOnly', 'advice', 'estimates', 'scenario'] as const;

export function NoticesSection({
  report,
  isSample,
}: {
  readonly report: Report;
  readonly isSample: boolean;
}) {
  const { t } = useText();
  return (
    <PaperSection title={t('reports.paper.notices.title')} isSample={isSample}>
      {report.notices.length === 0 ? (
        <p>{t(isSample ? 'reports.paper.notices.sample' : 'reports.paper.notices.none')}</p>
      ) : (
        <dl className={styles['definitions']}>
          {report.notices.map((notice, index) => (
            <div key={index}>
              <dt>{t(`reports.paper.notices.code.${notice.code}`)}</dt>
              <dd>
                <span className={styles['line']}>
                  {notice.contract} {notice.call}
                </span>
                <span className={styles['muted']}>{notice.detail}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </PaperSection>
  );
}

export function DisclaimerSection({ isSample }: { readonly isSample: boolean }) {
  const { t } = useText();
  return (
    <PaperSection title={t('reports.paper.disclaimer.title')} isSample={isSample}>
      <ul className={joinClasses(styles['list'], styles['together'])}>
        {isSample && <li>{t('reports.paper.sampleNote')}</li>}
        {DISCLAIMERS.map((key) => (
          <li key={key}>{t(`reports.paper.disclaimer.${key}`)}</li>
        ))}
      </ul>
    </PaperSection>
  );
}
