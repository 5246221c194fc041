import { memo } from 'react';
import type { Catalog, Correction, FactStatus } from '../../../shared/domain/catalog.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import styles from './CorrectionsPanel.module.css';
import { FactStatusWord } from './FactStatusMark.tsx';

interface CorrectionLine extends Pick<Correction, 'claim' | 'says'> {
  readonly of: string;
  readonly status: FactStatus;
}

/** What the world gets wrong: of each protocol, and of none in particular. Not drawn again while the table is worked. */
export const CorrectionsPanel = memo(function CorrectionsPanel({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useText();
  const lines: readonly CorrectionLine[] = [
    ...catalog.corrections.map((one) => ({ ...one, of: t('compare.corrections.general') })),
    ...catalog.protocols.flatMap(({ name, corrections }) => corrections.map((one) => ({ ...one, of: name }))),
  ];
  if (lines.length === 0) return null;
  return (
    <Panel title={t('compare.corrections.title')} hint={t('compare.corrections.hint')}>
      <ul className={styles.list}>
        {lines.map(({ of, claim, says, status }, index) => (
          <li key={index} className={styles.line}>
            <span className={styles.of}>{of}</span>
            <CorrectionText claim={claim} says={says} status={status} />
          </li>
        ))}
      </ul>
    </Panel>
  );
});

export function CorrectionText({ claim, says, status }: Pick<Correction, 'claim' | 'says' | 'status'>) {
  const { t } = useText();
  return (
    <span className={styles.text}>
      <span className={styles.claim}>{t('compare.detail.claim', { claim })}</span>
      <span>{t('compare.detail.says', { says })}</span>
      <span className={styles.status}>
        <FactStatusWord status={status} />
      </span>
    </span>
  );
}
