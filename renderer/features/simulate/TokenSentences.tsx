import { Trans } from 'react-i18next';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import type { ScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import { nameInstrumentById } from '../../../shared/format/scenario.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { Choice, Choices, keepChosen } from './Choice.tsx';
import type { QueueDraft, TokenDraft } from './draft.ts';
import type { SentenceProps } from './EventSentence.tsx';
import { InlineNumber } from './InlineNumber.tsx';

interface TokenChoicesProps {
  readonly instruments: readonly string[];
  readonly exposure: Exposure;
  readonly targets: ScenarioTargets;
  readonly onChoose: (instruments: readonly string[]) => void;
}

function TokenChoices({ instruments, exposure, targets, onChoose }: TokenChoicesProps) {
  const { t } = useText();
  const format = useFormatAmount();
  const options = keepChosen<string>(
    targets.tokens.map(({ id, symbol, valueWei }) => ({
      value: id,
      label: symbol,
      hint: t('simulate.edit.tokenHint', { amount: format(valueWei, ETH_UNIT) }),
    })),
    instruments,
    (value) => ({ value, label: nameInstrumentById(value, exposure), hint: t('simulate.edit.gone') }),
  );
  return (
    <Choices label={t('simulate.edit.tokens')} values={instruments} options={options} onChoose={onChoose} />
  );
}

export function TokenSentence({ event, exposure, targets, percent, onChange }: SentenceProps<TokenDraft>) {
  const { t } = useText();
  return (
    <Trans
      t={t}
      i18nKey={event.kind === 'depeg' ? 'simulate.edit.depeg' : 'simulate.edit.unbacked'}
      components={{
        tokens: (
          <TokenChoices
            instruments={event.instruments}
            exposure={exposure}
            targets={targets}
            onChoose={(instruments) => onChange({ ...event, instruments })}
          />
        ),
        percent,
      }}
    />
  );
}

const TERMS = ['days', 'open'] as const;

interface QueueSentenceProps extends Omit<SentenceProps<QueueDraft>, 'percent'> {
  readonly problemId: string | null;
}

export function QueueSentence({ event, exposure, targets, problemId, onChange }: QueueSentenceProps) {
  const { t } = useText();
  const term = event.isOpenEnded ? 'open' : 'days';
  return (
    <Trans
      t={t}
      i18nKey="simulate.edit.queue"
      components={{
        tokens: (
          <TokenChoices
            instruments={event.instruments}
            exposure={exposure}
            targets={targets}
            onChoose={(instruments) => onChange({ ...event, instruments })}
          />
        ),
        term: (
          <>
            <Choice
              label={t('simulate.edit.term')}
              value={term}
              options={TERMS.map((value) => ({ value, label: t(`simulate.edit.terms.${value}`) }))}
              onChoose={(next) => onChange({ ...event, isOpenEnded: next === 'open' })}
            />{' '}
            {!event.isOpenEnded && (
              <InlineNumber
                label={t('simulate.edit.days')}
                unit={t('simulate.edit.daysUnit')}
                value={event.days}
                onChange={(days) => onChange({ ...event, days })}
                problemId={problemId}
              />
            )}
          </>
        ),
      }}
    />
  );
}
