// The scenarios by name. Rates are of the order that operators tell: a hurting fault for every hundred cells and week, or fewer.

import type { NamedScenario } from './named-scenario.ts';

const ORDINARY_FAULTS = {
  'power-loss': 0.18,
  'cell-outage': 0.15,
  'sleeping-cell': 0.12,
  'feeder-decay': 0.08,
  'cooling-failure': 0.06,
  'backhaul-degradation': 0.08,
  interference: 0.12,
  'congestion-growth': 0.03,
  'wrong-parameter': 0.08,
  'wrong-tilt': 0.05,
  'intermittent-hardware': 0.06,
  'never-woken': 0.04,
  'silent-source': 0.02,
  'clock-drift': 0.04,
} as const;

const ORDINARY_NUISANCES = {
  'planned-work': 0.2,
  'vendor-swap': 0.03,
  rename: 0.03,
  'quiet-cell': 1,
  'match-evening': 0.7,
  'dawn-duct': 1.2,
  'collection-gap': 1,
  'late-data': 1,
  'doubled-data': 0.7,
} as const;

const MIXED: NamedScenario = {
  name: 'mixed',
  summary: 'five weeks with everything in it, at the rates of an ordinary network',
  cells: 1000,
  days: 35,
  periodSeconds: 900,
  from: '2026-03-02',
  calmDays: 7,
  faults: ORDINARY_FAULTS,
  withoutPrecursor: 0.4,
  falsePrecursors: 1,
  nuisances: ORDINARY_NUISANCES,
  hasCalendar: true,
  growthPerWeek: 0.004,
};

const times = (rates: Readonly<Record<string, number>>, factor: number) =>
  Object.fromEntries(Object.entries(rates).map(([kind, rate]) => [kind, rate * factor]));

const ALL: readonly NamedScenario[] = [
  {
    ...MIXED,
    name: 'demo',
    summary: 'the city of the demo: a calm month, then live, with something to see within two minutes',
    cells: 216,
    days: 28,
    periodSeconds: 300,
    from: undefined,
    faults: {},
    nuisances: {},
    hasCalendar: false,
  },
  MIXED,
  {
    ...MIXED,
    name: 'quiet-month',
    summary: 'a month in which almost nothing breaks, and all that is no fault goes on',
    cells: 600,
    days: 30,
    faults: times(ORDINARY_FAULTS, 0.1),
    falsePrecursors: 4,
  },
  {
    ...MIXED,
    name: 'storm',
    summary: 'two ordinary weeks, then a day of wind and rain: mains, lines and antennas fail in numbers',
    cells: 600,
    days: 18,
    faults: times(ORDINARY_FAULTS, 0.5),
    bursts: [
      {
        day: 15,
        hours: 16,
        faults: {
          'power-loss': 4,
          'backhaul-degradation': 1.2,
          'feeder-decay': 0.8,
          'wrong-tilt': 0.8,
          'cell-outage': 1,
        },
      },
    ],
  },
  {
    ...MIXED,
    name: 'match-evening',
    summary: 'four weeks with a match every third evening, and little else',
    cells: 216,
    days: 28,
    faults: times(ORDINARY_FAULTS, 0.3),
    nuisances: { ...ORDINARY_NUISANCES, 'match-evening': 2.4 },
  },
  {
    ...MIXED,
    name: 'slow-failure',
    summary: 'ten weeks of equipment that wears out slowly, and as much that only looks so',
    cells: 400,
    days: 70,
    faults: {
      'feeder-decay': 0.25,
      'cooling-failure': 0.2,
      'backhaul-degradation': 0.2,
      'power-loss': 0.25,
      'intermittent-hardware': 0.15,
    },
    withoutPrecursor: 0.2,
    nuisances: times(ORDINARY_NUISANCES, 0.5),
  },
  {
    ...MIXED,
    name: 'growth',
    summary: 'half a year in which districts fill up, some to the brim',
    cells: 300,
    days: 182,
    from: '2026-03-02',
    periodSeconds: 3600,
    calmDays: 21,
    faults: { 'congestion-growth': 0.3, 'cell-outage': 0.03, 'power-loss': 0.03 },
    withoutPrecursor: 0.2,
    nuisances: { 'planned-work': 0.1, 'match-evening': 0.3, 'vendor-swap': 0.02 },
    growthPerWeek: 0.008,
  },
  {
    ...MIXED,
    name: 'spring-festival',
    summary: 'nine weeks around Spring Festival 2026: towns empty, villages fill, weekends are worked',
    cells: 600,
    days: 63,
    from: '2026-01-05',
  },
];

export const SCENARIO_NAMES: readonly string[] = ALL.map(({ name }) => name);

/** Undefined for a name that is not among them. */
export function findScenario(name: string): NamedScenario | undefined {
  return ALL.find((one) => one.name === name);
}

/** A line each: name and summary. */
export function listScenarios(): string {
  const width = Math.max(...SCENARIO_NAMES.map(({ length }) => length));
  const line = ({ name, cells, days, summary }: NamedScenario) =>
    `  ${name.padEnd(width)}  ${String(cells).padStart(5)} cells  ${String(days).padStart(3)} days  ${summary}\n`;
  return ALL.map(line).join('');
}
