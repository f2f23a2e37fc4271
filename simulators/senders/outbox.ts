// Decides how and when each reading leaves: by whose form, with which time on it, later than usual, or twice.

import type { Effects } from '../effects.ts';
import type { CityCell } from '../world/city.ts';
import { csvForm } from './csv.ts';
import type { Delivery, ReadingForm, ReadingWriter } from './delivery.ts';
import { lineProtocolForm } from './line-protocol.ts';
import { LineWriter } from './line-writer.ts';
import { ndjsonForm } from './ndjson.ts';
import { PmXmlWriter } from './pm-xml.ts';

/** A reading that is kept back. */
interface Kept {
  cell: number;
  /** As told by its sender. */
  at: number;
  /** Leaves with the first period that ends then or later. */
  due: number;
  row: Float64Array;
}

type Arrival = Pick<Effects, 'clockShiftMs' | 'lateMs' | 'doubled'>;

export class Outbox {
  /** Rows that were ever written. */
  rows = 0;
  readonly #writers: readonly ReadingWriter[];
  /** Writer of each cell: whole sites take turns, so that each form is spoken everywhere. */
  readonly #writerOf: Uint8Array;
  readonly #periodMs: number;
  #kept: Kept[] = [];
  #at = 0;

  constructor(
    cells: readonly Pick<CityCell, 'cell' | 'site'>[],
    periodSeconds: number,
    forms: readonly ReadingForm[] = ['ndjson'],
    elementsAFile?: number,
  ) {
    this.#writers = forms.map((form) => writerOf(form, cells, periodSeconds, elementsAFile));
    this.#writerOf = Uint8Array.from(cells, ({ site }) => site % forms.length);
    this.#periodMs = 1000 * periodSeconds;
  }

  /** Moves to the period that ends at `at`; what was kept back until then goes first. */
  beginPeriod(at: number): void {
    this.#at = at;
    for (const writer of this.#writers) writer.beginPeriod(at);
    if (this.#kept.length === 0) return;
    for (const { cell, at: told, due, row } of this.#kept) if (due <= at) this.#write(cell, told, row);
    this.#kept = this.#kept.filter(({ due }) => due > at);
  }

  /** Takes the reading of a cell for this period; the row may be used again. */
  add(cell: number, row: Float64Array, { clockShiftMs, lateMs, doubled }: Arrival): void {
    const told = this.#at + clockShiftMs[cell]!;
    const late = lateMs[cell]!;
    if (late > 0) this.#keep(cell, told, this.#at + late, row);
    else this.#write(cell, told, row);
    if (doubled[cell] === 1) this.#keep(cell, told, this.#at + late + this.#periodMs, row);
  }

  rename(cell: number, id: string): void {
    this.#writers[this.#writerOf[cell]!]!.rename(cell, id);
  }

  /** What is ready to leave. */
  take(): Delivery[] {
    return this.#writers.flatMap((writer) => writer.take());
  }

  #write(cell: number, told: number, row: Float64Array): void {
    this.#writers[this.#writerOf[cell]!]!.add(cell, told, row);
    this.rows++;
  }

  #keep(cell: number, at: number, due: number, row: Float64Array): void {
    this.#kept.push({ cell, at, due, row: row.slice() });
  }
}

function writerOf(
  form: ReadingForm,
  cells: readonly Pick<CityCell, 'cell' | 'site'>[],
  periodSeconds: number,
  elementsAFile?: number,
): ReadingWriter {
  const ids = cells.map(({ cell }) => cell.id);
  switch (form) {
    case 'pm':
      return new PmXmlWriter(cells, periodSeconds, elementsAFile);
    case 'line':
      return new LineWriter(lineProtocolForm(periodSeconds), ids);
    case 'csv':
      return new LineWriter(csvForm(periodSeconds), ids);
    default:
      return new LineWriter(ndjsonForm(periodSeconds), ids);
  }
}
