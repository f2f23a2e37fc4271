// The scores as text: one table of contenders, and one each of fault kinds and of nuisances.

import type { Figures, Spread } from './figures.ts';
import type { Ceiling } from './truth.ts';

const number = (value: number | null, decimals = 0) => (value === null ? '–' : value.toFixed(decimals));
const percent = (value: number | null) => (value === null ? '–' : `${Math.round(100 * value)} %`);

/** `82 % (75–90)`: over all seeds, and the least and most of one. */
function withSpread({ all, least, most }: Spread, show: (value: number | null) => string): string {
  if (all === null || least === null || most === null || show(least) === show(most)) return show(all);
  return `${show(all)} (${show(least).replace(' %', '')}–${show(most).replace(' %', '')})`;
}

type Row = readonly string[];

export function scoreTables(figures: readonly Figures[], ceilings: readonly Ceiling[]): string {
  return [
    table([DETECTION_HEAD, ...figures.map(detectionRow)]),
    table([PREDICTION_HEAD, ...figures.map(predictionRow)]),
    table(byKind(figures)),
    table(nuisances(figures)),
    ...figures.filter(({ prediction }) => prediction.reliability.length > 0).map(reliabilityLine),
    ...ceilingLine(ceilings),
  ].join('\n\n');
}

const DETECTION_HEAD = [
  ...[
    'detection',
    'faults found',
    'delay p50/p90',
    'false per 1,000 cell-days',
    'at false signs/nuisances',
    'alerts that were right',
  ],
  ...['duplicates a fault', 'sites told as one'],
];

function detectionRow(one: Figures): Row {
  return [
    one.name,
    withSpread(one.recall, percent),
    `${number(one.delay.median)}/${number(one.delay.p90)}`,
    withSpread(one.falsePer1000CellDays, (value) => number(value, 1)),
    `${percent(one.misledBy.falsePrecursors)}/${percent(one.misledBy.nuisances)}`,
    withSpread(one.precision, percent),
    withSpread(one.duplicates, (value) => number(value, 2)),
    withSpread(one.asOne, percent),
  ];
}

const PREDICTION_HEAD = [
  ...['prediction', 'events foretold', 'came true', 'of', 'lead h p10/p50/p90', 'in interval'],
  ...['Brier', 'Brier of base rate'],
];

function predictionRow({ name, prediction }: Figures): Row {
  const { p10, median, p90 } = prediction.leadHours;
  return [
    name,
    withSpread(prediction.recall, percent),
    withSpread(prediction.precision, percent),
    `${prediction.predictions}`,
    [p10, median, p90].map((hours) => number(hours, 1)).join('/'),
    percent(prediction.inInterval),
    number(prediction.brier, 3),
    number(prediction.brierOfBaseRate, 3),
  ];
}

/** Found, and periods after onset / after people are hurt. */
function byKind(figures: readonly Figures[]): Row[] {
  const kinds = Object.entries(figures[0]?.byKind ?? {});
  const cell = (one: Figures, kind: string) => {
    const { recall = null, afterOnset = null, afterHurt = null } = one.byKind[kind] ?? {};
    return `${percent(recall)} ${number(afterOnset)}/${number(afterHurt)}`;
  };
  return [
    ['found, periods after onset/hurt', 'faults', ...figures.map(({ name }) => name)],
    ...kinds.map(([kind, { faults }]) => [kind, `${faults}`, ...figures.map((one) => cell(one, kind))]),
  ];
}

function nuisances(figures: readonly Figures[]): Row[] {
  const kinds = Object.entries(figures[0]?.nuisances ?? {});
  return [
    ['cells fooled by', 'cells', ...figures.map(({ name }) => name)],
    ...kinds.map(([kind, { cells }]) => [
      ...[kind, `${cells}`],
      ...figures.map(({ nuisances: own }) => percent(own[kind]?.fooled ?? null)),
    ]),
  ];
}

function reliabilityLine({ name, prediction }: Figures): string {
  const bins = prediction.reliability.map(
    ({ said, came, predictions }) => `${percent(said)} → ${percent(came)} (${predictions})`,
  );
  return `${name}, probability said → came true (predictions): ${bins.join(', ')}`;
}

function ceilingLine(ceilings: readonly Ceiling[]): string[] {
  if (ceilings.length === 0) return [];
  const total = (of: keyof Ceiling) => ceilings.reduce((sum, one) => sum + one[of], 0);
  const [seen, foretold] = [total('detectable') / total('of'), total('foretellable') / total('ofHurting')];
  return [
    `The ceiling for perfect judgement: ${percent(seen)} of all faults can be seen, ${percent(foretold)} of those that hurt can be foretold in time.`,
  ];
}

/** Rows under their head, as Markdown. */
function table(rows: readonly Row[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: Row) => `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const [head, ...body] = rows;
  return [line(head!), rule, ...body.map(line)].join('\n');
}
