import type { EvidenceStatus } from '../../../../shared/domain/hazards.ts';
import { useText } from '../../../state/text.ts';
import { StateWord } from '../../../ui/StateWord.tsx';
import { Tooltip } from '../../../ui/Tooltip.tsx';
import styles from './StatusWord.module.css';

interface StatusWordProps {
  readonly status: EvidenceStatus;
  readonly part: 'rate' | 'severity';
}

const TONES = { data: 'confirmed', unconfirmed: 'caution', judgement: 'neutral' } as const;

/** How good a number is, in words. */
export function StatusWord({ status, part }: StatusWordProps) {
  const { t } = useText();
  const word = t(`likelihood.status.${status}`);
  return (
    <Tooltip content={t(`likelihood.statusHint.${status}`)}>
      <span className={styles.word}>
        <StateWord tone={TONES[status]}>{t(`likelihood.numbers.${part}Status`, { status: word })}</StateWord>
      </span>
    </Tooltip>
  );
}
