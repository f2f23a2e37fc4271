// The rule that a reader tries on a cell, kept in the address; what its sliders span, and the command that asks the same.

import type { Series } from '../../../server/api/contract.ts';
import { findKpi } from '../../../server/model/catalogue.ts';
import { chartData, scaleFor } from '../../parts/chart-data.ts';
import type { Filters } from '../../routes.ts';

export type RuleSign = '>' | '<';

export interface RuleChoice {
  kpi: string;
  sign: RuleSign;
  /** Null: none was chosen yet, and the values say which is worth a try. */
  line: number | null;
  need: number;
  outOf: number;
}

export const MOST_PERIODS = 12;
/** Steps of a slider over its span, about. */
const STEPS = 200;

/** What the address says; else the first KPI, its harmful side, and two of three periods. */
export function ruleChoice(query: URLSearchParams, kpis: readonly string[]): RuleChoice {
  const asked = query.get('kpi');
  const kpi = asked !== null && kpis.includes(asked) ? asked : (kpis[0] ?? '');
  const sign = query.get('sign');
  const outOf = whole(query.get('of'), 3);
  const line = Number(query.get('line') ?? 'none');
  return {
    kpi,
    sign: sign === '<' || sign === '>' ? sign : findKpi(kpi)?.worse === 'lower' ? '<' : '>',
    line: Number.isFinite(line) ? line : null,
    need: Math.min(outOf, whole(query.get('need'), 2)),
    outOf,
  };
}

function whole(text: string | null, standard: number): number {
  const number = Number(text ?? standard);
  return Number.isInteger(number) && number >= 1 && number <= MOST_PERIODS ? number : standard;
}

/** As the address keeps it. */
export function filtersOf(choice: RuleChoice): Filters {
  return {
    kpi: choice.kpi,
    sign: choice.sign,
    line: choice.line === null ? null : String(choice.line),
    need: String(choice.need),
    of: String(choice.outOf),
  };
}

/** What the slider of the line spans: all that was measured and is usual, and a little beyond, within what the KPI can be. */
export function lineSpan(series: Series): { least: number; most: number; step: number } {
  const [lowest, highest] = findKpi(series.kpi)?.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const { min, max } = scaleFor(series.kpi, chartData(series), findKpi(series.kpi)?.line);
  const step = 10 ** Math.round(Math.log10((max - min) / STEPS));
  const beyond = (max - min) / 4;
  const least = Math.max(lowest, min - beyond);
  return { least: rounded(least, step), most: rounded(Math.min(highest, max + beyond), step), step };
}

/** The line to begin with: what operators run by, else the outer end of what is usual, else what one value in fifty is beyond. */
export function firstLine(series: Series, sign: RuleSign): number {
  const { step, least, most } = lineSpan(series);
  const edges = series.band.map(([, low, high]) => (sign === '>' ? high : low));
  const values = series.points.flatMap(([, value]) => value ?? []).sort((a, b) => a - b);
  const far = values[Math.floor((values.length - 1) * (sign === '>' ? 0.98 : 0.02))] ?? least;
  const usual = edges.length > 0 ? (sign === '>' ? Math.max(...edges) : Math.min(...edges)) : far;
  const line = findKpi(series.kpi)?.line ?? usual;
  return Math.min(most, Math.max(least, rounded(line, step)));
}

/** On the grid of a step, without the dust of floating point. */
export function rounded(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12));
}

export function ruleText({ kpi, sign, need, outOf }: RuleChoice, line: number): string {
  return `${kpi} ${sign} ${line}${outOf > 1 ? ` for ${need} of ${outOf}` : ''}`;
}

/** As it stands in any shell: what could mean something to one is in single quotes. */
export function commandOf(cell: string, rule: string, from: number, to: number): string {
  const time = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');
  return `npx cellstar backtest --from ${time(from)} --to ${time(to)} --cells ${quoted(cell)} --rule ${quoted(rule)}`;
}

const quoted = (text: string) => (/^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
