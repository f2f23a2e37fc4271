// What only a whole column can tell: its decimal sign, the order of day and month, and whether it holds numbers at all.

import type { Table } from './table.ts';
import { type DecimalSign, provenSign } from './table-numbers.ts';
import { type DateOrder, provenOrder } from './table-times.ts';

interface Evidence {
  hasNumbers: boolean;
  signs: Set<DecimalSign>;
  orders: Set<DateOrder>;
}

/** Looks through the table once, and only when somebody asks: most tables leave nothing open. */
export class TableSurvey {
  private found: Map<number, Evidence> | undefined;
  private readonly signs = new Map<number, DecimalSign | 'mixed' | undefined>();

  constructor(
    private readonly table: Table,
    private readonly valueColumns: readonly number[],
    private readonly timeColumns: readonly number[],
  ) {}

  hasNumbers(columns: readonly number[]): boolean {
    return columns.some((at) => this.of(at).hasNumbers);
  }

  /** By the column itself, else by the whole table: it was written in one country. Undefined when they disagree or are silent. */
  signOf(column: number): DecimalSign | 'mixed' | undefined {
    if (!this.signs.has(column)) this.signs.set(column, this.settleSign(column));
    return this.signs.get(column);
  }

  private settleSign(column: number): DecimalSign | 'mixed' | undefined {
    const own = this.of(column).signs;
    const signs = own.size > 0 ? own : new Set(this.valueColumns.flatMap((at) => [...this.of(at).signs]));
    return signs.size > 1 ? 'mixed' : [...signs][0];
  }

  /** Undefined when no date of the column tells, or when they contradict each other. */
  orderOf(column: number): DateOrder | undefined {
    const { orders } = this.of(column);
    return orders.size === 1 ? [...orders][0] : undefined;
  }

  private of(column: number): Evidence {
    this.found ??= this.look();
    return this.found.get(column) ?? { hasNumbers: false, signs: new Set(), orders: new Set() };
  }

  private look(): Map<number, Evidence> {
    const evidence = new Map<number, Evidence>();
    for (const at of [...this.valueColumns, ...this.timeColumns])
      evidence.set(at, { hasNumbers: false, signs: new Set(), orders: new Set() });
    for (const { fields, broken } of this.table.rows()) {
      if (broken) continue;
      for (const at of this.valueColumns) noteNumber(evidence.get(at)!, fields[at]);
      for (const at of this.timeColumns) noteOrder(evidence.get(at)!, fields[at]);
    }
    return evidence;
  }
}

function noteNumber(evidence: Evidence, text: string | undefined): void {
  const sign = text ? provenSign(text.endsWith('%') ? text.slice(0, -1).trimEnd() : text) : undefined;
  if (sign === undefined) return;
  evidence.hasNumbers = true;
  if (sign === '.' || sign === ',') evidence.signs.add(sign);
}

function noteOrder(evidence: Evidence, text: string | undefined): void {
  const order = text ? provenOrder(text) : undefined;
  if (order) evidence.orders.add(order);
}
