import { Copy } from 'lucide-react';
import { useMemo } from 'react';
import type { Hazards } from '../../../../shared/domain/hazards.ts';
import type { LossStudy } from '../../../../shared/domain/loss-study.ts';
import { findSet } from '../../../../shared/domain/study-figures.ts';
import { describeDerivation } from '../../../../shared/format/likelihood.ts';
import { useHideAmounts } from '../../../state/settings.ts';
import { useText } from '../../../state/text.ts';
import { copyText } from '../../../ui/copyText.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { toTsv, type TableColumn } from '../../../ui/tableModel.ts';
import { ClassGroup } from './ClassGroup.tsx';
import { groupSources, type StudiedSource } from './groupSources.ts';
import styles from './NumbersPanel.module.css';
import { SetToggle, useShownSet } from './SetToggle.tsx';
import type { StudyState } from './useStudy.ts';

interface NumbersPanelProps {
  readonly study: StudyState;
  readonly made: LossStudy | null;
  readonly hazards: Hazards;
}

/** Everything that can happen, with the number behind each, its evidence, and a field to put in another. */
export function NumbersPanel({ study, made, hazards }: NumbersPanelProps) {
  const { t } = useText();
  const [set] = useShownSet();
  const studied = made === null ? null : findSet(made, set);
  const groups = useMemo(
    () => (studied === null ? [] : groupSources(studied.sources, hazards)),
    [studied, hazards],
  );
  if (studied === null || made === null) {
    return (
      <Panel title={t('likelihood.numbers.title')}>
        <p className={styles.none}>{t('likelihood.numbers.empty')}</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={t('likelihood.numbers.title')}
      hint={t('likelihood.numbers.asOf', { date: hazards.asOf })}
      actions={<CopyNumbers sources={studied.sources} hazards={hazards} />}
    >
      <div className={styles.head}>
        <SetToggle />
        <p className={styles.hint}>{t('likelihood.numbers.hint')}</p>
      </div>
      <ul className={styles.groups}>
        {groups.map((group, index) => (
          <li key={group.hazard.id}>
            <ClassGroup
              group={group}
              set={set}
              hazards={hazards}
              study={study}
              made={made}
              isOpenAtFirst={index === 0}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function CopyNumbers({
  sources,
  hazards,
}: {
  readonly sources: readonly StudiedSource[];
  readonly hazards: Hazards;
}) {
  const { t } = useText();
  const isHidden = useHideAmounts();
  const columns = useMemo((): readonly TableColumn<StudiedSource>[] => {
    const names = new Map(hazards.classes.map(({ id, name }) => [id, name]));
    const column = (header: string, copyValue: (source: StudiedSource) => string) => ({
      id: header,
      header,
      cell: copyValue,
      copyValue,
    });
    return [
      column(t('likelihood.cli.column.id'), ({ sourceId }) => sourceId),
      column(t('likelihood.paper.what'), (source) => names.get(source.class) ?? source.class),
      column(t('likelihood.cli.column.what'), ({ label }) => label),
      column(t('likelihood.paper.rate'), ({ ratePerYear }) => String(ratePerYear)),
      column(t('likelihood.cli.column.chance'), ({ probability }) => probability.toPrecision(4)),
      column(t('likelihood.cli.column.takes'), ({ severityMean }) => severityMean.toPrecision(4)),
      column(t('likelihood.who.expectedEth'), ({ expectedLoss }) => expectedLoss.toPrecision(4)),
      column(t('likelihood.cli.column.status'), (source) =>
        [source.rateStatus, source.severityStatus]
          .map((status) => t(`likelihood.status.${status}`))
          .join(', '),
      ),
      column(t('likelihood.paper.where'), ({ from }) => describeDerivation(from, t)),
    ];
  }, [hazards, t]);
  const copy = () =>
    void copyText(toTsv(columns, sources), {
      done: t('shell.table.copied', { count: sources.length }),
      failed: t('shell.copy.failed'),
    });
  return (
    <IconButton
      icon={Copy}
      size="sm"
      label={t(isHidden ? 'shell.table.copyHidden' : 'shell.table.copy')}
      disabled={isHidden}
      onClick={copy}
    />
  );
}
