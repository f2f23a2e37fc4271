// One at a time: work begins when what was given before it is done.

export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the work does; a failure does not hold up what follows. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
