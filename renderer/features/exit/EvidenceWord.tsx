import type { EvidenceStatus } from '../../../shared/domain/exit.ts';
import { useText } from '../../state/text.ts';
import { StateWord } from '../../ui/StateWord.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';

const TONES = {
  confirmed: 'confirmed',
  read: 'confirmed',
  secondary: 'neutral',
  entered: 'neutral',
  assumed: 'neutral',
  disputed: 'caution',
  unconfirmed: 'caution',
} as const satisfies Record<EvidenceStatus, string>;

/** How good a number is, in words. */
export function EvidenceWord({ status }: { readonly status: EvidenceStatus }) {
  const { t } = useText();
  return (
    <Tooltip content={t(`exit.statusHint.${status}`)}>
      <span>
        <StateWord tone={TONES[status]}>{t(`exit.status.${status}`)}</StateWord>
      </span>
    </Tooltip>
  );
}
