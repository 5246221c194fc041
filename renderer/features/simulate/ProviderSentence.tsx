import { Trans } from 'react-i18next';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { Choice, keepChosen } from './Choice.tsx';
import type { ProviderDraft } from './draft.ts';
import type { SentenceProps } from './EventSentence.tsx';

/** Whom it strikes is all there is to choose: what is lost follows from the parameters of each stake. */
export function ProviderSentence({
  event,
  targets,
  onChange,
}: Omit<SentenceProps<ProviderDraft>, 'percent'>) {
  const { t } = useText();
  const format = useFormatAmount();
  const options = keepChosen<string>(
    targets.providers.map(({ id, name, lossWei, valueWei }) => ({
      value: id,
      label: name,
      hint: t('simulate.edit.providerHint', {
        loss: format(lossWei, ETH_UNIT),
        amount: format(valueWei, ETH_UNIT),
      }),
    })),
    event.provider === null ? [] : [event.provider],
    (value) => ({ value, label: value, hint: t('simulate.edit.gone') }),
  );
  return (
    <Trans
      t={t}
      i18nKey="simulate.edit.providerSlash"
      components={{
        provider: (
          <Choice
            label={t('simulate.edit.provider')}
            value={event.provider}
            options={options}
            onChoose={(provider) => onChange({ ...event, provider })}
          />
        ),
      }}
    />
  );
}
