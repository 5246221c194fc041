import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useRef, type MouseEvent } from 'react';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { ScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import {
  appendEvent,
  changeEvent,
  MAX_EVENTS,
  moveEvent,
  removeEvent,
  startEvent,
  type EventDraft,
  type EventProblem,
} from './draft.ts';
import styles from './EventList.module.css';
import { EventSentence } from './EventSentence.tsx';
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
  const isFull = entries.length >= MAX_EVENTS;
  const append = (kind: EventDraft['kind']) => replace(appendEvent(value, startEvent(kind, targets)));
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
      <div className={styles.foot}>
        <Menu
          trigger={
            <Button ref={add} size="sm" icon={Plus} disabled={isFull}>
              {t('simulate.scenario.add')}
            </Button>
          }
          items={[
            {
              id: 'slash',
              label: t('simulate.scenario.addSlash'),
              isDisabled: targets.operators.length === 0,
              run: () => append('operator-slash'),
            },
            {
              id: 'failure',
              label: t('simulate.scenario.addFailure'),
              isDisabled: targets.dependencies.length === 0,
              run: () => append('contract-failure'),
            },
          ]}
        />
        {(isFull || entries.length > 1) && (
          <span className={styles.hint}>
            {isFull ? t('simulate.scenario.full', { count: MAX_EVENTS }) : t('simulate.scenario.order')}
          </span>
        )}
      </div>
    </section>
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
