/** Where the book value stands: what it depends on, how it flows there, and what several positions share. */
import { useCallback, useMemo } from 'react';
import type { Exposure } from '../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../shared/domain/figure.ts';
import type { Report } from '../../shared/domain/report.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { namePositionInDrawing } from '../../shared/format/position-name.ts';
import { buildAllocationBar } from '../charts/options/buildAllocationBar.ts';
import { buildExposureSankey } from '../charts/options/buildExposureSankey.ts';
import { countTallestColumn, foldFlows, type FoldedNode } from '../charts/options/foldFlows.ts';
import { colorOfPart, listAllocation, type AllocationPart } from '../charts/options/listAllocation.ts';
import type { ChartPalette } from '../charts/options/palette.ts';
import { useText } from '../state/text.ts';
import { AllocationLegend } from './AllocationLegend.tsx';
import { CHART_TEXT_SIZE, PaperChart } from './PaperChart.tsx';
import { PaperSection } from './PaperSection.tsx';
import { PendingAllocations } from './PendingAllocations.tsx';
import styles from './ReportPaper.module.css';
import { SharedTable } from './SharedTable.tsx';

const MOST_OPERATORS = 6;
const MOST_NODES = 12;
/** CSS pixels: the printable height of A4 less a heading. */
const TALLEST = 860;
const NAMED_BY_KEY: ReadonlySet<FoldedNode['kind']> = new Set(['free', 'hidden', 'unallocated']);

function useAmount(): (wei: bigint) => string {
  const { locale } = useText();
  return useCallback((wei: bigint) => formatValue(wei, ETH_UNIT, { locale }), [locale]);
}

function AllocationFigure({ exposure }: { readonly exposure: Exposure }) {
  const { t, locale } = useText();
  const amount = useAmount();
  const parts = useMemo(() => listAllocation(exposure, MOST_OPERATORS), [exposure]);
  const nameOf = useCallback(
    (part: AllocationPart): string => {
      if (part.kind === 'operator') return part.name;
      if (part.kind === 'rest') return t('reports.paper.exposure.operatorsRest', { count: part.count });
      return t(`figure.node.${part.kind}`);
    },
    [t],
  );
  const totalWei = parts.reduce((sum, part) => sum + part.valueWei, 0n);
  const description = t('reports.paper.exposure.allocationLabel', {
    parts: parts
      .map((part) =>
        t('reports.paper.exposure.partShare', {
          name: nameOf(part),
          amount: amount(part.valueWei),
          share: formatValue(fractionOf(part.valueWei, totalWei) ?? 0n, SHARE_UNIT, { locale }),
        }),
      )
      .join(', '),
  });
  const build = useCallback(
    (palette: ChartPalette) =>
      buildAllocationBar(
        parts,
        palette,
        { description, nameOf, amount, axis: ETH_UNIT.symbol },
        CHART_TEXT_SIZE,
      ),
    [parts, description, nameOf, amount],
  );
  return (
    <figure className={styles['figure']}>
      <PaperChart build={build} height={64} />
      <AllocationLegend parts={parts} totalWei={totalWei} nameOf={nameOf} colorOf={colorOfPart} />
    </figure>
  );
}

function FlowFigure({ exposure }: { readonly exposure: Exposure }) {
  const { t, tKey } = useText();
  const amount = useAmount();
  const flows = useMemo(() => foldFlows(exposure, MOST_NODES), [exposure]);
  const description = t('reports.paper.exposure.flowLabel');
  const nameOf = useCallback(
    (node: FoldedNode): string => {
      if (node.count > 1) return t('reports.paper.exposure.folded', { count: node.count });
      const position = exposure.positions.find(({ id }) => `position:${id}` === node.id);
      if (position) return namePositionInDrawing(position, t);
      // Ends of the flow carry a key of the catalogue as their name; everything else shows as itself.
      return NAMED_BY_KEY.has(node.kind) ? tKey(node.name) : node.name;
    },
    [exposure.positions, t, tKey],
  );
  const build = useCallback(
    (palette: ChartPalette) =>
      buildExposureSankey(
        flows,
        palette,
        { description, nameOf, amount },
        { labelWidth: 146, textSize: CHART_TEXT_SIZE },
      ),
    [flows, description, nameOf, amount],
  );
  const height = Math.min(TALLEST, Math.max(200, countTallestColumn(flows) * 38));
  return (
    <figure className={styles['figure']}>
      <PaperChart build={build} height={height} />
    </figure>
  );
}

function HiddenWords({ exposure }: { readonly exposure: Exposure }) {
  const { t, locale } = useText();
  const amount = useAmount();
  const legs = exposure.positions.flatMap((position) => position.legs);
  const sum = (kept: typeof legs): bigint => kept.reduce((total, leg) => total + leg.bookWei, 0n);
  const hiddenWei = sum(legs.filter((leg) => leg.kind === 'hidden'));
  const unvalued = exposure.positions.filter(({ bookWei }) => bookWei === null).length;
  if (hiddenWei === 0n && unvalued > 0) {
    return (
      <p className={styles['caution']}>
        {t('reports.paper.exposure.hiddenUnvalued', { amount: amount(sum(legs)), count: unvalued })}
      </p>
    );
  }
  if (hiddenWei === 0n) return <p>{t('reports.paper.exposure.hiddenNone')}</p>;
  const share = fractionOf(hiddenWei, sum(legs)) ?? 0n;
  return (
    <p className={styles['caution']}>
      {t('reports.paper.exposure.hiddenSome', {
        amount: amount(hiddenWei),
        share: formatValue(share, SHARE_UNIT, { locale }),
      })}
    </p>
  );
}

export function ExposureSection({
  report,
  isSample,
}: {
  readonly report: Report;
  readonly isSample: boolean;
}) {
  const { t } = useText();
  const { exposure } = report;
  const hasLegs = exposure.positions.some((position) => position.legs.some((leg) => leg.bookWei > 0n));
  if (!hasLegs) {
    return (
      <PaperSection title={t('reports.paper.exposure.title')} isSample={isSample}>
        <p>{t('reports.paper.exposure.empty')}</p>
      </PaperSection>
    );
  }
  return (
    <PaperSection title={t('reports.paper.exposure.title')} isSample={isSample} startsPage>
      <p className={styles['intro']}>{t('reports.paper.exposure.intro')}</p>
      <h3 className={styles['h3']}>{t('reports.paper.exposure.allocationTitle')}</h3>
      <AllocationFigure exposure={exposure} />
      <HiddenWords exposure={exposure} />
      <h3 className={styles['h3']}>{t('reports.paper.exposure.flowTitle')}</h3>
      <FlowFigure exposure={exposure} />
      <PendingAllocations exposure={exposure} />
      <h3 className={styles['h3']}>{t('reports.paper.exposure.sharedTitle')}</h3>
      <SharedTable rows={exposure.shared} />
    </PaperSection>
  );
}
