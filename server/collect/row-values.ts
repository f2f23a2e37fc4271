// The values of a row: numbers in the table's own way of writing, converted to the catalogue's units; or which of them is none.

import { convert, isIdentity } from './column-units.ts';
import type { ValueColumn } from './reading-columns.ts';
import { isAbsent } from './sample-fields.ts';
import type { Table } from './table.ts';
import { type DecimalSign, numberWith, plainNumber, plainSign, provenSign } from './table-numbers.ts';
import type { TableSurvey } from './table-survey.ts';

/** A text that is no number, and what to do about it. */
export interface BadValue {
  column: ValueColumn;
  text: string;
  why: string;
}

export const isBadValue = (value: object): value is BadValue => 'why' in value;

/** Errors of spreadsheets, and what databases write for nothing. */
const ABSENT = /^(?:nil|\\n|n\.a\.|#n\/a|#div\/0!|#value!|#ref!|#num!|#null!|#name\?)$/i;
const LONGEST_ABSENT = 10;
const NOT_A_NUMBER = 'give a number, or leave it empty when it was not measured';
const EITHER =
  'the comma or point may part thousands or decimals, and no other value of the column settles it; write it without thousands apart';

/** Values under a heading that declares per cent, to tell fractions by. */
interface Spread {
  count: number;
  least: number;
  most: number;
}
/** So many values between 0 and 1 look like fractions; fewer may be chance (default). */
const ENOUGH_TO_DOUBT = 5;

export class RowValues {
  /** Columns of words: they name nothing of the catalogue and hold no number in any row. */
  readonly labels = new Set<ValueColumn>();
  private readonly spreads = new Map<ValueColumn, Spread>();

  constructor(
    private readonly table: Table,
    private readonly columns: readonly ValueColumn[],
    private readonly survey: TableSurvey,
  ) {
    for (const column of columns)
      if (column.saysPercent) this.spreads.set(column, { count: 0, least: Infinity, most: -Infinity });
  }

  /** By name; null where nothing was measured. */
  read(fields: readonly string[]): Record<string, number | null> | BadValue {
    const values: Record<string, number | null> = {};
    for (const column of this.columns) {
      const value = this.valueOf(column, fields);
      if (typeof value === 'string') {
        if (this.labels.has(column)) continue;
        return { column, text: fields[column.at[0]!] ?? '', why: value };
      }
      values[column.name] = value;
    }
    return values;
  }

  /** Headings that say per cent over nothing but values between 0 and 1. */
  doubtedPercents(): ValueColumn[] {
    const doubted = ({ count, least, most }: Spread) => count >= ENOUGH_TO_DOUBT && least >= 0 && most > 0 && most <= 1;
    return [...this.spreads].filter(([, spread]) => doubted(spread)).map(([column]) => column);
  }

  /** A number in the KPI's unit, null, or why it is neither. */
  valueOf(column: ValueColumn, fields: readonly string[]): number | null | string {
    const { at, convert: by } = column;
    let sum = 0;
    for (const place of at) {
      const part = this.numberAt(column, place, fields[place] ?? '');
      if (typeof part !== 'number') return part;
      sum += part;
    }
    // A sum of decimals such as 0.1 + 0.2 shows what its parts showed.
    if (at.length > 1) sum = Math.round(sum * 1e6) / 1e6;
    const value = by ? convert(sum, by) : sum;
    if (column.saysPercent) widen(this.spreads.get(column), value);
    return value;
  }

  private numberAt(column: ValueColumn, place: number, text: string): number | null | string {
    if (text === '') return null;
    const meant = column.meanings?.get(text);
    if (meant !== undefined) return meant;
    const plain = plainNumber(text);
    if (Number.isNaN(plain)) return this.oddNumber(column, place, text);
    if (!this.table.mayHoldComma || plainSign(text) !== 'open') return plain;
    const sign = this.openSign(place, text);
    if (sign === 'mixed') return EITHER;
    return text.includes(sign) ? plain : Math.round(plain * 1000);
  }

  private oddNumber(column: ValueColumn, place: number, text: string): number | null | string {
    if (isAbsent(text) || (text.length <= LONGEST_ABSENT && ABSENT.test(text))) return null;
    const digits = text.endsWith('%') && takesPercent(column) ? text.slice(0, -1).trimEnd() : text;
    const proven = provenSign(digits);
    if (proven === undefined) return this.noNumber(column);
    const sign = proven === 'open' ? this.openSign(place, digits) : proven;
    if (sign === 'mixed') return EITHER;
    const value = numberWith(digits, sign === 'any' ? '.' : sign);
    return Number.isNaN(value) ? NOT_A_NUMBER : value;
  }

  /** `1,234`: as its column writes, else as the country of the delimiter does. */
  private openSign(place: number, text: string): DecimalSign | 'mixed' {
    const usual = text.includes('.') || !this.table.isSemicolons ? '.' : ',';
    return this.survey.signOf(place) ?? usual;
  }

  private noNumber(column: ValueColumn): string {
    if (!column.kpi && !column.meanings && !this.survey.hasNumbers(column.at)) this.labels.add(column);
    return NOT_A_NUMBER;
  }
}

const takesPercent = ({ kpi, convert: by }: ValueColumn) => kpi?.unit === '%' && (!by || isIdentity(by));

function widen(spread: Spread | undefined, value: number): void {
  if (!spread) return;
  spread.count++;
  spread.least = Math.min(spread.least, value);
  spread.most = Math.max(spread.most, value);
}
