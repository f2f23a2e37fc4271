// Whether one more alert can be taken: a full book refuses, counts what it refuses, and says so once.

import type { Book } from './book.ts';

export class Admission {
  /** So many were refused. */
  refused = 0;
  private wasFull = false;

  constructor(
    private readonly book: Pick<Book, 'isFull'>,
    private readonly maximumActive: number,
    private readonly log: (line: string) => void,
  ) {}

  /** Asked before an alert is raised; true: it cannot be. */
  isRefused(): boolean {
    const { isFull } = this.book;
    if (isFull) this.refused += 1;
    if (isFull && !this.wasFull) this.log(`alerts: ${this.maximumActive} are active, further ones are refused`);
    this.wasFull = isFull;
    return isFull;
  }
}
