// What alerts say about the health of each cell, and who is told when that changes.

import type { Health } from '../model/health.ts';
import type { Book } from './book.ts';
import { healthFrom } from './health.ts';

export class HealthBook {
  private readonly health = new Map<string, Health>();

  constructor(
    private readonly book: Pick<Book, 'ofCell'>,
    private readonly isPlanned: (cell: string) => boolean,
    private readonly changed: ((cell: string, health: Health | undefined) => void) | undefined,
  ) {}

  /** Undefined: alerts say nothing of it. */
  of(cell: string): Health | undefined {
    return this.health.get(cell);
  }

  /** Looks at these cells again. */
  note(cells: readonly string[]): void {
    for (const cell of new Set(cells)) this.noteOne(cell);
  }

  private noteOne(cell: string): void {
    const health = healthFrom(cell, this.book.ofCell(cell), this.isPlanned(cell));
    if (health === this.health.get(cell)) return;
    if (health === undefined) this.health.delete(cell);
    else this.health.set(cell, health);
    this.changed?.(cell, health);
  }
}
