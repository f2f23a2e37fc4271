// Columns that deliveries are gathered in, used again by the next one: making large ones anew each time costs more than filling them.

/** Of all columns that wait, bytes: a delivery of a usual size finds all of its columns. */
const MOST_BYTES = 16 << 20;

export class ScratchColumns {
  /** By length. */
  private readonly waiting = new Map<number, Float64Array[]>();
  private bytes = 0;

  /** A column of NaN, of so many values. */
  take(length: number): Float64Array {
    const column = this.waiting.get(length)?.pop();
    if (column) this.bytes -= column.byteLength;
    return (column ?? new Float64Array(length)).fill(Number.NaN);
  }

  /** Whoever gives a column back does not look at it again. */
  giveBack(column: Float64Array): void {
    if (this.bytes + column.byteLength > MOST_BYTES) return;
    const same = this.waiting.get(column.length);
    if (same) same.push(column);
    else this.waiting.set(column.length, [column]);
    this.bytes += column.byteLength;
  }
}
