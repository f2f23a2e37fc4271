// A gate: many pass side by side, but whoever needs to be alone waits for those who are inside, and the others wait for them.

export class Gate {
  private readonly inside = new Set<Promise<unknown>>();
  /** Settles when whoever is alone is done. */
  private closed: Promise<void> | undefined;

  async pass<T>(work: () => Promise<T>): Promise<T> {
    while (this.closed) await this.closed;
    const mine = work();
    this.inside.add(mine);
    try {
      return await mine;
    } finally {
      this.inside.delete(mine);
    }
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.closed) await this.closed;
    let open = () => {};
    this.closed = new Promise((resolve) => {
      open = resolve;
    });
    try {
      await Promise.allSettled([...this.inside]);
      return await work();
    } finally {
      this.closed = undefined;
      open();
    }
  }
}
