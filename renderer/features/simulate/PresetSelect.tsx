import type { ScenarioPresets } from '../../../shared/contract/methods.ts';
import type { Scenario } from '../../../shared/domain/scenario.ts';
import type { ScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import { useText } from '../../state/text.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import type { SelectOption } from '../../ui/SelectPopup.tsx';
import { toast } from '../../ui/toast.ts';
import { IncidentNote } from './IncidentNote.tsx';
import styles from './PresetSelect.module.css';
import { draftScenario, isSameScenario, type DraftJudgement } from './readDraft.ts';
import { hasTarget } from './startEvent.ts';
import type { DraftState } from './useDraft.ts';

interface PresetSelectProps {
  readonly draft: DraftState;
  readonly judgement: DraftJudgement;
  readonly targets: ScenarioTargets;
}

interface PresetOption extends SelectOption<string> {
  readonly scenario: Scenario | null;
}

const NO_PRESETS: ScenarioPresets = { suggestions: [], replays: [] };

/** What a scenario starts from: a kind of event at its largest, or a recorded incident. */
export function PresetSelect({ draft, judgement, targets }: PresetSelectProps) {
  const { t } = useText();
  const options = usePresetOptions(draft.presets ?? NO_PRESETS, targets);
  // Once it is changed, it is the user's own, and the same entry can be chosen again.
  const { scenario } = judgement;
  const chosen = options.find(
    (option) => option.scenario !== null && scenario !== null && isSameScenario(option.scenario, scenario),
  );
  const choose = (id: string) => {
    const start = options.find(({ value }) => value === id)?.scenario;
    if (!start) return;
    const before = draft.value;
    const wasOwn = draft.isEdited && chosen === undefined;
    draft.replace(draftScenario(start));
    if (!wasOwn) return;
    toast({
      title: t('simulate.scenario.replaced'),
      action: { label: t('shell.undo.action'), run: () => draft.replace(before) },
    });
  };
  const replay = draft.presets?.replays.find(({ id }) => id === chosen?.value);
  return (
    <div className={styles.presets}>
      <SelectField
        label={t('simulate.scenario.presets')}
        value={chosen?.value ?? null}
        options={options}
        onChange={choose}
        placeholder={t('simulate.scenario.presetOwn')}
      />
      {replay && <IncidentNote incident={replay.incident} />}
    </div>
  );
}

function usePresetOptions(
  { suggestions, replays }: ScenarioPresets,
  targets: ScenarioTargets,
): readonly PresetOption[] {
  const { t } = useText();
  return [
    ...suggestions.map(({ preset, scenario }): PresetOption => {
      const label = t(`simulate.scenario.preset.${preset}`);
      if (scenario !== null) return { value: preset, label, scenario };
      const hint = hasTarget(preset, targets)
        ? t('simulate.scenario.presetUnvalued')
        : t(`simulate.scenario.presetNone.${preset}`);
      return { value: preset, label, hint, isDisabled: true, scenario };
    }),
    ...replays.map(({ id, scenario }): PresetOption => ({
      value: id,
      label: t('simulate.scenario.replay', { title: scenario.incident?.title ?? '' }),
      scenario,
    })),
  ];
}
