// How far the rows of a series lie apart in time, as the running median of their steps: gaps and doubled times do not move it.

const FIRST_GUESS_MS = 300_000;
/** Smallest relative step of the median towards a new pace. */
const LEAST_STEP = 0.01;

export class Pace {
  periodMs = FIRST_GUESS_MS;
  private lastAt = Number.NaN;
  private steps = 0;

  /** Takes the time of a row in epoch milliseconds; times that stand still or go back tell nothing. */
  tick(at: number): void {
    const step = at - this.lastAt;
    this.lastAt = at;
    if (!(step > 0)) return;
    if (this.steps === 0) this.periodMs = step;
    this.steps++;
    this.periodMs *= Math.exp(Math.max(LEAST_STEP, 1 / this.steps) * Math.sign(step - this.periodMs));
  }
}
