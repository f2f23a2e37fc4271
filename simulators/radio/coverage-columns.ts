// The users of all cells by place: what they get there and whom else they hear; rows in typed arrays, sorted by cell.

/** Others that a place could turn to, best first: at most one of the same site, so that a dead site leaves somebody; the last may be of another radio. */
export const OTHERS = 4;
/**
 * Places of all cells, sorted by the cell that serves them: those of cell c stand from `starts[c]` to `starts[c + 1]`.
 * Levels are what a device there gets, dBm.
 */
export interface Coverage {
  starts: Int32Array;
  /** Share of the cell's users who are there; they sum to 1 for each cell. */
  share: Float32Array;
  level: Float32Array;
  /** Sum of the other cells of the frequency at full load, dBm. */
  noise: Float32Array;
  /** How far below the middle of the beam the place lies, degrees. */
  offTilt: Float32Array;
  /** OTHERS cells a place, best first; −1: nobody. */
  others: Int32Array;
  otherLevels: Float32Array;
}

/** The rows of a coverage while they come in, in the order of the ground. */
export class Columns {
  #count = 0;
  #cell = new Int32Array(1024);
  #weight = new Float32Array(1024);
  #level = new Float32Array(1024);
  #noise = new Float32Array(1024);
  #offTilt = new Float32Array(1024);
  #others = new Int32Array(1024 * OTHERS).fill(-1);
  #otherLevels = new Float32Array(1024 * OTHERS);

  add(cell: number, weight: number, level: number, noise: number, offTilt: number): number {
    if (this.#count === this.#cell.length) this.#grow();
    const row = this.#count++;
    this.#cell[row] = cell;
    this.#weight[row] = weight;
    this.#level[row] = level;
    this.#noise[row] = noise;
    this.#offTilt[row] = offTilt;
    return row;
  }

  /** Nobody is near: the little that is seen of such a cell is ordinary. */
  addAlone(cell: number): void {
    this.add(cell, 1, -95, -115, 0);
  }

  setOther(row: number, rank: number, cell: number, level: number): void {
    this.#others[row * OTHERS + rank] = cell;
    this.#otherLevels[row * OTHERS + rank] = level;
  }

  /** By cell (counting sort), the weights made shares. */
  sorted(cells: number): Coverage {
    const starts = new Int32Array(cells + 1);
    const sums = new Float64Array(cells);
    for (let row = 0; row < this.#count; row++) {
      starts[this.#cell[row]! + 1]!++;
      sums[this.#cell[row]!]! += this.#weight[row]!;
    }
    for (let c = 0; c < cells; c++) starts[c + 1]! += starts[c]!;
    const next = starts.slice();
    const order = new Int32Array(this.#count);
    for (let row = 0; row < this.#count; row++) order[next[this.#cell[row]!]!++] = row;
    const others = new Int32Array(this.#count * OTHERS);
    const otherLevels = new Float32Array(this.#count * OTHERS);
    order.forEach((row, i) => {
      others.set(this.#others.subarray(row * OTHERS, (row + 1) * OTHERS), i * OTHERS);
      otherLevels.set(this.#otherLevels.subarray(row * OTHERS, (row + 1) * OTHERS), i * OTHERS);
    });
    const pick = (from: Float32Array) => Float32Array.from(order, (row) => from[row]!);
    return {
      starts,
      share: Float32Array.from(order, (row) => this.#weight[row]! / sums[this.#cell[row]!]!),
      level: pick(this.#level),
      noise: pick(this.#noise),
      offTilt: pick(this.#offTilt),
      others,
      otherLevels,
    };
  }

  #grow(): void {
    const wider = <T extends Float32Array | Int32Array>(old: T, empty = 0): T => {
      const next = new (old.constructor as new (length: number) => T)(2 * old.length).fill(empty) as T;
      next.set(old);
      return next;
    };
    this.#cell = wider(this.#cell);
    this.#weight = wider(this.#weight);
    this.#level = wider(this.#level);
    this.#noise = wider(this.#noise);
    this.#offTilt = wider(this.#offTilt);
    this.#others = wider(this.#others, -1);
    this.#otherLevels = wider(this.#otherLevels);
  }
}
