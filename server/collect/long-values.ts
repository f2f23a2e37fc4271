// The long form of a table: one KPI or counter a row, named in one column and valued in another.

import { type ReadingColumns, type ValueColumn, valueColumn } from './reading-columns.ts';
import type { BadValue, RowValues } from './row-values.ts';

/** Tables repeat a few names; unknown ones are bounded by forgetting them all. */
const MOST_REMEMBERED_NAMES = 20_000;

export class LongValues {
  private readonly known = new Map<string, ReturnType<typeof valueColumn>>();

  constructor(
    private readonly places: NonNullable<ReadingColumns['long']>,
    private readonly values: RowValues,
  ) {}

  read(fields: readonly string[]): Record<string, number | null> | BadValue {
    const name = fields[this.places.kpi] ?? '';
    const text = fields[this.places.value] ?? '';
    const column = this.columnOf(name, this.places.unit === undefined ? '' : (fields[this.places.unit] ?? ''));
    if (!('name' in column)) return bad(name, text, column.detail);
    if (name === '') return bad('kpi', text, 'the row names no KPI or counter');
    const value = this.values.valueOf(column, fields);
    return typeof value === 'string' ? { column, text, why: value } : { [column.name]: value };
  }

  private columnOf(name: string, unit: string): ReturnType<typeof valueColumn> {
    const key = `${unit}\n${name}`;
    let column = this.known.get(key);
    if (!column) {
      column = valueColumn(name, [this.places.value], unit || undefined);
      if (this.known.size >= MOST_REMEMBERED_NAMES) this.known.clear();
      this.known.set(key, column);
    }
    return column;
  }
}

function bad(name: string, text: string, why: string): BadValue {
  const column: ValueColumn = { name, heading: name, at: [], saysPercent: false };
  return { column, text, why };
}
