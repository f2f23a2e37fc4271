// Which cells have something going on, so that one thing at a time happens to a cell and each can be told from the other.

import type { Happening } from './happening.ts';

type Span = Pick<Happening, 'cells' | 'from' | 'until'>;

export class Occupied {
  readonly #spans = new Map<number, [from: number, until: number][]>();

  /** `pauseMs` lies between one happening of a cell and the next. */
  constructor(readonly pauseMs: number) {}

  isFree({ cells, from, until }: Span): boolean {
    return cells.every((cell) =>
      (this.#spans.get(cell) ?? []).every(
        ([begin, end]) => until + this.pauseMs <= begin || from >= end + this.pauseMs,
      ),
    );
  }

  take({ cells, from, until }: Span): void {
    for (const cell of cells) {
      const spans = this.#spans.get(cell);
      if (spans) spans.push([from, until]);
      else this.#spans.set(cell, [[from, until]]);
    }
  }
}
