import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { Report } from '../../../shared/domain/report.ts';
import { ReportPaper } from '../../report/ReportPaper.tsx';
import { useHideAmounts } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useElementWidth } from '../exposure/useElementWidth.ts';
import styles from './Sheet.module.css';

/** A4 in CSS pixels: 210 mm at 96 per inch. */
const PAPER_WIDTH = (210 / 25.4) * 96;

/** The report as it is printed, made to fit. Covered while amounts are hidden, because paper shows them all. */
export function Sheet({ report }: { readonly report: Report }) {
  const { t } = useText();
  const isHidden = useHideAmounts();
  const [isShown, setShown] = useState(false);
  const [measure, width] = useElementWidth();
  // Hiding the amounts again covers the paper again.
  if (!isHidden && isShown) setShown(false);
  const isCovered = isHidden && !isShown;
  return (
    <section ref={measure} className={styles.desk} aria-label={t('reports.screen.preview')} tabIndex={0}>
      {isCovered ? (
        <EmptyState
          icon={EyeOff}
          title={t('reports.screen.hidden.title')}
          body={t('reports.screen.hidden.body')}
          action={<Button onClick={() => setShown(true)}>{t('reports.screen.hidden.show')}</Button>}
        />
      ) : (
        width > 0 && (
          <div className={styles.sheet} style={{ zoom: Math.min(1, width / PAPER_WIDTH) }}>
            <ReportPaper report={report} />
          </div>
        )
      )}
    </section>
  );
}
