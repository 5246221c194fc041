import { PARAMETER_SETS, type ParameterSet } from '../../../../shared/domain/loss-distribution.ts';
import { usePageState } from '../../../state/pageState.ts';
import { useText } from '../../../state/text.ts';
import { Segmented } from '../../../ui/Segmented.tsx';

/** Which set the parts of the page that have room for one speak of: the same everywhere. */
export function useShownSet(): readonly [set: ParameterSet, show: (set: ParameterSet) => void] {
  return usePageState<ParameterSet>('simulate.study.set', 'base');
}

export function SetToggle() {
  const { t } = useText();
  const [set, show] = useShownSet();
  return (
    <Segmented
      label={t('likelihood.setLabel')}
      value={set}
      onChange={show}
      options={PARAMETER_SETS.map((value) => ({ value, label: t(`likelihood.set.${value}`) }))}
    />
  );
}
