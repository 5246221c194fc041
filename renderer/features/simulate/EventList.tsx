import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useRef, type MouseEvent } from 'react';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import {
  MAX_EVENTS,
  SUGGESTED_PRESETS,
  type SuggestedPreset,
} from '../../../shared/domain/scenario-kinds.ts';
import type { ScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { appendEvent, changeEvent, moveEvent, removeEvent } from './draft.ts';
import styles from './EventList.module.css';
import { EventSentence } from './EventSentence.tsx';
import type { EventProblem } from './readDraft.ts';
import { hasTarget, startEvent } from './startEvent.ts';
import type { DraftState } from './useDraft.ts';

interface EventListProps {
  readonly exposure: Exposure;
  readonly targets: ScenarioTargets;
  readonly draft: DraftState;
  readonly problems: ReadonlyMap<number, EventProblem>;
}

/** What happens, in order: each event a sentence whose parts can be changed. */
export function EventList({ exposure, targets, draft, problems }: EventListProps) {
  const { t } = useText();
  const add = useRef<HTMLButtonElement>(null);
  const { value, replace } = draft;
  const { entries } = value;
  const last = entries.length - 1;
  const remove = (id: number) => {
    replace(removeEvent(value, id));
    // The button that had the focus is gone with its event.
    add.current?.focus();
  };
  const move = (event: MouseEvent<HTMLButtonElement>, id: number, step: -1 | 1) => {
    const pressed = event.currentTarget;
    replace(moveEvent(value, id, step));
    requestAnimationFrame(() => focusMoved(pressed));
  };
  return (
    <section className={styles.events}>
      <h3 className={styles.title}>{t('simulate.scenario.events')}</h3>
      {entries.length === 0 && <p className={styles.none}>{t('simulate.scenario.none')}</p>}
      <ol className={styles.list}>
        {entries.map(({ id, event }, index) => {
          const number = index + 1;
          return (
            <li key={id} className={styles.entry} aria-label={t('simulate.scenario.event', { number })}>
              <div className={styles.bar}>
                <span className={styles.number}>{number}</span>
                {entries.length > 1 && (
                  <>
                    <IconButton
                      size="sm"
                      icon={ArrowUp}
                      label={t('simulate.scenario.up', { number })}
                      disabled={index === 0}
                      onClick={(press) => move(press, id, -1)}
                    />
                    <IconButton
                      size="sm"
                      icon={ArrowDown}
                      label={t('simulate.scenario.down', { number })}
                      disabled={index === last}
                      onClick={(press) => move(press, id, 1)}
                    />
                  </>
                )}
                <IconButton
                  size="sm"
                  icon={X}
                  label={t('simulate.scenario.remove', { number })}
                  onClick={() => remove(id)}
                />
              </div>
              <EventSentence
                event={event}
                exposure={exposure}
                targets={targets}
                problem={problems.get(id) ?? null}
                onChange={(next) => replace(changeEvent(value, id, next))}
              />
            </li>
          );
        })}
      </ol>
      <AddEvent
        button={add}
        targets={targets}
        count={entries.length}
        onAdd={(preset) => replace(appendEvent(value, startEvent(preset, targets)))}
      />
    </section>
  );
}

interface AddEventProps {
  readonly button: React.Ref<HTMLButtonElement>;
  readonly targets: ScenarioTargets;
  readonly count: number;
  readonly onAdd: (preset: SuggestedPreset) => void;
}

/** Every kind of event; one that the portfolio has nothing for says so. */
function AddEvent({ button, targets, count, onAdd }: AddEventProps) {
  const { t } = useText();
  const isFull = count >= MAX_EVENTS;
  return (
    <div className={styles.foot}>
      <Menu
        trigger={
          <Button ref={button} size="sm" icon={Plus} disabled={isFull}>
            {t('simulate.scenario.add')}
          </Button>
        }
        items={SUGGESTED_PRESETS.map((preset) => {
          const isDisabled = !hasTarget(preset, targets);
          return {
            id: preset,
            label: t(`simulate.scenario.preset.${preset}`),
            hint: isDisabled ? t(`simulate.scenario.presetNone.${preset}`) : undefined,
            isDisabled,
            run: () => onAdd(preset),
          };
        })}
      />
      {(isFull || count > 1) && (
        <span className={styles.hint}>
          {isFull ? t('simulate.scenario.full', { count: MAX_EVENTS }) : t('simulate.scenario.order')}
        </span>
      )}
    </div>
  );
}

/** Moving an element takes the focus from it; at the end of the list its button cannot have it back. */
function focusMoved(pressed: HTMLButtonElement): void {
  if (!pressed.disabled) {
    pressed.focus();
    return;
  }
  pressed.parentElement?.querySelector<HTMLButtonElement>('button:not(:disabled)')?.focus();
}
