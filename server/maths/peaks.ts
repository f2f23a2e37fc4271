// The greatest peaks of a stream and when they were, so that what comes again is known to have been there.

export class Peaks {
  private readonly sizes: Float64Array;
  private readonly times: Float64Array;
  private count = 0;
  /** Place of the peak that goes on; −1 when it was too small to be kept. */
  private current = -1;
  private begunAt = Number.NEGATIVE_INFINITY;

  /**
   * @param room how many peaks are kept, the greatest ones
   * @param memory time after which a peak is forgotten, in the unit of the times given
   */
  constructor(
    room: number,
    private readonly memory: number,
  ) {
    this.sizes = new Float64Array(room);
    this.times = new Float64Array(room);
  }

  /** How many peaks of so great a size there were, longer than `apart` ago. */
  reached(size: number, at: number, apart: number): number {
    let found = 0;
    for (let i = 0; i < this.count; i++) {
      const age = at - this.times[i]!;
      if (this.sizes[i]! >= size && age > apart && age < this.memory) found++;
    }
    return found;
  }

  /** Takes a size in; all within `apart` of the first one are one peak. */
  add(size: number, at: number, apart: number): void {
    const goesOn = Math.abs(at - this.begunAt) <= apart;
    if (!goesOn) this.begunAt = at;
    if (!goesOn || this.current < 0) {
      this.current = this.placeFor(size, at);
      if (this.current >= 0) this.sizes[this.current] = size;
    } else {
      this.sizes[this.current] = Math.max(size, this.sizes[this.current]!);
    }
    if (this.current >= 0) this.times[this.current] = at;
  }

  /** A free place, a forgotten peak's, or the smallest one's where this one is greater. */
  private placeFor(size: number, at: number): number {
    if (this.count < this.sizes.length) return this.count++;
    let smallest = 0;
    for (let i = 0; i < this.count; i++) {
      if (at - this.times[i]! >= this.memory) return i;
      if (this.sizes[i]! < this.sizes[smallest]!) smallest = i;
    }
    return this.sizes[smallest]! < size ? smallest : -1;
  }
}
