// Writes readings as NDJSON bytes by hand: building strings would cost more than making up the numbers.

import { SENT } from './readings.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const KEYS = SENT.map(({ kpi }) => encode(`"${kpi}":`));
const SCALES = SENT.map(({ decimals }) => 10 ** decimals);
const DECIMALS = SENT.map(({ decimals }) => decimals);
/** `{"cell":"…","at":…,"periodSeconds":…,"kpis":{…}}`: 24 KPIs of at most 24 + 16 bytes, and the rest. */
const MAX_LINE_BYTES = 1280;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

/** Collects lines in one buffer that is used again and again; `take` hands out a copy. */
export class NdjsonWriter {
  readonly #bytes: Uint8Array;
  readonly #heads: Uint8Array[];
  #middle: Uint8Array = encode('');
  #middleAt = Number.NaN;
  #used = 0;
  #rows = 0;

  /** `cellIds` must need no escaping in JSON. */
  constructor(
    cellIds: readonly string[],
    readonly periodSeconds: number,
    readonly maxRows: number,
  ) {
    this.#bytes = new Uint8Array(maxRows * MAX_LINE_BYTES);
    this.#heads = cellIds.map((id) => encode(`{"cell":"${id}","at":`));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Adds one reading: the row's values in the order of SENT, NaN left out. */
  add(cell: number, at: number, row: Float64Array): void {
    if (at !== this.#middleAt) {
      this.#middle = encode(`${at},"periodSeconds":${this.periodSeconds},"kpis":{`);
      this.#middleAt = at;
    }
    this.#put(this.#heads[cell]!);
    this.#put(this.#middle);
    for (let k = 0; k < row.length; k++) {
      const value = row[k]!;
      if (Number.isNaN(value)) continue;
      this.#put(KEYS[k]!);
      this.#putNumber(value, SCALES[k]!, DECIMALS[k]!);
      this.#bytes[this.#used++] = COMMA;
    }
    this.#used--; // the last comma
    this.#put(LINE_END);
    this.#rows++;
  }

  /** The lines so far, and an empty writer. */
  take(): Uint8Array {
    const lines = this.#bytes.slice(0, this.#used);
    this.#used = 0;
    this.#rows = 0;
    return lines;
  }

  #put(part: Uint8Array): void {
    this.#bytes.set(part, this.#used);
    this.#used += part.length;
  }

  /** Fixed decimals, in 32-bit whole numbers: good to 2^31 / scale, above any KPI of a cell. */
  #putNumber(value: number, scale: number, decimals: number): void {
    const bytes = this.#bytes;
    let whole = (Math.abs(value) * scale + 0.5) | 0;
    if (value < 0 && whole > 0) bytes[this.#used++] = MINUS;
    let digits = decimals + 1;
    for (let limit = scale * 10; whole >= limit; limit *= 10) digits++;
    let end = this.#used + digits + (decimals > 0 ? 1 : 0);
    this.#used = end;
    for (let i = 0; i < digits; i++) {
      const rest = (whole / 10) | 0;
      bytes[--end] = ZERO + whole - 10 * rest;
      whole = rest;
      if (i === decimals - 1) bytes[--end] = POINT;
    }
  }
}

const LINE_END = encode('}}\n');
