// Translates counters from the sender's own names into ours, as the deployment's file says, before anything is derived.

import { type Catalogue, type CounterName, catalogueInForce, findKpi } from '../model/catalogue.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Column, ReadingBatch } from '../model/reading.ts';
import type { Rejection } from '../model/rejection.ts';

const made = new WeakMap<Catalogue, Map<string, CounterName>>();

/** By the sender's own name. */
function counterNames(): Map<string, CounterName> {
  const catalogue = catalogueInForce();
  let names = made.get(catalogue);
  if (!names) {
    names = new Map(catalogue.counters.map((one) => [one.sent, one]));
    made.set(catalogue, names);
  }
  return names;
}

/**
 * Renames and scales counter columns, in place. Where a row has the value under our name too, that one stands and the
 * other stays under the sender's name. Gives the values that were to be KPIs and cannot be: they stay counters.
 */
export function translateCounters(batch: ReadingBatch): Rejection[] {
  const names = counterNames();
  if (names.size === 0) return [];
  const meant = batch.counters.map((column) => ({ column, name: meaningOf(column.name, names) }));
  if (!meant.some(({ name }) => name)) return [];
  const refused: Rejection[] = [];
  batch.counters = meant.filter(({ name }) => !name).map(({ column }) => column);
  for (const { column, name } of meant) if (name) move(column, name, batch, refused);
  return refused;
}

/** What stands behind the name of a counter: a bin of a distribution, or the operator (MCC and MNC) of a shared cell that it is of. */
const PART = /(?:\[\d+\]|\.\d{3}-\d{1,3})$/;

/** A part goes by the name of the whole. */
function meaningOf(sent: string, names: ReadonlyMap<string, CounterName>): CounterName | undefined {
  const known = names.get(sent);
  if (known) return known;
  const part = PART.exec(sent);
  const whole = part && names.get(sent.slice(0, part.index));
  return whole ? { ...whole, sent, name: whole.name + part[0] } : undefined;
}

function move(column: Column, { name, scale }: CounterName, batch: ReadingBatch, refused: Rejection[]): void {
  const kpi = findKpi(name);
  const group = kpi ? batch.kpis : batch.counters;
  const known = group.find((one) => one.name === name);
  const target = known ?? { name, values: new Float64Array(batch.rows).fill(Number.NaN) };
  const rest: Column = { name: column.name, values: new Float64Array(batch.rows).fill(Number.NaN) };
  let [moved, stayed] = [false, false];
  for (const [row, sent] of column.values.entries()) {
    if (Number.isNaN(sent)) continue;
    const isBelieved = !kpi || (sent * scale >= kpi.range[0] && sent * scale <= kpi.range[1]);
    if (!isBelieved) refused.push(refusal(column.name, sent * scale, kpi, batch, row));
    if (isBelieved && Number.isNaN(target.values[row]!)) {
      target.values[row] = sent * scale;
      moved = true;
    } else {
      rest.values[row] = sent;
      stayed = true;
    }
  }
  if (moved && !known) group.push(target);
  if (stayed) batch.counters.push(rest);
}

function refusal(sent: string, value: number, { id, range, unit }: Kpi, batch: ReadingBatch, row: number): Rejection {
  const cell = JSON.stringify(batch.cells[batch.cell[row]!]!.slice(0, 80));
  const when = new Date(batch.at[row]!).toISOString();
  const believed = `${range[0]} to ${range[1]}${unit ? ` ${unit}` : ''}`;
  const detail = `${sent} of ${cell} at ${when} comes to ${id} ${value}: believed is ${believed}; it is kept under its own name`;
  return { reason: 'out-of-range', field: sent, detail };
}
