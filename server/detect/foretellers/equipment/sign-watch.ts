// Watches what has no level that leads to a limit: sites on battery, clocks without their reference, units that restart.

import type { ReadingBatch } from '../../../model/reading.ts';
import { CUT_OFF_V, usedPart } from '../first-passage/battery.ts';
import { addPoint, newCourse } from '../first-passage/course-book.ts';
import { MOST_SIGNS, SIGN_RULES, type SignMode } from '../hazard/signs.ts';
import { columnOf } from './batch-view.ts';
import { type CabinetState, Cabinets } from './cabinet.ts';
import type { Case } from './case.ts';
import type { CaseBook } from './case-book.ts';
import { judgeBattery, judgeSigns } from './judge.ts';
import type { Places } from './places.ts';
import { isBroken, looksLikeRestart } from './restarts.ts';
import type { Quoted, Teller } from './teller.ts';

const HOUR_MS = 3_600_000;
/** At this age of a lost reference, and at so many restarts, the case is as good as decided. */
const CLOCK_DECIDED_HOURS = 8;
const RESTARTS_DECIDED = 10;
/** Off the air for so long is no restart. *Default.* */
const BROKEN_MS = HOUR_MS;
const UNHEARD_PERIODS = 2.5;
const BATTERY_QUOTED = { kpi: 'supply_voltage_v', usual: null, limit: CUT_OFF_V };

export interface SignReader {
  read(row: number, at: number, periodMs: number): void;
}

export class SignWatch {
  private readonly cabinets = new Cabinets();

  constructor(
    private readonly book: CaseBook,
    private readonly places: Places,
    private readonly teller: Teller,
  ) {}

  reader(batch: ReadingBatch): SignReader {
    const column = (name: string) => {
      const values = columnOf(batch, name);
      return (row: number) => values?.[row] ?? Number.NaN;
    };
    const [mains, volts, sync] = [column('mains_on'), column('supply_voltage_v'), column('sync_ok')];
    const [dropPct, releases] = [column('drop_rate_pct'), column('session_releases')];
    const [setupPct, setups] = [column('setup_success_pct'), column('setup_attempts')];
    return {
      read: (row, at, periodMs) => {
        const cell = batch.cells[batch.cell[row]!]!;
        if (mains(row) < 0.5 || sync(row) < 0.5 || this.book.size > 0) {
          const { id } = this.places.siteOf(cell);
          const isAmiss =
            mains(row) < 0.5 || sync(row) < 0.5 || this.book.get('battery', id) || this.book.get('clock', id);
          if (isAmiss) this.cabinets.add(cell, id, periodMs, { mains: mains(row), volts: volts(row), sync: sync(row) });
        }
        if (!(dropPct(row) > 0)) return;
        const attempts = {
          dropPct: dropPct(row),
          releases: releases(row),
          setupPct: setupPct(row),
          setups: setups(row),
        };
        if (looksLikeRestart(attempts)) this.restarted(cell, at, periodMs);
      },
    };
  }

  /** All readings of a moment are in. */
  close(at: number): void {
    for (const state of this.cabinets.states()) {
      this.battery(state, at);
      this.clock(state, at);
    }
    this.rest(at);
  }

  private battery({ cell, site, periodMs, isOnMains, volts }: CabinetState, at: number): void {
    const known = this.book.get('battery', site);
    if (isOnMains === undefined) return;
    if (known && isOnMains) {
      // Unheard in between: the battery was empty before mains was back.
      if (at - known.lastAt > UNHEARD_PERIODS * periodMs) this.teller.came(known, known.lastAt + periodMs);
      this.teller.over(known, at, { ...BATTERY_QUOTED, observed: volts ?? null }, true);
    }
    if (isOnMains) return;
    const used = volts === undefined ? undefined : usedPart(volts);
    if (used === undefined) return;
    const one = known ?? this.book.open('battery', this.places.siteOf(cell), at - periodMs);
    if (!one) return;
    one.course ??= newCourse(one.since);
    addPoint(one.course, at - periodMs / 2, used);
    one.lastAt = at;
    one.most = Math.max(one.most, Math.min(used, one.course.x.at(-2) ?? 0));
    const judged = judgeBattery(one.course, at, this.book.model('battery').parameters);
    this.teller.consider(one, judged, at, { ...BATTERY_QUOTED, observed: volts! }, used);
  }

  private clock({ cell, site, isInStep }: CabinetState, at: number): void {
    const known = this.book.get('clock', site);
    if (isInStep === undefined) return;
    if (known && isInStep) this.teller.over(known, at, quotedOf('clock'), true);
    if (isInStep) return;
    const one = known ?? this.book.open('clock', this.places.siteOf(cell), at);
    if (!one) return;
    one.lastAt = at;
    this.judge(one, 'clock', at, (at - one.since) / HOUR_MS / CLOCK_DECIDED_HOURS);
  }

  private restarted(cell: string, at: number, periodMs: number): void {
    const one = this.book.get('hardware', cell) ?? this.book.open('hardware', { scope: 'cell', id: cell }, at);
    if (!one || one.lastAt > at) return;
    // What goes on from one period to the next is no restart.
    const goesOn = one.times.length > 0 && at - one.lastAt <= periodMs;
    one.lastAt = at;
    if (goesOn) return;
    one.times = [...one.times, at].slice(-MOST_SIGNS);
    if (isBroken(one.times)) this.teller.came(one, at);
    else if (one.times.length >= SIGN_RULES.hardware.leastSigns)
      this.judge(one, 'hardware', at, one.times.length / RESTARTS_DECIDED);
  }

  private judge(one: Case, mode: SignMode, at: number, nearness: number): void {
    const rule = SIGN_RULES[mode];
    const leadHours = this.book.leadHours(mode, rule.leadHours);
    const judged = judgeSigns({ ...one, mode }, at, { ...rule, leadHours }, this.book.model(mode).parameters);
    this.teller.consider(one, judged, at, quotedOf(mode), nearness);
  }

  /** Units that have come to rest. */
  private rest(at: number): void {
    const { restsAfterMs } = SIGN_RULES.hardware;
    for (const one of this.book.all()) {
      if (one.downSince !== undefined && at - one.downSince >= BROKEN_MS) this.teller.came(one, one.downSince);
      if (one.mode === 'hardware' && at - one.lastAt > restsAfterMs)
        this.teller.over(one, at, quotedOf('hardware'), true);
    }
  }
}

function quotedOf(mode: SignMode): Quoted {
  return { kpi: SIGN_RULES[mode].kpi, observed: null, usual: null, limit: null };
}
