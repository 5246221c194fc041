import { CircleAlert } from 'lucide-react';
import { useId } from 'react';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { ScenarioTargets } from '../../../shared/domain/scenario-targets.ts';
import { useText } from '../../state/text.ts';
import type { EventDraft } from './draft.ts';
import styles from './EventSentence.module.css';
import { FailureSentence } from './FailureSentence.tsx';
import { InlineNumber } from './InlineNumber.tsx';
import { ClientSentence, ServiceSentence, SlashSentence } from './StrikeSentences.tsx';
import { isNumberProblem, type EventProblem } from './readDraft.ts';
import { ProviderSentence } from './ProviderSentence.tsx';
import { QueueSentence, TokenSentence } from './TokenSentences.tsx';

interface EventSentenceProps {
  readonly event: EventDraft;
  readonly exposure: Exposure;
  readonly targets: ScenarioTargets;
  readonly problem: EventProblem | null;
  readonly onChange: (event: EventDraft) => void;
}

/** One event as a sentence with its parts to choose, and beneath it what is missing. */
export function EventSentence(props: EventSentenceProps) {
  const { problem } = props;
  const { t } = useText();
  const problemId = useId();
  const isNumberWrong = problem !== null && isNumberProblem(problem);
  return (
    <>
      <div className={styles.sentence}>
        <Sentence {...props} problemId={isNumberWrong ? problemId : null} />
      </div>
      {problem !== null && (
        <p id={problemId} className={styles.problem} role="alert">
          <CircleAlert size={12} aria-hidden />
          {t(`simulate.problem.${problem}`)}
        </p>
      )}
    </>
  );
}

/** What the sentence of one kind of event is given. */
export interface SentenceProps<Event> extends Omit<EventSentenceProps, 'event' | 'problem'> {
  readonly event: Event;
  /** The field of the percentage; of a queue there is none. */
  readonly percent: React.ReactElement;
}

interface AnySentenceProps extends EventSentenceProps {
  /** Of the text that says what is wrong with the number. */
  readonly problemId: string | null;
}

function Sentence({ problemId, ...props }: AnySentenceProps) {
  const { t } = useText();
  const { event, onChange } = props;
  if (event.kind === 'queue-closed') return <QueueSentence {...props} event={event} problemId={problemId} />;
  if (event.kind === 'provider-slash') return <ProviderSentence {...props} event={event} />;
  const percent = (
    <InlineNumber
      label={t('simulate.edit.percent')}
      unit="%"
      value={event.percent}
      onChange={(next) => onChange({ ...event, percent: next })}
      problemId={problemId}
    />
  );
  switch (event.kind) {
    case 'operator-slash':
      return <SlashSentence {...props} event={event} percent={percent} />;
    case 'service-compromised':
      return <ServiceSentence {...props} event={event} percent={percent} />;
    case 'client-bug':
      return <ClientSentence {...props} event={event} percent={percent} />;
    case 'contract-failure':
      return <FailureSentence {...props} event={event} percent={percent} />;
    case 'unbacked-supply':
    case 'depeg':
      return <TokenSentence {...props} event={event} percent={percent} />;
  }
}
