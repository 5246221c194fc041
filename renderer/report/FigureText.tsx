/** A figure on paper: its value, or that it is not known and why. Never zero for something unknown. */
import { formatFigure } from '../../shared/format/numbers.ts';
import type { Figure } from '../../shared/domain/figure.ts';
import { useText } from '../state/text.ts';
import styles from './ReportPaper.module.css';

interface FigureTextProps {
  readonly figure: Figure;
  /** Leaves the unit out where the head of the column carries it. */
  readonly isBare?: boolean;
  readonly digits?: number;
}

export function FigureText({ figure, isBare = false, digits }: FigureTextProps) {
  const { t, locale } = useText();
  const text = formatFigure(figure, { locale, isBare, digits });
  if (text !== null) return text;
  const reason = t(`figure.reason.${figure.reason?.code ?? 'input-unknown'}`);
  return <span className={styles['unknown']}>{t('reports.paper.unknown', { reason })}</span>;
}
