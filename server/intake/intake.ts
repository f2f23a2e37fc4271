// The front door of intake: raw readings in; one clean columnar batch and a receipt out. Nothing is dropped without a word.

import type { Reading, ReadingBatch } from '../model/reading.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';
import { BatchBuilder } from './batch-builder.ts';
import {
  type CheckContext,
  type CheckedReading,
  checkReading,
  isRefusal,
  quote,
  type RawReading,
  type Refusal,
} from './check-reading.ts';
import { deriveKpis, type Impossible, type Values } from './derive.ts';
import { aliasesOfObject, isPmObject, type NamedCell, nameOfObject, type PmObject } from './object-name.ts';
import { RecentParts } from './recent-parts.ts';
import { MOST_SHOWN_REJECTIONS, RejectionList } from './rejection-list.ts';

/** The inventory as intake needs it. */
export interface CellNames {
  /** The id of the cell that has this id or alias. */
  find(name: string): string | undefined;
  /** The same, but only for cells of the inventory: names that only data has given are no proof. */
  findInInventory(name: string): string | undefined;
}

export interface IntakeOptions {
  names: CellNames;
  /** Stored readings of one cell, `from < at <= to`: asked only for parts of periods that are no longer remembered. */
  stored(cell: string, from: number, to: number): Promise<Reading[]>;
  /** A cell that data names but the inventory lacks: kept, as unplaced. */
  unplaced(cell: { id: string; siteId: string; radio: NamedCell['radio'] }): void;
}

export type Parsed = { kind: 'reading'; reading: RawReading } | { kind: 'rejection'; rejection: Rejection };

export interface Accepted {
  batches: ReadingBatch[];
  receipt: Receipt;
  /** All rejections, bounded; the receipt shows the first of them. */
  rejections: Rejection[];
}

const LONGEST_CELL_NAME = 300;
/** A batch of more numbers than this is closed and the next begun. */
const MOST_VALUES_A_BATCH = 2_000_000;
const MOST_ROWS_A_BATCH = 10_000;

export class Intake {
  readonly recent = new RecentParts();

  constructor(private readonly options: IntakeOptions) {}

  /** Takes what a format parsed from one delivery. `source`: door and sender. */
  async accept(parsed: Iterable<Parsed>, source: () => string, context: CheckContext): Promise<Accepted> {
    const delivery = new Delivery(source, context, (raw) => this.cellOf(raw));
    for (const one of parsed) delivery.take(one);
    const { batches, rejections } = delivery.finish();
    for (const batch of batches) {
      for (const one of await this.derive(batch)) rejections.add(explainImpossible(one));
      this.recent.remember(batch);
    }
    const { kept, total } = rejections;
    const receipt = { accepted: delivery.accepted, rejected: total, rejections: kept.slice(0, MOST_SHOWN_REJECTIONS) };
    return { batches, receipt, rejections: kept };
  }

  /** Derives with what is remembered; where that is not enough, once more with what the store holds. */
  private async derive(batch: ReadingBatch): Promise<Impossible[]> {
    const unread = new Map<string, { cell: string; at: number; periodSeconds: number }>();
    const impossible = deriveKpis(batch, (cell, at, periodSeconds) => {
      const known = this.recent.lookup(cell, at, periodSeconds);
      if (known === 'unread') unread.set(keyOf(cell, at, periodSeconds), { cell, at, periodSeconds });
      return known;
    });
    if (unread.size === 0) return impossible;
    const read = new Map<string, Values>();
    for (const [key, { cell, at, periodSeconds }] of unread) {
      read.set(key, await this.readEarlier(cell, at, periodSeconds));
    }
    // Tells of the impossible ones again: they are still without a value.
    return deriveKpis(batch, (cell, at, periodSeconds) => {
      const known = this.recent.lookup(cell, at, periodSeconds);
      return known === 'unread' ? read.get(keyOf(cell, at, periodSeconds)) : known;
    });
  }

  /** With the store away a value is derived from less, rather than the reading refused. */
  private async readEarlier(cell: string, at: number, periodSeconds: number): Promise<Values> {
    const stored = await this.options.stored(cell, at - 1, at).catch(() => []);
    const same = stored.find((reading) => reading.periodSeconds === periodSeconds);
    return this.recent.overlay({ ...same?.kpis, ...same?.counters }, cell, at, periodSeconds);
  }

  /** The canonical id of the cell a reading names, or why there is none. */
  private cellOf(named: unknown): string | Refusal {
    const known = typeof named === 'string' ? this.options.names.find(named) : undefined;
    if (known !== undefined) return known;
    return isPmObject(named) ? this.cellOfObject(named) : this.cellOfName(named);
  }

  private cellOfName(named: unknown): string | Refusal {
    if (named === undefined || named === null || named === '') {
      return { reason: 'missing-field', field: 'cell', detail: 'give "cell", the id of the cell' };
    }
    if (typeof named !== 'string' && typeof named !== 'number') {
      return {
        reason: 'wrong-type',
        field: 'cell',
        detail: `"cell" is ${quote(named)}: give the id of the cell as text`,
      };
    }
    const name = String(named).trim();
    if (name.length === 0 || name.length > LONGEST_CELL_NAME || /\p{Cc}/u.test(name)) {
      const detail = `"cell" is ${quote(name)}: an id has 1 to ${LONGEST_CELL_NAME} characters and no control characters`;
      return { reason: 'wrong-type', field: 'cell', detail };
    }
    const known = this.options.names.find(name);
    if (known === undefined) this.options.unplaced({ id: name, siteId: name, radio: null });
    return known ?? name;
  }

  private cellOfObject(object: PmObject): string | Refusal {
    for (const alias of aliasesOfObject(object)) {
      const known = this.options.names.findInInventory(alias);
      if (known !== undefined) return known;
    }
    const named = nameOfObject(object);
    if (!named) return notACell(object);
    if (this.options.names.find(named.id) === undefined) this.options.unplaced(named);
    return named.id;
  }
}

const keyOf = (cell: string, at: number, periodSeconds: number) => `${at} ${periodSeconds} ${cell}`;

function notACell(object: PmObject): Refusal {
  const detail = `objects of class ${object.objectClass} are no cells; give one as an alias of a cell in the inventory if it is`;
  return { reason: 'not-a-cell', field: object.objectClass, detail, excerpt: object.ldn };
}

function explainImpossible({ cell, at, kpi, value, formula }: Impossible): Rejection {
  const when = new Date(at).toISOString();
  const detail = `${kpi} of ${quote(cell)} at ${when} comes to ${value} by ${formula.expression}: check the counters; they are kept`;
  return { reason: 'out-of-range', field: kpi, detail };
}

/** Memory that one delivery may take as columns; names that are ever new make columns wide and empty. */
const MOST_DELIVERY_BYTES = 512 << 20;
const TOO_WIDE: Refusal = {
  reason: 'too-long',
  field: 'counters',
  detail: 'the delivery names too many different counters to be held at once: send it in smaller pieces',
};

/** One delivery on its way through: readings into batches, refusals into a bounded list. */
class Delivery {
  accepted = 0;
  private readonly rejections = new RejectionList();
  private readonly builders: BatchBuilder[] = [];
  /** Memory of the builders that are full. */
  private closedBytes = 0;

  constructor(
    private readonly source: () => string,
    private readonly context: CheckContext,
    private readonly cellOf: (named: unknown) => string | Refusal,
  ) {}

  take(parsed: Parsed): void {
    if (parsed.kind === 'rejection') this.rejections.add(parsed.rejection);
    else this.takeReading(parsed.reading);
  }

  private takeReading(raw: RawReading): void {
    const checked = checkReading(raw, this.context);
    if (isRefusal(checked)) this.rejections.add({ ...raw.where, ...checked });
    else this.takeChecked(raw, checked);
  }

  /** Only a reading that is well otherwise makes a cell known. */
  private takeChecked(raw: RawReading, checked: CheckedReading): void {
    const cell = this.cellOf(raw.cell);
    if (typeof cell !== 'string') {
      this.refuseCell(raw, cell);
      return;
    }
    const builder = this.builder();
    if (this.closedBytes + builder.bytes > MOST_DELIVERY_BYTES) {
      this.rejections.add({ ...raw.where, ...TOO_WIDE });
      return;
    }
    builder.add(cell, checked);
    this.accepted++;
  }

  /** A file holds hundreds of objects that are no cells: one counted rejection a class. */
  private refuseCell(raw: RawReading, refusal: Refusal): void {
    const rejection = { ...raw.where, ...refusal };
    if (refusal.reason === 'not-a-cell') this.rejections.count(rejection, `${refusal.reason} ${refusal.field}`);
    else this.rejections.add(rejection);
  }

  private builder(): BatchBuilder {
    const current = this.builders.at(-1);
    if (current && current.rows < MOST_ROWS_A_BATCH && current.values < MOST_VALUES_A_BATCH) return current;
    if (current) this.closedBytes += current.bytes;
    const next = new BatchBuilder();
    this.builders.push(next);
    return next;
  }

  finish(): { batches: ReadingBatch[]; rejections: RejectionList } {
    const batches = this.builders.map((builder) => builder.build(this.source(), this.context.now));
    return { batches, rejections: this.rejections };
  }
}
