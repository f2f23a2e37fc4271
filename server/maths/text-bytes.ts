// Writes text straight into bytes, numbers letter by letter as JavaScript and JSON do: those of few decimals ten times as fast.

/** Of one piece: a number has at most 24 letters. */
const ROOM = 32;
const [ZERO, MINUS, POINT] = [48, 45, 46] as const;
/** Thousandths below this, and a thousandth of them, are exact enough that no shorter number means the same. */
const MOST_THOUSANDTHS = 1e9;

export class TextBytes {
  private bytes: Buffer;
  length = 0;

  /** `bytes`: as many as are expected; more are made room for. */
  constructor(bytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(bytes);
  }

  text(text: string): void {
    this.reserve(3 * text.length);
    this.length += this.bytes.write(text, this.length);
  }

  /** Text that is ready as UTF-8, from byte `from` on: for what is short and comes again and again. */
  ready(text: Uint8Array, from = 0): void {
    this.reserve(text.length);
    const { bytes } = this;
    let { length } = this;
    for (let i = from; i < text.length; i++) bytes[length++] = text[i]!;
    this.length = length;
  }

  /** A finite number; −0 as 0. */
  number(value: number): void {
    const size = Math.abs(value);
    const thousandths = Math.round(size * 1000);
    if (!(thousandths < MOST_THOUSANDTHS) || thousandths / 1000 !== size) {
      this.text(String(value));
      return;
    }
    this.reserve(ROOM);
    if (value < 0) this.bytes[this.length++] = MINUS;
    const whole = (thousandths / 1000) | 0;
    this.whole(whole);
    if (whole !== size) this.decimals((thousandths | 0) - 1000 * whole);
  }

  /** What was written; the writer is at its end. */
  end(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** What was written, as text; the writer begins anew. */
  take(): string {
    const text = this.bytes.toString('utf8', 0, this.length);
    this.length = 0;
    return text;
  }

  private whole(value: number): void {
    const { bytes, length } = this;
    let end = length + 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) end++;
    this.length = end;
    for (let rest = value, at = end - 1; at >= length; at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = ZERO + rest - 10 * tenth;
      rest = tenth;
    }
  }

  /** Three of them, without the noughts at their end. */
  private decimals(thousandths: number): void {
    const { bytes, length } = this;
    const hundredths = (thousandths / 10) | 0;
    const tenths = (thousandths / 100) | 0;
    bytes[length] = POINT;
    bytes[length + 1] = ZERO + tenths;
    bytes[length + 2] = ZERO + hundredths - 10 * tenths;
    bytes[length + 3] = ZERO + thousandths - 10 * hundredths;
    this.length += thousandths !== 10 * hundredths ? 4 : thousandths !== 100 * tenths ? 3 : 2;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(2 * (this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
