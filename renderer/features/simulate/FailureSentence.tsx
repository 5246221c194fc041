import { Trans } from 'react-i18next';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { Choice, keepChosen } from './Choice.tsx';
import type { FailureDraft } from './draft.ts';
import type { SentenceProps } from './EventSentence.tsx';

export function FailureSentence({ event, targets, percent, onChange }: SentenceProps<FailureDraft>) {
  const { t } = useText();
  const format = useFormatAmount();
  const options = keepChosen<string>(
    targets.dependencies.map(({ id, name, kind, valueWei }) => ({
      value: id,
      label: name,
      hint: t('simulate.edit.dependencyHint', {
        kind: t(`exposure.kind.${kind}`),
        amount: format(valueWei, ETH_UNIT),
      }),
    })),
    event.dependency === null ? [] : [event.dependency],
    (value) => ({ value, label: value, hint: t('simulate.edit.gone') }),
  );
  return (
    <Trans
      t={t}
      i18nKey="simulate.edit.failure"
      components={{
        dependency: (
          <Choice
            label={t('simulate.edit.dependency')}
            value={event.dependency}
            options={options}
            onChoose={(dependency) => onChange({ ...event, dependency })}
          />
        ),
        percent,
      }}
    />
  );
}
