import type { ReactNode } from 'react';
import { useText } from '../../state/text.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import { useExposureNames } from './exposureNames.ts';
import type { PositionRow } from './positionRows.ts';

export interface Item {
  readonly term: string;
  readonly value: ReactNode;
}

/** What every kind of position says at the end: its loss in the last run, and what it relies on. */
export function useSharedItems({ position, scenario }: PositionRow): readonly Item[] {
  const { t, locale } = useText();
  const { dependencies } = useExposureNames();
  const names = position.instrument.dependsOn.map((id) => dependencies.get(id) ?? id);
  return [
    ...(names.length === 0
      ? []
      : [{ term: t('positions.detail.reliesOn'), value: new Intl.ListFormat(locale).format(names) }]),
    ...(scenario === null
      ? []
      : [{ term: t('positions.detail.loss'), value: <FigureValue figure={scenario.loss} /> }]),
  ];
}
