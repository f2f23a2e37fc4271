// The front door of intake: raw readings in; one clean columnar batch and a receipt out. Nothing is dropped without a word.

import type { ReadingBatch } from '../model/reading.ts';
import type { Receipt, Rejection } from '../model/rejection.ts';
import type { ManagedObject, Parsed } from '../model/sent.ts';
import { type CheckContext, quote } from './check-reading.ts';
import { translateCounters } from './counter-names.ts';
import { Delivery } from './delivery.ts';
import { deriveKpis, type Impossible, type RadioOf } from './derive.ts';
import { keyOf, type PartKey, readEarlier, type StoredReadings } from './earlier-parts.ts';
import { NamedCells, type NamedCellsOptions } from './named-cells.ts';
import { RecentParts } from './recent-parts.ts';
import { MOST_SHOWN_REJECTIONS } from './rejection-list.ts';

export interface IntakeOptions extends NamedCellsOptions {
  /** Stored readings of one cell, `from < at <= to`: asked only for parts of periods that are no longer remembered. */
  stored: StoredReadings;
  radioOf: RadioOf;
  /** 1 for each row that comes after a newer one of its cell and length; undefined where none does. */
  late?(batch: ReadingBatch): Uint8Array | undefined;
}

export interface Accepted {
  batches: ReadingBatch[];
  receipt: Receipt;
  /** All rejections, bounded; the receipt shows the first of them. */
  rejections: Rejection[];
}

/** Readings taken before others have their turn. */
const READINGS_A_TURN = 500;

export class Intake {
  readonly recent = new RecentParts();
  /** The end of the large delivery that came last: one at a time, so that what they take in memory does not add up. */
  private lastLarge: Promise<void> = Promise.resolve();
  private readonly cells: NamedCells;

  constructor(private readonly options: IntakeOptions) {
    this.cells = new NamedCells(options);
  }

  /** The cell that the object is, where one is known already: nothing becomes a cell by being asked for. */
  knownCell(object: ManagedObject): string | undefined {
    return this.cells.knownCell(object);
  }

  /** Takes what a format parsed from one delivery. `source`: door and sender, where a reading names one that sender. */
  async accept(
    parsed: Iterable<Parsed>,
    source: (sender?: string) => string,
    context: CheckContext,
  ): Promise<Accepted> {
    const delivery = new Delivery(source, context, (named) => this.cells.cellOf(named));
    await this.takeAll(parsed[Symbol.iterator](), delivery);
    const { batches, rejections } = delivery.finish();
    for (const [i, batch] of batches.entries()) {
      if (i > 0) await othersTurn();
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

  /** A small delivery at once; during a large one others have their turns. */
  private async takeAll(parsed: Iterator<Parsed>, delivery: Delivery): Promise<void> {
    if (takeSome(parsed, delivery)) return;
    const mine = this.lastLarge.then(async () => {
      while (!takeSome(parsed, delivery)) await othersTurn();
    });
    this.lastLarge = mine.catch(() => undefined);
    await mine;
  }

  /** Derives with what is remembered; where that is not enough, once more with what the store holds. */
  private async derive(batch: ReadingBatch): Promise<Impossible[]> {
    const unread = new Map<string, PartKey>();
    const { radioOf } = this.options;
    const remembered = (cell: string, at: number, periodSeconds: number) => {
      const known = this.recent.lookup(cell, at, periodSeconds);
      if (known === 'unread') unread.set(keyOf({ cell, at, periodSeconds }), { cell, at, periodSeconds });
      return known;
    };
    const impossible = deriveKpis(batch, remembered, radioOf);
    if (unread.size === 0) return impossible;
    const read = await readEarlier(unread.values(), this.options.stored);
    // Tells of the impossible ones again: they are still without a value.
    const all = (cell: string, at: number, periodSeconds: number) => {
      const known = this.recent.lookup(cell, at, periodSeconds);
      if (known !== 'unread') return known;
      return this.recent.overlay(read.get(keyOf({ cell, at, periodSeconds })) ?? {}, cell, at, periodSeconds);
    };
    return deriveKpis(batch, all, radioOf);
  }
}

const othersTurn = () => new Promise((resolve) => setImmediate(resolve));

/** True when that was all. */
function takeSome(parsed: Iterator<Parsed>, delivery: Delivery): boolean {
  for (let taken = 0; taken < READINGS_A_TURN; taken++) {
    const next = parsed.next();
    if (next.done) return true;
    delivery.take(next.value);
  }
  return false;
}

function explainImpossible({ cell, at, kpi, value, formula }: Impossible): Rejection {
  const when = new Date(at).toISOString();
  const detail = `${kpi} of ${quote(cell)} at ${when} comes to ${value} by ${formula.expression}: check the counters; they are kept`;
  return { reason: 'out-of-range', field: kpi, detail };
}

function countLate(batches: readonly ReadingBatch[]): number {
  return batches.reduce((sum, { late }) => sum + (late?.reduce((rows, one) => rows + one, 0) ?? 0), 0);
}
