// The front door of intake: raw readings in; one clean columnar batch and a receipt out. Nothing is dropped without a word.

import type { Reading, ReadingBatch } from '../model/reading.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';
import { BatchBuilder } from './batch-builder.ts';
import {
  type CheckContext,
  checkKey,
  checkReading,
  isRefusal,
  quote,
  type RawReading,
  type Refusal,
} from './check-reading.ts';
import type { Values } from './counter-lookup.ts';
import { translateCounters } from './counter-names.ts';
import { deriveKpis, type Impossible, type RadioOf } from './derive.ts';
import { aliasesOfObject, isPmObject, type NamedCell, nameOfObject, type PmObject } from './object-name.ts';
import { ObjectMeanings, type ObjectRules } from './object-rules.ts';
import { areBelieved, asObjects } from './plain-values.ts';
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
  radioOf: RadioOf;
  /** 1 for each row that comes after a newer one of its cell and length; undefined where none does. */
  late?(batch: ReadingBatch): Uint8Array | undefined;
  /** A cell that data names but the inventory lacks: kept, as unplaced. */
  unplaced(cell: { id: string; siteId: string; radio: NamedCell['radio'] }): void;
  /** What the deployment says of its senders' objects. */
  objects?: ObjectRules;
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

  private readonly meanings: ObjectMeanings;

  constructor(private readonly options: IntakeOptions) {
    this.meanings = new ObjectMeanings(options.objects);
  }

  /** Takes what a format parsed from one delivery. `source`: door and sender, where a reading names one that sender. */
  async accept(
    parsed: Iterable<Parsed>,
    source: (sender?: string) => string,
    context: CheckContext,
  ): Promise<Accepted> {
    const delivery = new Delivery(source, context, (raw) => this.cellOf(raw));
    for (const one of parsed) delivery.take(one);
    const { batches, rejections } = delivery.finish();
    for (const batch of batches) {
      for (const one of translateCounters(batch)) rejections.add(one);
      for (const one of await this.derive(batch)) rejections.add(explainImpossible(one));
      this.recent.remember(batch);
      batch.late = this.options.late?.(batch);
    }
    const { kept, total } = rejections;
    const notes = delivery.notes();
    const shown = kept.slice(0, MOST_SHOWN_REJECTIONS);
    const { accepted } = delivery;
    const late = countLate(batches);
    const receipt = {
      ...{ accepted, rejected: total, rejections: shown },
      ...(late > 0 && { late }),
      ...(notes.length > 0 && { notes }),
    };
    return { batches, receipt, rejections: kept };
  }

  /** Derives with what is remembered; where that is not enough, once more with what the store holds. */
  private async derive(batch: ReadingBatch): Promise<Impossible[]> {
    const unread = new Map<string, { cell: string; at: number; periodSeconds: number }>();
    const { radioOf } = this.options;
    const remembered = (cell: string, at: number, periodSeconds: number) => {
      const known = this.recent.lookup(cell, at, periodSeconds);
      if (known === 'unread') unread.set(keyOf(cell, at, periodSeconds), { cell, at, periodSeconds });
      return known;
    };
    const impossible = deriveKpis(batch, remembered, radioOf);
    if (unread.size === 0) return impossible;
    const read = new Map<string, Values>();
    for (const [key, { cell, at, periodSeconds }] of unread) {
      read.set(key, await this.readEarlier(cell, at, periodSeconds));
    }
    // Tells of the impossible ones again: they are still without a value.
    const all = (cell: string, at: number, periodSeconds: number) => {
      const known = this.recent.lookup(cell, at, periodSeconds);
      return known === 'unread' ? read.get(keyOf(cell, at, periodSeconds)) : known;
    };
    return deriveKpis(batch, all, radioOf);
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
    if (known !== undefined) return known;
    // A copy: the name may be a piece of a long text, which it would keep in memory for as long as the cell is known.
    const id = JSON.parse(JSON.stringify(name)) as string;
    this.options.unplaced({ id, siteId: id, radio: null });
    return id;
  }

  /** The inventory's name for the object, then the deployment's, then one made of element, radio and name. */
  private cellOfObject(object: PmObject): string | Refusal {
    const { names } = this.options;
    const aliases = aliasesOfObject(object, this.meanings);
    const id = aliases.map((alias) => names.findInInventory(alias)).find((known) => known !== undefined);
    if (id !== undefined) return id;
    const given = this.meanings.cellOf(aliases);
    const named = nameOfObject(object, this.meanings, given);
    if (!named) return notACell(object, this.meanings);
    if (named.id.length > LONGEST_CELL_NAME) return tooLongName(object);
    const known = names.find(named.id);
    if (known === undefined) this.options.unplaced(named);
    return known ?? named.id;
  }

  /** The cell that the object is, where one is known already: nothing becomes a cell by being asked for. */
  knownCell(object: PmObject): string | undefined {
    const { names } = this.options;
    const aliases = aliasesOfObject(object, this.meanings);
    const id = aliases.map((alias) => names.findInInventory(alias)).find((known) => known !== undefined);
    const named = id === undefined ? nameOfObject(object, this.meanings, this.meanings.cellOf(aliases)) : undefined;
    return id ?? (named && names.find(named.id));
  }
}

function countLate(batches: readonly ReadingBatch[]): number {
  return batches.reduce((sum, { late }) => sum + (late?.reduce((rows, one) => rows + one, 0) ?? 0), 0);
}

const keyOf = (cell: string, at: number, periodSeconds: number) => `${at} ${periodSeconds} ${cell}`;

function notACell(object: PmObject, meanings: ObjectMeanings): Refusal {
  const { objectClass, ldn } = object;
  const isExpected = meanings.meaningOf(objectClass) === 'none';
  const detail = `objects of class ${objectClass.slice(0, 100)} are no cells; give one as an alias of a cell in the inventory if it is, or say what the class is under "objects" in the deployment's file`;
  return { reason: 'not-a-cell', field: objectClass.slice(0, 100), detail, excerpt: ldn.slice(0, 200), isExpected };
}

function tooLongName({ ldn }: PmObject): Refusal {
  const detail = `the name of a cell has at most ${LONGEST_CELL_NAME} characters; give this one a shorter name under "objects" in the deployment's file`;
  return { reason: 'too-long', field: 'cell', detail, excerpt: ldn.slice(0, 200) };
}

function explainImpossible({ cell, at, kpi, value, formula }: Impossible): Rejection {
  const when = new Date(at).toISOString();
  const detail = `${kpi} of ${quote(cell)} at ${when} comes to ${value} by ${formula.expression}: check the counters; they are kept`;
  return { reason: 'out-of-range', field: kpi, detail };
}

/** Senders that are told apart in one delivery; what further ones sent counts as the delivery's own. */
const MOST_SENDERS = 100;
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
  /** By class, the objects that the deployment has said are no cells. */
  private readonly leftOut = new Map<string, number>();
  private readonly rejections = new RejectionList();
  private readonly builders: { builder: BatchBuilder; sender: string | undefined }[] = [];
  /** By sender, the builder that is not full. */
  private readonly open = new Map<string | undefined, BatchBuilder>();
  /** Memory of all builders. */
  private bytes = 0;

  constructor(
    private readonly source: (sender?: string) => string,
    private readonly context: CheckContext,
    private readonly cellOf: (named: unknown) => string | Refusal,
  ) {}

  take(parsed: Parsed): void {
    if (parsed.kind === 'rejection') this.rejections.add(parsed.rejection);
    else this.takeReading(parsed.reading);
  }

  private takeReading(raw: RawReading): void {
    const { plain } = raw;
    if (plain && areBelieved(plain)) {
      const key = checkKey(raw, this.context);
      this.takeChecked(raw, key, (builder, cell, at) => builder.addPlain(cell, at, plain));
    } else {
      const checked = checkReading(plain ? { ...raw, ...asObjects(plain) } : raw, this.context);
      this.takeChecked(raw, checked, (builder, cell, reading) => {
        builder.add(cell, reading);
        this.refuseValues(raw, reading.refused ?? []);
      });
    }
  }

  /** Only a reading that is well otherwise makes a cell known. */
  private takeChecked<T extends object>(
    raw: RawReading,
    checked: T | Refusal,
    put: (builder: BatchBuilder, cell: string, checked: T) => void,
  ): void {
    if (isRefusal(checked)) {
      this.rejections.add({ ...raw.where, ...checked });
      return;
    }
    const cell = this.cellOf(raw.cell);
    if (typeof cell !== 'string') {
      this.refuseCell(raw, cell);
      return;
    }
    if (this.bytes > MOST_DELIVERY_BYTES) {
      this.rejections.add({ ...raw.where, ...TOO_WIDE });
      return;
    }
    const builder = this.builder(raw.sender);
    this.bytes -= builder.bytes;
    put(builder, cell, checked);
    this.bytes += builder.bytes;
    this.accepted++;
  }

  /** What is wrong with one counter is wrong with it in all objects of a file: one counted rejection a counter. */
  private refuseValues({ where }: RawReading, refused: readonly Refusal[]): void {
    for (const one of refused) {
      const detail = `${one.detail}; the object's other values were kept`;
      this.rejections.count({ ...where, ...one, detail }, `${one.reason} ${one.field}`);
    }
  }

  /** A file holds hundreds of objects that are no cells: one counted rejection a class. */
  private refuseCell(raw: RawReading, { isExpected, ...refusal }: Refusal): void {
    const rejection = { ...raw.where, ...refusal };
    if (isExpected) this.leftOut.set(refusal.field!, (this.leftOut.get(refusal.field!) ?? 0) + 1);
    else if (refusal.reason === 'not-a-cell') this.rejections.count(rejection, `${refusal.reason} ${refusal.field}`);
    else this.rejections.add(rejection);
  }

  private builder(named: string | undefined): BatchBuilder {
    const sender = this.open.has(named) || this.open.size < MOST_SENDERS ? named : undefined;
    const current = this.open.get(sender);
    if (current && current.rows < MOST_ROWS_A_BATCH && current.values < MOST_VALUES_A_BATCH) return current;
    const builder = new BatchBuilder();
    this.builders.push({ builder, sender });
    this.open.set(sender, builder);
    return builder;
  }

  notes(): string[] {
    if (this.leftOut.size === 0) return [];
    const classes = Array.from(this.leftOut, ([name, count]) => `${name} ${count}×`).join(', ');
    return [`objects that are no cells, as the deployment's file says, were left out: ${classes}`];
  }

  finish(): { batches: ReadingBatch[]; rejections: RejectionList } {
    const batches = this.builders.map(({ builder, sender }) => builder.build(this.source(sender), this.context.now));
    return { batches, rejections: this.rejections };
  }
}
