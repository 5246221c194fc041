import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import type { EventResult, ScenarioResult } from '../../../shared/domain/scenario.ts';
import { describeEvent } from '../../../shared/format/scenario.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import styles from './EventResults.module.css';

interface EventResultsProps {
  readonly result: ScenarioResult;
  readonly exposure: Exposure;
}

/** With these the loss is not nothing but not known. */
const UNKNOWN: readonly EventResult['note'][] = ['magnitude-unread', 'operator-left-out'];

/** What happened, in order, with what each event took; or why it took nothing. Covers come last, as they do. */
export function EventResults({ result, exposure }: EventResultsProps) {
  const { t } = useText();
  const { events, covers } = result;
  return (
    <ol className={styles.events} aria-label={t('simulate.result.eventsTitle')}>
      {events.map((row, index) => (
        <li key={index} className={styles.event}>
          <span className={styles.number}>{index + 1}</span>
          <span className={styles.text}>
            {describeEvent(row.event, exposure, t)}
            {row.note !== null && (
              <span className={styles.note}>
                <StateWord tone={UNKNOWN.includes(row.note) ? 'caution' : 'information'}>
                  <span className={styles.noteText}>{t(`simulate.note.${row.note}`)}</span>
                </StateWord>
              </span>
            )}
          </span>
          <span className={styles.loss}>
            <EventAmount row={row} />
          </span>
        </li>
      ))}
      {covers.map(({ cover, lossWei, paidWei }, index) => (
        <li key={`cover-${index}`} className={styles.event}>
          <span className={styles.number} />
          <span className={styles.text}>
            {t('simulate.result.coverPaid', { name: cover.name })}
            {lossWei === 0n && <span className={styles.note}>{t('simulate.result.coverNothing')}</span>}
          </span>
          <span className={styles.loss}>
            <Amount value={paidWei} unit={ETH_UNIT} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The loss; of a price or a queue, what it is instead. */
function EventAmount({ row }: { readonly row: EventResult }) {
  const { t } = useText();
  const { event, lossWei, marketLossWei, lockedWei, note } = row;
  if (UNKNOWN.includes(note)) return t('shell.figure.unknown');
  if (event.kind === 'depeg') return <Aside value={marketLossWei} word={t('simulate.result.ifSold')} />;
  if (event.kind === 'queue-closed')
    return <Aside value={lockedWei} word={t('simulate.result.lockedWord')} />;
  return <Amount value={lossWei} unit={ETH_UNIT} />;
}

function Aside({ value, word }: { readonly value: bigint; readonly word: string }) {
  return (
    <>
      <Amount value={value} unit={ETH_UNIT} />
      <span className={styles.aside}>{word}</span>
    </>
  );
}
