// One answer of the server as a page shows it: the newest that was asked for, or why there is none.

import { Failure } from './api.ts';

export class Fetched<T> {
  /** Kept while a newer one is on its way. */
  value = $state.raw<T | null>(null);
  failure = $state.raw<Failure | null>(null);
  loading = $state(false);
  #turn = 0;

  async load(ask: () => Promise<T>): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const value = await ask();
      if (turn !== this.#turn) return;
      this.value = value;
      this.failure = null;
    } catch (error) {
      if (turn === this.#turn) this.failure = error instanceof Failure ? error : new Failure(0, String(error));
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** Forgets what is shown, for it is of another. */
  clear(): void {
    this.#turn += 1;
    this.value = null;
    this.failure = null;
    this.loading = false;
  }
}
