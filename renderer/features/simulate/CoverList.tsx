import { X } from 'lucide-react';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './CoverList.module.css';
import { removeCover } from './draft.ts';
import type { DraftState } from './useDraft.ts';

/** The pools that pay in this scenario. They come with a run that was loaded, and can be left out. */
export function CoverList({ draft }: { readonly draft: DraftState }) {
  const { t } = useText();
  const format = useFormatAmount();
  const { value, replace } = draft;
  if (value.covers.length === 0) return null;
  return (
    <section>
      <h3 className={styles.title}>{t('simulate.scenario.covers')}</h3>
      <ul>
        {value.covers.map(({ name, capWei, deductibleWei }, index) => (
          <li key={index} className={styles.cover}>
            <span className={styles.text}>
              {t('simulate.scenario.cover', {
                name,
                cap: format(capWei, ETH_UNIT),
                deductible: format(deductibleWei, ETH_UNIT),
              })}
            </span>
            <IconButton
              size="sm"
              icon={X}
              label={t('simulate.scenario.removeCover', { name })}
              onClick={() => replace(removeCover(value, index))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
