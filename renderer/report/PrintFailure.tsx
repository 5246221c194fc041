/** What the print page shows where it has no report to show. Whoever prints it reads this text and passes it on. */
import type { AppError } from '../../shared/contract/errors.ts';
import { useText } from '../state/text.ts';
import styles from './ReportPaper.module.css';

export function PrintFailure({ error }: { readonly error: AppError }) {
  const { t } = useText();
  return (
    <article className={styles['paper']} role="alert">
      <h1 className={styles['h2']}>{t('reports.paper.failed.title')}</h1>
      <p>{error.message}</p>
      {error.help !== undefined && <p>{error.help}</p>}
      {error.detail !== undefined && <p className={styles['muted']}>{error.detail}</p>}
    </article>
  );
}
