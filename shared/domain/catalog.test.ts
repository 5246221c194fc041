import { describe, expect, it } from 'vitest';
import {
  catalogObservationSchema,
  factDateSchema,
  factFigureSchema,
  factSchema,
  findObservation,
  type CatalogObservation,
} from './catalog.ts';

/** Hand-made. */
const FACT = {
  text: 'About a week.',
  figure: { low: 7, high: 7, unit: 'days' },
  status: 'confirmed',
  sources: ['a'],
  asOf: '2026-05',
  note: null,
};

/** Hand-made. */
const OBSERVED: CatalogObservation = {
  protocol: 'made-up',
  product: 'A',
  metric: 'apy',
  label: 'as listed',
  low: 2,
  high: 3,
  unit: 'percent',
  asOf: '2026-05-13',
  status: 'secondary',
  source: { name: 'A page', url: null, pageDate: null },
  note: null,
  fetchedAt: null,
};

describe('a fact', () => {
  it('is words, a figure, a status, sources and a date', () => {
    expect(factSchema.safeParse(FACT).success).toBe(true);
    expect(factSchema.safeParse({ ...FACT, figure: null }).success).toBe(true);
  });

  it.each([
    ['a figure without words', { ...FACT, text: null, status: 'unconfirmed' }],
    ['nothing known, yet confirmed', { ...FACT, text: null, figure: null }],
    ['no source, yet confirmed', { ...FACT, sources: [] }],
    ['a range upside down', { ...FACT, figure: { low: 8, high: 7, unit: 'days' } }],
    ['a unit of nobody', { ...FACT, figure: { low: 7, high: 7, unit: 'weeks' } }],
    ['a status of nobody', { ...FACT, status: 'certain' }],
    ['a key too many', { ...FACT, trust: 1 }],
  ])('is not %s', (_, fact) => {
    expect(factSchema.safeParse(fact).success).toBe(false);
  });

  it('of which nothing is known is unconfirmed, and has no figure', () => {
    const unknown = { ...FACT, text: null, figure: null, status: 'unconfirmed', sources: [], asOf: null };
    expect(factSchema.safeParse(unknown).success).toBe(true);
  });

  it('is no number that is none', () => {
    for (const low of [Number.NaN, Number.NEGATIVE_INFINITY])
      expect(factFigureSchema.safeParse({ low, high: 7, unit: 'days' }).success).toBe(false);
  });
});

describe('a date', () => {
  it.each(['2026', '2026-05', '2026-05-31'])('is as exact as its source: %s', (date) => {
    expect(factDateSchema.safeParse(date).success).toBe(true);
  });
  it.each(['', '26', '2026-13', '2026-00-01', '2026-05-32', '2026-05-13T06:00Z', '2026-5-1', 'early 2026'])(
    'is not “%s”',
    (date) => {
      expect(factDateSchema.safeParse(date).success).toBe(false);
    },
  );
});

describe('an observation', () => {
  it('has a range the right way up', () => {
    expect(catalogObservationSchema.safeParse(OBSERVED).success).toBe(true);
    expect(catalogObservationSchema.safeParse({ ...OBSERVED, low: 4 }).success).toBe(false);
  });

  it.each(['javascript:alert(1)', 'http://a.test/', 'https://a.test/ (a page)', 'a.test'])(
    'links no %s',
    (url) => {
      const source = { ...OBSERVED.source, url };
      expect(catalogObservationSchema.safeParse({ ...OBSERVED, source }).success).toBe(false);
    },
  );

  it('is found by protocol, metric and product: the newest, and of one day the later in the list', () => {
    const older = { ...OBSERVED, asOf: '2026-04', low: 1 };
    const later = { ...OBSERVED, low: 2.5 };
    const other = { ...OBSERVED, product: 'B', asOf: '2026-06' };
    const list = [OBSERVED, older, later, other, { ...OBSERVED, metric: 'tvl', asOf: '2026-09' } as const];
    expect(findObservation(list, 'made-up', 'apy', 'A')).toBe(later);
    expect(findObservation(list, 'made-up', 'apy')).toBe(other);
    expect(findObservation(list, 'made-up', 'price')).toBeNull();
    expect(findObservation(list, 'nobody', 'apy')).toBeNull();
  });

  it('of an unknown day of a year is older than one of a day in it', () => {
    const list = [
      { ...OBSERVED, asOf: '2026-01-02' },
      { ...OBSERVED, asOf: '2026' },
    ];
    expect(findObservation(list, 'made-up', 'apy')).toBe(list[0]);
  });
});
