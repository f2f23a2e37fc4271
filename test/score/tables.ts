// The scores as text: what was found, what the night list holds, what was foretold; then kinds of fault and nuisances.

import { type Figures, MOST_FOOLED } from './figures.ts';
import type { Spread } from './spread.ts';
import type { Ceiling } from './truth.ts';

const number = (value: number | null, decimals = 0) => (value === null ? '–' : value.toFixed(decimals));
const percent = (value: number | null) => (value === null ? '–' : `${Math.round(100 * value)} %`);

/** `82 % (75–90)`: over all seeds, and the least and most of one. */
function withSpread({ all, least, most }: Spread, show: (value: number | null) => string): string {
  if (all === null || least === null || most === null || show(least) === show(most)) return show(all);
  return `${show(all)} (${show(least).replace(' %', '')}–${show(most).replace(' %', '')})`;
}

type Row = readonly string[];
/** A heading, what is asked of it, and how a contender did. */
type Column = readonly [head: string, asked: string, show: (one: Figures) => string];

export function scoreTables(figures: readonly Figures[], ceilings: readonly Ceiling[]): string {
  return [
    columns('found', FOUND, figures),
    columns('the night list', NIGHT_LIST, figures),
    NIGHT_LIST_RULES,
    columns('foretold', FORETOLD, figures),
    FORETOLD_RULES,
    ...figures.filter(({ prediction }) => prediction.reliability.length > 0).map(reliabilityLine),
    table(byKind(figures)),
    table(nuisances(figures)),
    NUISANCE_RULES,
    ...ceilingLine(ceilings),
  ].join('\n\n');
}

const FOUND: readonly Column[] = [
  ['of all faults', '', (one) => withSpread(one.recall, percent)],
  ['of those that hurt', '≥ 85 %', (one) => withSpread(one.recallOfHurting, percent)],
  ['outages, sleeping cells within 2 periods', '≥ 95 %', (one) => withSpread(one.outagesInTime, percent)],
  ['periods after onset p50/p90', '', ({ delay }) => `${number(delay.median)}/${number(delay.p90)}`],
  ['duplicates a fault', '', (one) => withSpread(one.duplicates, (value) => number(value, 2))],
  ['sites told as one', '', (one) => withSpread(one.asOne, percent)],
];

/** False alerts that the night list of a network of 100,000 cells may hold a day. */
const BUDGET = 100;
/** What is counted on 1,000 cell-days, on 100,000 cells a day. */
const aDay = (value: number | null) => number(value === null ? null : 100 * value);
const perThousand = (value: number | null) => number(value, 1);

const NIGHT_LIST: readonly Column[] = [
  ['false a day on 100,000 cells', `≤ ${BUDGET}`, (one) => withSpread(one.falsePer1000CellDays, aDay)],
  ['per 1,000 cell-days', '≤ 1.0', (one) => withSpread(one.falsePer1000CellDays, perThousand)],
  [
    'at false signs/nuisances',
    '',
    ({ misledBy }) => `${percent(misledBy.falsePrecursors)}/${percent(misledBy.nuisances)}`,
  ],
  ['alerts that were right', '', (one) => withSpread(one.precision, percent)],
  ['strict: for anybody per 1,000 cell-days', '', (one) => withSpread(one.falseForAnybodyPer1000CellDays, perThousand)],
  ['alerts for planners per 1,000 cell-days', '', (one) => withSpread(one.forPlannersPer1000CellDays, perThousand)],
  ['of these wrong', '', ({ wrongForPlanners }) => percent(wrongForPlanners)],
];

const NIGHT_LIST_RULES =
  'False are alerts on the night list that no fault explains; an alert about an area tells of faults only if at least 80 % of its cells have one. What planners alone are told wakes nobody and stands apart; it is wrong where no fault explains it and it does not name a nuisance as such. The strict figure spares nothing: every alert for anybody that no fault explains.';

const FORETOLD: readonly Column[] = [
  [
    'with the least lead of its kind, of those with a sign',
    '≥ 70 %',
    (one) => withSpread(one.prediction.recallInGoodTime, percent),
  ],
  ['at all, of those that hurt', '', (one) => withSpread(one.prediction.recall, percent)],
  ['came true', '≥ 70 %', (one) => withSpread(one.prediction.precision, percent)],
  ['of', '', ({ prediction }) => `${prediction.predictions}`],
  ['lead of slow kinds h p50', '≥ 6', ({ prediction }) => number(prediction.slowLeadHours, 1)],
  [
    'lead h p10/p50/p90',
    '',
    ({ prediction: { leadHours } }) =>
      [leadHours.p10, leadHours.median, leadHours.p90].map((hours) => number(hours, 1)).join('/'),
  ],
  ['in interval', '', ({ prediction }) => percent(prediction.inInterval)],
  ['Brier', '', ({ prediction }) => number(prediction.brier, 3)],
  ['of base rate', '', ({ prediction }) => number(prediction.brierOfBaseRate, 3)],
  ['skill of warnings', '', ({ prediction }) => number(prediction.brierSkill, 2)],
  ['skill over all signs', '≥ 0.3', (one) => number(one.prediction.signSkill, 2)],
  ['skill day by day', '≥ 0.3', ({ dailySkill }) => number(dailySkill, 2)],
  ['wrong/by what was said', '', wrongOfAllowed],
  ['false signs told', '', ({ prediction }) => ofSo(prediction.falseSignsTold, prediction.falseSigns)],
  ['visits confirmed', '≥ 70 %', ({ visits, visitsConfirmed }) => ofSo(visitsConfirmed.all, visits)],
];

const ofSo = (part: number | null, whole: number) => (part === null ? '–' : `${percent(part)} of ${whole}`);

/** `3/2.1 ± 1.3`: wrong predictions beside as many as were to be expected of their probabilities. */
function wrongOfAllowed({ prediction: { predictions, wrong, wrongAllowed } }: Figures): string {
  return predictions === 0 ? '–' : `${wrong}/${number(wrongAllowed.wrong, 1)} ± ${number(wrongAllowed.spread, 1)}`;
}

const FORETOLD_RULES =
  'Scored is what was said first. Brier skill: how much nearer than always saying the share that came true, 1 is perfect; of the warnings alone, and day by day of the odds of each cell to be hurt within two days, silence included. Wrong beside as many as the probabilities that were said allow (± one standard deviation): more than that is surer than right. False signs: those that lead nowhere and of which somebody was warned. Visits: the first ten of each day; confirmed where the site has, when the list is read or within a week, a fault that a visit mends.';

/** Found, and periods after onset / after people are hurt. */
function byKind(figures: readonly Figures[]): Row[] {
  const kinds = Object.entries(figures[0]?.byKind ?? {});
  const cell = (one: Figures, kind: string) => {
    const { recall = null, inTime = null, afterOnset = null, afterHurt = null } = one.byKind[kind] ?? {};
    return `${percent(recall)} (${percent(inTime)}) ${number(afterOnset)}/${number(afterHurt)}`;
  };
  return [
    ['found (within 2 periods), periods after onset/hurt', 'faults', ...figures.map(({ name }) => name)],
    ...kinds.map(([kind, { faults }]) => [kind, `${faults}`, ...figures.map((one) => cell(one, kind))]),
  ];
}

/** Whoever comes first is shown more closely: ours. */
function nuisances(figures: readonly Figures[]): Row[] {
  const [ours, ...others] = figures;
  return [
    [
      ...['cells fooled by', 'cells', `at most ${percent(MOST_FOOLED)}`, `${ours?.name}`],
      ...['named as such', 'strict', ...others.map(({ name }) => name)],
    ],
    ...Object.entries(ours?.nuisances ?? {}).map(([kind, { cells, fooled, named, touched, isRare }]) => [
      ...[kind, `${cells}`, isRare === null ? 'too few' : isRare ? 'yes' : 'no', percent(fooled)],
      ...[percent(named), percent(touched)],
      ...others.map((one) => percent(one.nuisances[kind]?.fooled ?? null)),
    ]),
  ];
}

const NUISANCE_RULES =
  "Fooled: cells about which a false alert came to the night list meanwhile. Named as such: cells that planners were told of as what many do together, by an alert about an area of which at least 80 % is the nuisance's. Strict: cells of any alert that no fault explains, for whomever.";

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

/** One row a contender, under what is asked. */
function columns(title: string, all: readonly Column[], figures: readonly Figures[]): string {
  const asked = all.map(([, goal]) => goal);
  const rows = figures.map((one) => [one.name, ...all.map(([, , show]) => show(one))]);
  return table([[title, ...all.map(([head]) => head)], ['asked', ...asked], ...rows]);
}

/** Rows under their head, as Markdown. */
export function table(rows: readonly Row[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: Row) => `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const [head, ...body] = rows;
  return [line(head!), rule, ...body.map(line)].join('\n');
}
