// Seeded randomness: streams named after what they serve, so that the order of use never changes what is drawn.

/**
 * One stream of random numbers (the small fast counting generator "sfc32", period at least 2^32, state of 128 bits).
 * Streams of different names never share a state, so a cell added or left out changes no other cell.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;
  #spare = Number.NaN;

  constructor(seed: number, name: string) {
    const text = `${seed}/${name}`;
    this.#a = hash(text, 0x9e3779b9);
    this.#b = hash(text, 0x243f6a88);
    this.#c = hash(text, 0xb7e15162);
    for (let i = 0; i < 15; i++) this.#next();
  }

  /** A whole number, −2^31 … 2^31 − 1. */
  #next(): number {
    const out = (((this.#a + this.#b) | 0) + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0;
    return out;
  }

  /** Even between 0 (included) and 1 (excluded). */
  uniform(): number {
    return (this.#next() >>> 0) / 4_294_967_296;
  }

  /** Even between `low` and `high`. */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Standard normal, by Box and Muller; they come in pairs, the second is kept for the next call. */
  normal(): number {
    const spare = this.#spare;
    this.#spare = Number.NaN;
    if (!Number.isNaN(spare)) return spare;
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** A count with the given mean: exact where counts are small, rounded normal from 30 on. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let count = 0;
    let term = Math.exp(-mean);
    for (let left = this.uniform() - term; left > 0 && count < 200; left -= term) term *= mean / ++count;
    return count;
  }

  /** How many of `trials` succeed with chance `chance`; Poisson for rare events, rounded normal where there are many. */
  binomial(trials: number, chance: number): number {
    const mean = trials * chance;
    if (mean < 30) return Math.min(trials, this.poisson(mean));
    const count = Math.round(mean + Math.sqrt(mean * (1 - chance)) * this.normal());
    return Math.min(trials, Math.max(0, count));
  }
}

/** FNV-1a from a chosen start, then mixed so that near names give far states. */
function hash(text: string, start: number): number {
  let value = start | 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
