import type { HistoryView } from '../../../shared/domain/history/history-view.ts';
import { describeHoles, describeNote } from '../../../shared/format/history.ts';
import { useText } from '../../state/text.ts';
import styles from './HistoryNotes.module.css';

/** More would be a list of its own; the tooltip has every one. */
const MOST_HOLES = 5;

/** What the lines do not say by themselves. */
export function HistoryNotes({ view }: { readonly view: HistoryView }) {
  const { t } = useText();
  const holes = describeHoles(view, t).slice(0, MOST_HOLES);
  if (view.notes.length + holes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {view.notes.map((note) => {
        const text = describeNote(note, view, t);
        return (
          <li key={text} className={note.kind === 'synthetic' ? styles.strong : undefined}>
            {text}
          </li>
        );
      })}
      {holes.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
