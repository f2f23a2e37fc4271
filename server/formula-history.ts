// When the formulas of a KPI last changed: a chart that crosses that time shows values of two variants, and says so.

import type { Series } from './api/contract.ts';
import { textHash } from './maths/text-hash.ts';
import type { Catalogue } from './model/catalogue.ts';
import type { Ledger } from './storage/ledger.ts';

/** KPI id → data time (epoch milliseconds) from which its present formulas made the values; only those that changed. */
export type FormulaHistory = ReadonlyMap<string, number>;

/** Compares the catalogue with the one of the last start, and remembers it. `dataAt`: newest data time, 0 before any. */
export async function openFormulaHistory(
  ledger: Pick<Ledger, 'number' | 'setNumber'>,
  { kpis }: Catalogue,
  dataAt: number,
): Promise<FormulaHistory> {
  const known = kpis.map(async ({ id, formulas }) => {
    const [name, digest] = [`formulas.${id}`, textHash(JSON.stringify(formulas))];
    const before = await ledger.number(name);
    const changed = before !== undefined && before !== digest && dataAt > 0;
    if (changed) await ledger.setNumber(`${name}.since`, dataAt);
    if (before !== digest) await ledger.setNumber(name, digest);
    return [id, changed ? dataAt : await ledger.number(`${name}.since`)] as const;
  });
  return new Map((await Promise.all(known)).flatMap(([id, since]) => (since === undefined ? [] : [[id, since]])));
}

/** Marks the change where the points of the series lie on both of its sides. */
export function withFormulaChange(series: Series, history: FormulaHistory): Series {
  const since = history.get(series.kpi);
  const [first, last] = [series.points[0]?.[0], series.points.at(-1)?.[0]];
  const isCrossed = since !== undefined && first !== undefined && first <= since && last! > since;
  if (!isCrossed) return series;
  return { ...series, marks: [...series.marks, { at: since, kind: 'changed', field: 'formula' }] };
}
