import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import {
  sumValues,
  VALUE_KINDS,
  type ValuedPosition,
  type ValueKind,
} from '../../../shared/domain/position-values.ts';
import { fractionOf, sumOf } from '../../../shared/domain/units.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { FigureValue } from '../../ui/FigureValue.tsx';
import styles from './Headline.module.css';

/** The other three values of the portfolio: each of the positions it is known of, and how many these are. */
export function ValuesBand({ positions }: { readonly positions: readonly ValuedPosition[] }) {
  const { t } = useText();
  const sums = sumValues(positions);
  return (
    <section className={styles.band} aria-label={t('overview.values.label')}>
      {VALUE_KINDS.map((kind) => {
        const { figure, unknownCount } = sums[kind];
        return (
          <div key={kind} className={styles.cell}>
            <h2 className={styles.name}>{t(`overview.values.${kind}`)}</h2>
            <FigureValue figure={figure} size="lg" />
            <p className={styles.note}>
              <ShareOfBook kind={kind} total={figure.value} positions={positions} />
              {t('overview.values.known', {
                known: positions.length - unknownCount,
                count: positions.length,
              })}
            </p>
          </div>
        );
      })}
    </section>
  );
}

interface ShareOfBookProps {
  readonly kind: ValueKind;
  readonly total: bigint | null;
  readonly positions: readonly ValuedPosition[];
}

/** Of the book value of the same positions: a share of the whole would call what is not known lost. */
function ShareOfBook({ kind, total, positions }: ShareOfBookProps) {
  const { t } = useText();
  const known = positions.filter(
    ({ values, bookEth }) => values[kind].value !== null && bookEth.value !== null,
  );
  const book = sumOf(known.map(({ bookEth }) => bookEth.value ?? 0n));
  const share = total === null ? null : fractionOf(total, book);
  if (share === null) return null;
  return (
    <>
      <Amount value={share} unit={SHARE_UNIT} /> {t('overview.values.ofBook')}
      {'; '}
    </>
  );
}
