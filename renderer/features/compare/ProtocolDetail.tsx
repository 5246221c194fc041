import { useId, type ReactNode } from 'react';
import type { CatalogView } from '../../../shared/contract/catalog-view.ts';
import type { FactKey } from '../../../shared/domain/catalog.ts';
import type { ProtocolScore } from '../../../shared/domain/score/score.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { COLUMN_SPECS, type ColumnId, type DetailAnchor } from './compareColumns.ts';
import type { CompareRow } from './compareRows.ts';
import { CorrectionText } from './CorrectionsPanel.tsx';
import { FactList } from './FactList.tsx';
import styles from './ProtocolDetail.module.css';
import { ChangeList, ContractList, DependencyList, IncidentList } from './ProtocolLists.tsx';
import { ObservationList } from './ObservationList.tsx';
import { ScoreDot } from './ScoreDot.tsx';

interface ProtocolDetailProps {
  readonly view: CatalogView;
  readonly row: CompareRow;
  readonly score: ProtocolScore | null;
  /** Of the cell that was pressed; null where the row itself was. */
  readonly column: ColumnId | null;
  readonly onShowScore: () => void;
}

/** All that is known of one protocol. */
export function ProtocolDetail({ view, row, score, column, onShowScore }: ProtocolDetailProps) {
  const { t } = useText();
  const { protocol } = row;
  const { catalog } = view;
  const anchor: DetailAnchor | null = column === null ? null : COLUMN_SPECS[column].anchor;
  const observations = catalog.observations.filter((one) => one.protocol === protocol.id);
  const changes = view.changes.filter((change) => change.protocol === protocol.id);
  return (
    <div
      className={styles.detail}
      role="group"
      aria-label={t('compare.detail.label', { name: protocol.name })}
    >
      <div className={styles.column}>
        {protocol.corrections.length > 0 && (
          <Section title={t('compare.detail.corrections')}>
            <ul className={styles.corrections}>
              {protocol.corrections.map((one, index) => (
                <li key={index}>
                  <CorrectionText claim={one.claim} says={one.says} status={one.status} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section title={t('compare.detail.facts')}>
          <FactList protocol={protocol} sources={catalog.sources} chosen={factOf(anchor)} />
        </Section>
      </div>
      <div className={styles.column}>
        <Section title={t('compare.detail.about')} isChosen={anchor === 'about'}>
          <DefinitionList
            items={[
              { term: t('compare.column.underlying'), value: protocol.underlying },
              { term: t('compare.detail.issuer'), value: protocol.issuer },
              { term: t('compare.detail.chains'), value: protocol.chains.join(', ') },
              {
                term: t('compare.detail.products'),
                value: protocol.products
                  .map(({ symbol, name }) => (symbol === null ? name : `${symbol} (${name})`))
                  .join(', '),
              },
            ]}
          />
        </Section>
        {score !== null && (
          <Section title={t('compare.detail.score')} isChosen={anchor === 'score'}>
            <div className={styles.score}>
              <ScoreDot score={score.score} />
              <Button size="sm" variant="quiet" onClick={onShowScore}>
                {t('compare.action.score')}
              </Button>
            </div>
          </Section>
        )}
        <Section title={t('compare.detail.figures')} isChosen={anchor === 'figures'}>
          <ObservationList observations={observations} protocol={protocol} />
        </Section>
        {changes.length > 0 && (
          <Section title={t('compare.detail.changes')}>
            <ChangeList changes={changes} />
          </Section>
        )}
        <Section title={t('compare.detail.dependencies')} isChosen={anchor === 'dependencies'}>
          <DependencyList protocol={protocol} sources={catalog.sources} />
        </Section>
        <Section title={t('compare.detail.incidents')} isChosen={anchor === 'incidents'}>
          <IncidentList protocol={protocol} sources={catalog.sources} known={view.incidents} />
        </Section>
        <Section title={t('compare.detail.contracts')}>
          <ContractList protocol={protocol} />
        </Section>
      </div>
    </div>
  );
}

function factOf(anchor: DetailAnchor | null): FactKey | null {
  switch (anchor) {
    case null:
    case 'score':
    case 'about':
    case 'figures':
    case 'dependencies':
    case 'incidents':
      return null;
    default:
      return anchor;
  }
}

interface SectionProps {
  readonly title: string;
  readonly isChosen?: boolean | undefined;
  readonly children: ReactNode;
}

function Section({ title, isChosen = false, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={isChosen ? styles.chosen : undefined}
      // The part that was asked for comes into view as it is drawn.
      ref={isChosen ? showPart : undefined}
    >
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function showPart(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
