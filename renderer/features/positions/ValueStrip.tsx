import { SHARE_UNIT, type Figure } from '../../../shared/domain/figure.ts';
import { VALUE_KINDS, type ValuedPosition } from '../../../shared/domain/position-values.ts';
import { fractionOf } from '../../../shared/domain/units.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { nameFigure } from '../../ui/figureText.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import styles from './ValueStrip.module.css';

/** The four values of a position, side by side: each has a source of its own, so that they may contradict each other. */
export function ValueStrip({ position }: { readonly position: ValuedPosition }) {
  const { t } = useText();
  const { bookEth, values } = position;
  return (
    <section className={styles.strip} aria-label={t('positions.values.label')}>
      <ValueCell figure={bookEth} book={null} />
      {VALUE_KINDS.map((kind) => (
        <ValueCell key={kind} figure={values[kind]} book={bookEth.value} />
      ))}
    </section>
  );
}

interface ValueCellProps {
  readonly figure: Figure;
  /** What it is a share of; null where none is shown. */
  readonly book: bigint | null;
}

function ValueCell({ figure, book }: ValueCellProps) {
  const { t, tKey } = useText();
  const share = book === null || figure.value === null ? null : fractionOf(figure.value, book);
  return (
    <div className={styles.cell}>
      <h2 className={styles.name}>{nameFigure(figure, tKey)}</h2>
      <FigureValue figure={figure} />
      {share !== null && (
        <p className={styles.share}>
          <Amount value={share} unit={SHARE_UNIT} /> {t('positions.values.ofBook')}
        </p>
      )}
    </div>
  );
}
