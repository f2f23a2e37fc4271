// Bytes in the making: texts and numbers put one behind another, since building strings would cost more than making up the numbers.

const POINT = 0x2e;
const MINUS = 0x2d;
const ZERO = 0x30;
/** From here on whole numbers no longer fit 32 bits. */
const TOO_LARGE = 2 ** 31 - 1;
const SCALES = Array.from({ length: 10 }, (_, decimals) => 10 ** decimals);
/** Room that one number takes at most. */
const NUMBER_BYTES = 32;

const encoder = new TextEncoder();
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** One buffer that grows to what was needed once and is used again and again. */
export class ByteBuilder {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(16_384);
  #used = 0;

  get length(): number {
    return this.#used;
  }

  put(part: Uint8Array): void {
    this.#makeRoom(part.length);
    this.#bytes.set(part, this.#used);
    this.#used += part.length;
  }

  putByte(byte: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#used++] = byte;
  }

  putText(text: string): void {
    this.put(bytesOf(text));
  }

  /** All that the other holds; it is empty after. */
  move(from: ByteBuilder): void {
    this.put(from.#bytes.subarray(0, from.#used));
    from.#used = 0;
  }

  /** Takes back the last byte if it is this one. */
  dropLast(byte: number): void {
    if (this.#used > 0 && this.#bytes[this.#used - 1] === byte) this.#used--;
  }

  /** A number with fixed decimals, 0 to 9; never "-0". */
  putNumber(value: number, decimals: number): void {
    const scale = SCALES[decimals]!;
    const scaled = Math.abs(value) * scale + 0.5;
    if (!(scaled < TOO_LARGE)) {
      this.putText(value.toFixed(decimals));
      return;
    }
    this.#makeRoom(NUMBER_BYTES);
    const bytes = this.#bytes;
    let whole = scaled | 0;
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

  /** A copy of what was put so far; the builder is empty after. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#used);
    this.#used = 0;
    return taken;
  }

  #makeRoom(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#used + more));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
  }
}
