// How long a cell is waited for: two periods where it has long been punctual, else three, or its own habit of being late.

import type { Cells } from './cells.ts';
import { countSites } from './collector.ts';
import type { SeasonalProfile } from './profile.ts';

/** A habit of one period and a tenth still is that of a punctual cell. */
const NEARLY = 0.1;

export class Patience {
  /** Cells of the run under way that come again after readings were left out, and by how many periods. */
  private readonly lapses = new Map<number, number>();

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
  ) {}

  /** Periods that the clock of its source may be past the newest reading of a cell. */
  periodsFor(slot: number): number {
    const { punctualSilentPeriods, silentPeriods, latestHabitPeriods } = this.profile;
    const own = Math.min(latestHabitPeriods, Math.ceil(this.cells.columns.fields.habit[slot]! + 1 - NEARLY));
    return own <= punctualSilentPeriods ? punctualSilentPeriods : Math.max(silentPeriods, own);
  }

  /**
   * A newer reading of a cell comes while the clock of its source is at `clock`. A lapse is remembered at once and fades
   * with what follows; silence that was told, or excused, was no lapse, but coming late after it is.
   */
  note(slot: number, at: number, clock: number): void {
    const f = this.cells.columns.fields;
    const periodMs = f.periodSeconds[slot]! * 1000;
    const { silentPeriods, habitReadings, latestHabitPeriods } = this.profile;
    if (f.heard[slot] === 0) {
      f.habit[slot] = silentPeriods - 1;
      return;
    }
    const wasAway = f.silentSince[slot]! > 0 || f.excusedAt[slot] === f.lastAt[slot];
    const since = wasAway ? at - periodMs : f.lastAt[slot]!;
    // Days without a word are no longer a habit than the longest that is believed.
    const ahead = Math.min(latestHabitPeriods, (Math.max(at, clock) - since) / periodMs);
    const habit = f.habit[slot]!;
    if (ahead <= habit) f.habit[slot] = habit + (ahead - habit) / habitReadings;
    else if (at < clock) f.habit[slot] = ahead;
    else this.lapses.set(slot, ahead);
  }

  /** All rows of a run were noted. Readings that many sites lack together are a lapse of whoever collects them, not a habit of theirs. */
  endRun(): void {
    if (this.lapses.size === 0) return;
    const { habit } = this.cells.columns.fields;
    const isShared = countSites(this.cells, [...this.lapses.keys()]) >= this.profile.sharedGapSites;
    if (!isShared) for (const [slot, ahead] of this.lapses) habit[slot] = ahead;
    this.lapses.clear();
  }
}
