// The likely cause of a trouble from its finding alone, told with the alert at once; what is stored may say it better later.

import type { AlertCause } from '../../model/alert.ts';
import { findKpi } from '../../model/catalogue.ts';
import type { Moved } from '../../model/explanation.ts';
import type { Finding } from '../../model/finding.ts';
import { causeOf } from './causes.ts';
import { movedOf } from './moved.ts';
import { signsOf } from './signs.ts';

/** Kinds that something on the cell is the cause of. */
const CAUSED: readonly Finding['kind'][] = ['anomaly', 'fault', 'silent'];
/** Nothing that is told by the hour can be told from one cell. */
const ANY_HOUR = 12;

/**
 * @param spells how often it has come so far
 * @returns undefined where nothing in the table fits
 */
export function earlyCause(finding: Finding, spells: number): AlertCause | undefined {
  if (!CAUSED.includes(finding.kind)) return undefined;
  const { subject, why } = finding;
  const moved = movedIn(finding);
  const kpis = Object.fromEntries(moved.map(({ kpi, observed }) => [kpi, observed]));
  const own = { cell: subject.id, kpis, moved: new Map(moved.map((one) => [one.kpi, one])), isTdd: false };
  const ofMany: Record<string, number> = subject.scope === 'area' ? { areaCells: finding.cells.length } : {};
  const { code, said } = causeOf(
    signsOf({ own, around: [], why: why.code, longAgo: {}, hour: ANY_HOUR, breaks: spells }),
    ofMany,
  );
  if (code === 'unknown') return undefined;
  // Told by what is not there; and nobody has looked yet.
  return { code, values: { ...said.values, ...(code === 'outage' && { early: 1 }) } };
}

/** The leading KPI by its figures; of the others it is known that they are out of line, and so to the side that hurts. */
function movedIn({ kpi, subject, evidence, why }: Finding): Moved[] {
  const { observed, expected, low, high } = evidence;
  const others = String(why.values.also ?? '')
    .split(/[\s,]+/)
    .flatMap((id) => harmed(id, subject.id));
  if (kpi === undefined || observed === null || expected === null || low === null || high === null) return others;
  const lead = movedOf({ cell: subject.id, kpis: { [kpi]: observed }, usual: { [kpi]: { low, mid: expected, high } } });
  return [...lead, ...others];
}

/** Out of line to the side that hurts; of a state: lost. Its figures are not known. */
function harmed(kpi: string, cell: string): Moved[] {
  const worse = findKpi(kpi)?.worse;
  if (worse !== 'higher' && worse !== 'lower') return [];
  const direction = worse === 'higher' ? 'up' : 'down';
  const observed = worse === 'higher' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const said = { code: `moved-${direction}`, values: { kpi } };
  return [{ kpi, cell, observed, expected: 0, low: 0, high: 0, direction, strength: 1, said }];
}
