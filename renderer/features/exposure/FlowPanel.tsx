import { useMemo } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { usePageState } from '../../state/pageState.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { FlowDetails } from './FlowDetails.tsx';
import { FlowDrawing } from './FlowDrawing.tsx';
import styles from './FlowPanel.module.css';
import { FlowTable } from './FlowTable.tsx';
import { findSelection } from './selection.ts';

interface FlowPanelProps {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
  readonly chosenId: string | null;
  readonly onChoose: (id: string | null) => void;
  /** Chooses, or lets go of what is chosen already. */
  readonly onToggle: (id: string) => void;
}

/** The flow of value, as a drawing or a table, and what is known of the part that was chosen. */
export function FlowPanel({ view, exposure, chosenId, onChoose, onToggle }: FlowPanelProps) {
  const { t } = useText();
  const [shape, setShape] = usePageState<'drawing' | 'table'>('exposure.shape', 'drawing');
  const selection = useMemo(
    () => (chosenId === null ? null : findSelection(exposure, chosenId)),
    [exposure, chosenId],
  );
  const isSample = exposure.origin.kind === 'sample';
  const unvalued = exposure.positions.filter(({ bookWei }) => bookWei === null).length;
  return (
    <Panel
      title={t('exposure.flow.title')}
      hint={[
        t(isSample ? 'exposure.flow.sampleHint' : 'exposure.flow.hint'),
        ...(shape === 'drawing' ? [t('exposure.flow.drawingHint')] : []),
      ].join(' ')}
      isFlush
      actions={
        <Segmented
          label={t('exposure.flow.view')}
          value={shape}
          onChange={setShape}
          options={[
            { value: 'drawing', label: t('exposure.flow.asDrawing') },
            { value: 'table', label: t('exposure.flow.asTable') },
          ]}
        />
      }
    >
      <div className={styles.body}>
        <div className={shape === 'drawing' ? styles.flow : styles.table}>
          {shape === 'drawing' ? (
            <FlowDrawing exposure={exposure} selection={selection} onToggle={onToggle} />
          ) : (
            <FlowTable exposure={exposure} onChoose={onChoose} />
          )}
          {unvalued > 0 && (
            <p className={styles.unvalued}>{t('exposure.flow.unvalued', { count: unvalued })}</p>
          )}
        </div>
        <div className={styles.details}>
          <FlowDetails view={view} exposure={exposure} selection={selection} onChoose={onChoose} />
        </div>
      </div>
    </Panel>
  );
}
