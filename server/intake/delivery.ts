// One delivery on its way through intake: readings into columnar batches, refusals into a bounded list.

import type { ReadingBatch } from '../model/reading.ts';
import type { Parsed, RawReading } from '../model/sent.ts';
import { BatchBuilder } from './batch-builder.ts';
import { type CheckContext, checkKey, checkReading, isRefusal, type Refusal } from './check-reading.ts';
import { areBelieved, asObjects } from './plain-values.ts';
import { RejectionList } from './rejection-list.ts';

/** A batch of more numbers than this is closed and the next begun. */
const MOST_VALUES_A_BATCH = 2_000_000;
const MOST_ROWS_A_BATCH = 10_000;

/** Senders that are told apart in one delivery; what further ones sent counts as the delivery's own. */
const MOST_SENDERS = 100;
/** Memory that one delivery may take as columns; names that are ever new make columns wide and empty. */
const MOST_DELIVERY_BYTES = 512 << 20;
const TOO_WIDE: Refusal = {
  reason: 'too-long',
  field: 'counters',
  detail: 'the delivery names too many different counters to be held at once: send it in smaller pieces',
};

export class Delivery {
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
