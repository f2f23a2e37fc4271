// Which masts may be heard where: a grid over the map, each square with the masts whose earshot touches it.

import type { Point } from '../world/places.ts';

const SQUARE_KM = 1.5;
const NOBODY = { masts: new Int32Array(0), from: 0, to: 0 };

interface Hearable {
  place: Point;
  earshotKm: number;
}

export class Reach {
  readonly #west: number;
  readonly #south: number;
  readonly #columns: number;
  readonly #rows: number;
  /** The masts of a square stand from `#starts[square]` to `#starts[square + 1]`. */
  readonly #starts: Int32Array;
  readonly #masts: Int32Array;

  constructor(masts: readonly Hearable[]) {
    const edge = (pick: (mast: Hearable) => number) => masts.reduce((far, mast) => Math.max(far, pick(mast)), -1e9);
    this.#west = -edge(({ place, earshotKm }) => earshotKm - place.eastKm);
    this.#south = -edge(({ place, earshotKm }) => earshotKm - place.northKm);
    const east = edge(({ place, earshotKm }) => earshotKm + place.eastKm);
    const north = edge(({ place, earshotKm }) => earshotKm + place.northKm);
    this.#columns = masts.length === 0 ? 0 : Math.ceil((east - this.#west) / SQUARE_KM) + 1;
    this.#rows = masts.length === 0 ? 0 : Math.ceil((north - this.#south) / SQUARE_KM) + 1;
    this.#starts = new Int32Array(this.#columns * this.#rows + 1);
    for (const mast of masts) this.#eachSquare(mast, (square) => this.#starts[square + 1]!++);
    for (let s = 1; s < this.#starts.length; s++) this.#starts[s]! += this.#starts[s - 1]!;
    this.#masts = new Int32Array(this.#starts.at(-1) ?? 0);
    const next = this.#starts.slice();
    for (const [index, mast] of masts.entries()) {
      this.#eachSquare(mast, (square) => {
        this.#masts[next[square]!++] = index;
      });
    }
  }

  /** Indexes of the masts to be asked about at a place: `masts[from]` … `masts[to - 1]`. */
  at({ eastKm, northKm }: Point): { masts: Int32Array; from: number; to: number } {
    const column = Math.floor((eastKm - this.#west) / SQUARE_KM);
    const row = Math.floor((northKm - this.#south) / SQUARE_KM);
    if (column < 0 || row < 0 || column >= this.#columns || row >= this.#rows) return NOBODY;
    const square = row * this.#columns + column;
    return { masts: this.#masts, from: this.#starts[square]!, to: this.#starts[square + 1]! };
  }

  #eachSquare({ place, earshotKm }: Hearable, visit: (square: number) => void): void {
    const from = (km: number, edge: number) => Math.floor((km - earshotKm - edge) / SQUARE_KM);
    const to = (km: number, edge: number) => Math.floor((km + earshotKm - edge) / SQUARE_KM);
    for (let row = from(place.northKm, this.#south); row <= to(place.northKm, this.#south); row++) {
      const start = row * this.#columns;
      for (let column = from(place.eastKm, this.#west); column <= to(place.eastKm, this.#west); column++) {
        visit(start + column);
      }
    }
  }
}
