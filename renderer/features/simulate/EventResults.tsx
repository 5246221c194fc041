import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { describeEvent } from '../../../shared/format/scenario.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import styles from './EventResults.module.css';

interface EventResultsProps {
  readonly result: ScenarioResult;
  readonly exposure: Exposure;
}

/** What happened, in order, with what each event took; or why it took nothing. */
export function EventResults({ result, exposure }: EventResultsProps) {
  const { t } = useText();
  return (
    <ol className={styles.events} aria-label={t('simulate.result.eventsTitle')}>
      {result.events.map(({ event, lossWei, note }, index) => (
        <li key={index} className={styles.event}>
          <span className={styles.number}>{index + 1}</span>
          <span className={styles.text}>
            {describeEvent(event, exposure, t)}
            {note !== null && (
              <span className={styles.note}>
                <StateWord tone={note === 'magnitude-unread' ? 'caution' : 'information'}>
                  <span className={styles.noteText}>{t(`simulate.note.${note}`)}</span>
                </StateWord>
              </span>
            )}
          </span>
          <span className={styles.loss}>
            {note === 'magnitude-unread' ? (
              t('shell.figure.unknown')
            ) : (
              <Amount value={lossWei} unit={ETH_UNIT} />
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
