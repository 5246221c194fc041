import type { Figure } from '../../shared/domain/figure.ts';
import { useInspector } from '../state/inspector.ts';
import { useText } from '../state/text.ts';
import { nameFigure } from '../ui/figureText.ts';
import { FigureValue } from '../ui/FigureValue.tsx';
import styles from './InspectorInputs.module.css';

/** Levels shown at once; deeper ones open by following an input. */
const SHOWN_LEVELS = 2;

interface InspectorInputsProps {
  readonly inputs: readonly Figure[];
  /** What they were computed for: said again only where an input is about something else. */
  readonly subject: string;
  readonly level?: number | undefined;
}

/** What a figure was computed from, and what that was computed from. */
export function InspectorInputs({ inputs, subject, level = 1 }: InspectorInputsProps) {
  const { tKey } = useText();
  const push = useInspector((state) => state.push);
  return (
    <ul className={level > 1 ? styles.nested : styles.inputs}>
      {inputs.map((input, index) => (
        <li key={index}>
          <div className={styles.row}>
            <span className={styles.name}>
              {nameFigure(input, tKey)}
              {input.subject !== subject && <span className={styles.subject}>{input.subject}</span>}
            </span>
            <FigureValue figure={input} onOpen={push} reason="hover" />
          </div>
          {input.basis.kind === 'computed' && level < SHOWN_LEVELS && (
            <InspectorInputs inputs={input.basis.inputs} subject={input.subject} level={level + 1} />
          )}
        </li>
      ))}
    </ul>
  );
}
