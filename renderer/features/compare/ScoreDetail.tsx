import { TriangleAlert } from 'lucide-react';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import { INCIDENT_MONTHS } from '../../../shared/domain/score/score-inputs.ts';
import type { InputScore, ProtocolScore } from '../../../shared/domain/score/score.ts';
import { useText } from '../../state/text.ts';
import { FactStatusWord } from './FactStatusMark.tsx';
import { formatPlain } from '../../../shared/format/catalog.ts';
import { ScoreDot } from './ScoreDot.tsx';
import styles from './ScoreDetail.module.css';
import { SourceList } from './SourceList.tsx';

interface ScoreDetailProps {
  readonly name: string;
  readonly score: ProtocolScore;
  readonly sources: Catalog['sources'];
}

/** One score taken apart: dimensions, their inputs, and what each input rests on. */
export function ScoreDetail({ name, score, sources }: ScoreDetailProps) {
  const { t } = useText();
  return (
    <div role="group" aria-label={t('compare.scoring.dimensions', { name })} className={styles.detail}>
      {score.caps.map((cap) => (
        <p key={`${cap.id} ${cap.title}`} className={styles.cap}>
          <TriangleAlert size={14} strokeWidth={2} aria-hidden />
          <span>
            {t(cap.isCertain ? 'compare.scoring.capped' : 'compare.scoring.mayCap', {
              at: cap.at,
              title: cap.title,
              date: cap.date,
            })}
          </span>
        </p>
      ))}
      {score.dimensions.map((dimension) => (
        <section key={dimension.id} className={styles.dimension}>
          <h3 className={styles.head}>
            <span className={styles.title}>{t(`score.dimension.${dimension.id}`)}</span>
            <ScoreDot score={dimension} />
            <span className={styles.quiet}>{t(`score.dimensionAsks.${dimension.id}`)}</span>
            <span className={styles.quiet}>
              {t('compare.scoring.weightShare', { share: Math.round(dimension.share * 100) })}
            </span>
          </h3>
          <ul className={styles.inputs}>
            {dimension.inputs.map((input) => (
              <li key={input.id} className={styles.input}>
                <InputLine input={input} sources={sources} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function InputLine({ input, sources }: { readonly input: InputScore; readonly sources: Catalog['sources'] }) {
  const { t, locale } = useText();
  const { id, figure, status, reason, asOf } = input;
  const [low, high] = [Math.round(input.low), Math.round(input.high)];
  return (
    <>
      <span title={t(`score.formula.${id}`, { months: INCIDENT_MONTHS })}>{t(`score.input.${id}`)}</span>
      <span className={styles.figure}>
        {figure === null ? (
          <span className={styles.quiet}>{t('compare.scoring.noFigure')}</span>
        ) : (
          `${formatEnds(figure.low, figure.high, locale)} ${t(`score.unit.${figure.unit}`)}`
        )}
      </span>
      <span className={styles.points}>
        {low === high ? t('compare.scoring.pointsOne', { low }) : t('compare.scoring.points', { low, high })}
      </span>
      <span className={styles.marks}>
        {reason === 'unknown' || reason === 'wordsOnly' ? (
          <span>{t(`score.why.${reason}`)}</span>
        ) : (
          <FactStatusWord status={status} />
        )}
        {asOf !== null && <span>{t('compare.cell.asOf', { date: asOf })}</span>}
        {input.sources.length > 0 && <SourceList ids={input.sources} sources={sources} />}
      </span>
    </>
  );
}

function formatEnds(low: number, high: number, locale: string): string {
  const [from, to] = [formatPlain(low, locale), formatPlain(high, locale)];
  return from === to ? from : `${from} – ${to}`;
}
