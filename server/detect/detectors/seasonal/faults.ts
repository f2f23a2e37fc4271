// Hard evidence: a cell that was down, or that nobody uses any more though it answers; and what excuses either.

import type { Cells } from './cells.ts';
import { type Draft, sayDown, sayOverslept, saySleeping } from './finding-draft.ts';
import type { SeasonalProfile } from './profile.ts';
import { ROW, type Run } from './run.ts';
import type { Hit, Series } from './series.ts';
import type { Overslept, Waking } from './waking.ts';

type Saying = Omit<Draft, 'kind' | 'cell' | 'phase' | 'at' | 'since' | 'periodSeconds'>;

export class Faults {
  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    /** The memory of users or traffic, once there is one. */
    private readonly levels: (kpi: string) => Series | undefined,
    private readonly waking: Waking,
  ) {}

  /** Judges row i of the run as a whole; sets it aside when its KPIs would say nothing about the usual. */
  assess(run: Run, i: number): Draft | undefined {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    const { lostShare, excused, overslept } = this.downtime(run, i);
    if (excused) {
      run.status[i] = ROW.setAside;
      f.sleepRun[slot] = 0;
      return overslept && this.bad(run, i, overslept.sinceMs, sayOverslept(overslept, this.profile));
    }
    if (lostShare >= this.profile.downShare) {
      run.status[i] = ROW.setAside;
      this.cells.noteOff(slot, run.at);
      return this.bad(run, i, run.at, sayDown(lostShare, f.periodSeconds[slot]!, this.profile));
    }
    const sleep = this.sleep(run, i);
    if (sleep || this.toldBad(run, i)) run.status[i] = ROW.setAside;
    if (sleep === undefined || sleep === 'yet') return this.good(run, i, !Number.isNaN(lostShare));
    return this.bad(run, i, f.sleepSince[slot]!, sleep);
  }

  /** The share of the period lost to a fault (NaN: not told), and whether planned works or energy saving excuse the period. */
  private downtime(run: Run, i: number): { lostShare: number; excused: boolean; overslept?: Overslept } {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    const row = run.rows[i]!;
    const seconds = run.batch.periodSeconds[row]!;
    if (run.at > f.downtimeAt[slot]!) {
      const { planned, saving, fault, availability } = run.whole;
      const plannedSeconds = orZero(planned[row]);
      const toldSaving = saving[row] ?? Number.NaN;
      const savingSeconds = orZero(toldSaving);
      const excusedSeconds = plannedSeconds + savingSeconds;
      const told = fault[row] ?? Number.NaN;
      const unexplained = (1 - (availability[row] ?? Number.NaN) / 100) * seconds - excusedSeconds;
      const lostShare = larger(told, unexplained) / seconds;
      if (!Number.isNaN(lostShare)) f.downtimeAt[slot] = run.at;
      const byFault = lostShare >= this.profile.downShare;
      if (excusedSeconds >= this.profile.excusedShare * seconds && !byFault) f.excusedAt[slot] = run.at;
      if (plannedSeconds >= this.profile.excusedShare * seconds) this.cells.noteOff(slot, run.at);
      // Another part of the reading may yet say that the cell sleeps.
      const isTold = !(Number.isNaN(lostShare) && Number.isNaN(toldSaving));
      const overslept = isTold ? this.sleepiness(slot, run.at, seconds, savingSeconds) : undefined;
      return { lostShare, excused: f.excusedAt[slot] === run.at, overslept };
    }
    return { lostShare: Number.NaN, excused: f.excusedAt[slot] === run.at };
  }

  private sleepiness(slot: number, at: number, seconds: number, savingSeconds: number): Overslept | undefined {
    if (savingSeconds >= seconds / 2) return this.waking.slept(slot, at, seconds);
    this.waking.awake(slot, at, seconds);
    return undefined;
  }

  /** Undefined: awake or not known. `yet`: no users, but not for long enough. */
  private sleep(run: Run, i: number): Saying | 'yet' | undefined {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    const users = run.whole.users[run.rows[i]!] ?? Number.NaN;
    if (Number.isNaN(users) || run.at <= f.usersAt[slot]!) return undefined;
    f.usersAt[slot] = run.at;
    const missed = users <= this.profile.sleepingUsers && !this.hasTraffic(run, i) && this.missedUsers(run, i, users);
    if (!missed) {
      f.sleepRun[slot] = 0;
      return undefined;
    }
    if (f.sleepRun[slot] === 0) f.sleepSince[slot] = run.at;
    if (f.sleepRun[slot]! < 255) f.sleepRun[slot]!++;
    this.cells.noteOff(slot, run.at);
    if (f.sleepRun[slot]! < this.profile.sleepingPeriods) return 'yet';
    return saySleeping(missed, f.sleepRun[slot]!, f.sleepSince[slot]!, this.profile);
  }

  /** The missing users as a hit, when clearly more are usual at this hour. */
  private missedUsers(run: Run, i: number, users: number): Hit | undefined {
    const hit = this.compare(run, i, 'active_users', users);
    return hit && hit.strength >= 1 && hit.mid >= this.profile.sleepingUsualUsers ? hit : undefined;
  }

  /** Secondary carriers carry traffic without users of their own: they are not asleep. */
  private hasTraffic(run: Run, i: number): boolean {
    const traffic = run.whole.traffic[run.rows[i]!] ?? Number.NaN;
    if (!(traffic > 0)) return false;
    const hit = this.compare(run, i, 'traffic_gb', traffic);
    return !hit || traffic > this.profile.sleepingTrafficShare * hit.mid;
  }

  private compare(run: Run, i: number, kpi: string, value: number): Hit | undefined {
    const memory = this.levels(kpi);
    const series = memory?.knownSeries(run.slots[i]!) ?? -1;
    if (!memory || series < 0) return undefined;
    return memory.compare(series, run.bins[i]!, run.paces[i]!, value, run.rows[i]!);
  }

  /** Whether another part of this reading already said that the cell is in trouble. */
  private toldBad(run: Run, i: number): boolean {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    const asleep = f.sleepRun[slot]! > 0 && f.usersAt[slot] === run.at;
    return asleep || (f.faultSince[slot]! > 0 && f.faultTold[slot] === run.at);
  }

  private bad(run: Run, i: number, since: number, saying: Saying): Draft | undefined {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    f.faultGood[slot] = 0;
    if (f.faultTold[slot] === run.at) return undefined;
    const begins = f.faultSince[slot] === 0;
    if (begins) f.faultSince[slot] = since;
    f.faultTold[slot] = run.at;
    return this.draft(run, slot, begins ? 'begins' : 'lasts', f.faultSince[slot]!, saying);
  }

  /** A period that speaks for the cell: enough of them end the fault. */
  private good(run: Run, i: number, toldUp: boolean): Draft | undefined {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    const inUse = f.usersAt[slot] === run.at;
    if (f.faultSince[slot] === 0 || f.sleepRun[slot]! > 0 || !(toldUp || inUse)) return undefined;
    if (f.faultGoodAt[slot] === run.at || f.faultTold[slot] === run.at) return undefined;
    f.faultGoodAt[slot] = run.at;
    f.faultGood[slot]!++;
    if (f.faultGood[slot]! < this.profile.faultClearPeriods) return undefined;
    const since = f.faultSince[slot]!;
    f.faultSince[slot] = 0;
    f.faultGood[slot] = 0;
    return this.draft(run, slot, 'ends', since, sayDown(0, f.periodSeconds[slot]!, this.profile));
  }

  private draft(run: Run, slot: number, phase: Draft['phase'], since: number, saying: Saying): Draft {
    const periodSeconds = this.cells.columns.fields.periodSeconds[slot]!;
    const cell = this.cells.names[slot]!;
    return { kind: 'fault', cell, phase, at: run.at, since, periodSeconds, ...saying };
  }
}

function orZero(value = Number.NaN): number {
  return Number.isNaN(value) ? 0 : value;
}

/** The larger of two, of which either may be NaN. */
function larger(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.max(a, b);
}
