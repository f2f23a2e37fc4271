// What a cell usually gives at this hour, by its last two weeks, and what it gives now.

import { HOUR_MS, type LocalTime } from '../maths/local-time.ts';
import { type CellHours, HOURS } from './cell-hours.ts';
import type { CellScores } from './impact.ts';

/** Days before today that are looked at; a good half of them outlives a trouble of days. *Default.* */
const DAYS_BACK = 14;

export class UsualHours implements CellScores {
  /** Of one day and hour: what was before today does not change much within it. */
  private readonly known = new Map<string, number | null>();
  private knownFor = -1;

  constructor(
    private readonly hours: CellHours,
    private readonly time: LocalTime,
  ) {}

  /** The network's local hour at the newest data, 0…23; a period that ends on the hour is of the hour before. */
  localHour(): number {
    return this.hourNumber() % HOURS;
  }

  /** Middle of the same hour over the days before. */
  usual(cell: string): number | null {
    if (this.knownFor !== this.hourNumber()) {
      this.known.clear();
      this.knownFor = this.hourNumber();
    }
    let usual = this.known.get(cell);
    if (usual === undefined) {
      usual = this.middle(cell);
      this.known.set(cell, usual);
    }
    return usual;
  }

  /** Of the hour that the newest data is in. */
  present(cell: string): number | null {
    const number = this.hours.cells.find(cell);
    return number === undefined ? null : this.hours.score(this.hours.today, number, this.localHour());
  }

  private middle(cell: string): number | null {
    const number = this.hours.cells.find(cell);
    if (number === undefined) return null;
    const [{ today }, hour] = [this.hours, this.localHour()];
    const scores = Array.from({ length: DAYS_BACK }, (_, i) => this.hours.score(today - 1 - i, number, hour))
      .filter((score) => score !== null)
      .sort((a, b) => a - b);
    return scores[Math.floor(scores.length / 2)] ?? null;
  }

  /** The same since 1970. */
  hourNumber(): number {
    return Math.floor(this.time.local(this.hours.newestAt - 1) / HOUR_MS);
  }
}
