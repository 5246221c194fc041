import { Blend, CircleDashed, Equal, EqualNot, type LucideIcon } from 'lucide-react';
import { useText } from '../../state/text.ts';
import { joinClasses } from '../../ui/classes.ts';
import styles from './DifferenceWord.module.css';
import type { Difference } from './markDifferences.ts';

const ICONS: Readonly<Record<Difference, LucideIcon>> = {
  same: Equal,
  differs: EqualNot,
  overlaps: Blend,
  incomplete: CircleDashed,
  unknown: CircleDashed,
};

/** Whether facts differ: a shape and a word. */
export function DifferenceWord({ difference }: { readonly difference: Difference }) {
  const { t } = useText();
  const Icon = ICONS[difference];
  return (
    <span
      className={joinClasses(styles.word, difference === 'differs' && styles.differs)}
      title={t(`compare.sides.${difference}Hint`)}
    >
      <Icon size={12} strokeWidth={2} aria-hidden />
      {t(`compare.sides.${difference}`)}
    </span>
  );
}
