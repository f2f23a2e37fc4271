// Counts what measurements name: objects by class, cells that no inventory has, and counters that no formula asks for.

import { aliasesOfObject, nameOfObject } from '../../intake/object-name.ts';
import { ObjectMeanings, type ObjectRules } from '../../intake/object-rules.ts';
import { type CounterValue, isManagedObject, type ManagedObject, type RawReading } from '../../model/sent.ts';

export interface Count {
  count: number;
  example: string;
}

/** An object that is a cell, by its class or since it has none, and that the inventory does not know. */
export interface UnknownCell extends Count {
  /** The names under which it is looked for. */
  names: string[];
  /** Undefined for a sender that names cells itself. */
  object: ManagedObject | undefined;
}

export interface Known {
  /** Id of the inventory's cell with this id or alias. */
  cell(name: string): string | undefined;
  /** Whether a formula, a KPI or the deployment's file knows a counter of this name. */
  counter(name: string): boolean;
}

/** Names kept of each kind; a network has 100,000 cells, and no vendor 20,000 counters. */
const MOST_NAMES = 200_000;

export class Tally {
  /** Objects of the inventory's cells. */
  knownCells = 0;
  knownCounters = 0;
  readonly classes = new Map<string, Count>();
  readonly cells = new Map<string, UnknownCell>();
  readonly counters = new Map<string, Count>();
  private readonly seenCounters = new Map<string, boolean>();
  private readonly meanings: ObjectMeanings;

  constructor(
    private readonly known: Known,
    rules: ObjectRules,
  ) {
    this.meanings = new ObjectMeanings(rules);
  }

  add({ cell, kpis, counters, plain }: RawReading): void {
    if (!this.addCell(cell)) return;
    this.addCounters(kpis);
    this.addCounters(counters);
    const names = plain ? [...plain.names.kpis, ...plain.names.counters] : [];
    for (const [i, name] of names.entries()) this.addCounter(name, plain!.values[i]!);
  }

  /** False when it is no cell: what its counters mean does not matter. */
  private addCell(cell: unknown): boolean {
    if (!isManagedObject(cell)) return this.addNamed(String(cell ?? ''));
    const names = aliasesOfObject(cell, this.meanings);
    const given = this.meanings.cellOf(names);
    const named = nameOfObject(cell, this.meanings, given);
    const isKnown = given !== undefined || names.some((name) => this.known.cell(name) !== undefined);
    if (isKnown) this.knownCells++;
    else if (named) this.note(this.cells, named.id, () => ({ names, object: cell, count: 0, example: cell.ldn }));
    else if (this.meanings.meaningOf(cell.objectClass) !== 'none') {
      this.note(this.classes, cell.objectClass, () => ({ count: 0, example: cell.ldn }));
    }
    return isKnown || named !== undefined;
  }

  private addNamed(name: string): boolean {
    if (this.known.cell(name) !== undefined) this.knownCells++;
    else this.note(this.cells, name, () => ({ names: [name], object: undefined, count: 0, example: name }));
    return true;
  }

  private addCounters(values: unknown): void {
    if (typeof values !== 'object' || values === null) return;
    for (const name in values) this.addCounter(name, (values as Record<string, CounterValue>)[name]!);
  }

  private addCounter(name: string, value: CounterValue): void {
    let isKnown = this.seenCounters.get(name);
    if (isKnown === undefined) {
      isKnown = this.known.counter(name);
      if (this.seenCounters.size < MOST_NAMES) this.seenCounters.set(name, isKnown);
      if (isKnown) this.knownCounters++;
    }
    if (!isKnown) this.note(this.counters, name, () => ({ count: 0, example: String(value).slice(0, 40) }));
  }

  private note<T extends Count>(counts: Map<string, T>, name: string, make: () => T): void {
    let known = counts.get(name);
    if (!known) {
      if (counts.size >= MOST_NAMES) return;
      known = make();
      counts.set(name, known);
    }
    known.count++;
  }
}
