// Writes readings one a line, in whatever form a line has, cut into bodies.

import { ByteBuilder } from './byte-builder.ts';
import { BODY_BYTES, type Delivery, type Door, type ReadingWriter } from './delivery.ts';

/** How a reading stands in a line. Ids must need no escaping. */
export interface LineForm {
  door: Door;
  /** First line of each body. */
  heading?: Uint8Array;
  /** What is told of a cell in each of its lines. */
  headOf(cell: string): Uint8Array;
  /** Writes the line, its end included. */
  put(out: ByteBuilder, head: Uint8Array, at: number, row: Float64Array): void;
}

export class LineWriter implements ReadingWriter {
  readonly #form: LineForm;
  readonly #heads: Uint8Array[];
  readonly #out = new ByteBuilder();
  #finished: Delivery[] = [];
  #rows = 0;

  constructor(form: LineForm, cellIds: readonly string[]) {
    this.#form = form;
    this.#heads = cellIds.map((id) => form.headOf(id));
  }

  add(cell: number, at: number, row: Float64Array): void {
    if (this.#rows === 0 && this.#form.heading) this.#out.put(this.#form.heading);
    this.#form.put(this.#out, this.#heads[cell]!, at, row);
    this.#rows++;
    if (this.#out.length >= BODY_BYTES) this.#finish();
  }

  rename(cell: number, id: string): void {
    this.#heads[cell] = this.#form.headOf(id);
  }

  beginPeriod(): void {}

  take(): Delivery[] {
    if (this.#rows > 0) this.#finish();
    const taken = this.#finished;
    this.#finished = [];
    return taken;
  }

  #finish(): void {
    this.#finished.push({ door: this.#form.door, body: this.#out.take(), rows: this.#rows });
    this.#rows = 0;
  }
}
