// Whether the usual of a KPI has crept the way that hurts: by more than means nothing, than cells alike do, and than chance makes of it.

import type { Excuse } from '../../../model/detection.ts';
import { type AlikeMove, LEAST_OTHERS, type Moves } from './alike.ts';
import type { Cells } from './cells.ts';
import { type Creep, courseOf } from './creep.ts';
import { FULL_DRIVEN, LOAD_DRIVEN } from './excuses.ts';
import { fromScale, harmOf, periodFactor } from './kpi-rule.ts';
import type { SeasonalProfile } from './profile.ts';
import type { Trail } from './trail.ts';

const HOUR_MS = 3_600_000;
const HOURS_PER_DAY = 24;
/** Nobody is there to compare with, and a season looks the same: it must have crept so many times as far. *Default.* */
const ALONE = 2;
/** The usual rests on values of so many times the memory of its drift. */
const MEMORIES_BEHIND = 2;
/** By so much of that memory the usual bends later than the values. */
const LAG = 0.5;

export type Found = Omit<Creep, 'memory' | 'slot' | 'nights' | 'isTold' | 'isOver'>;

export class CreepJudge {
  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    private readonly noteExcused: (excuse: Excuse) => void,
  ) {}

  /**
   * What is to be said of one KPI of a cell; undefined: nothing is near. What is `known` already is followed until it is well, and
   * not excused any more once it was told.
   */
  creepOf(moves: Moves, slot: number, at: number, demand: Moves | undefined, known?: Creep): Found | undefined {
    const { memory } = moves.trail;
    const series = memory.knownSeries(slot);
    const change = moves.bySlot.get(slot)!;
    const least = moves.trail.leastStep(moves.trail.reference(series));
    const isHeard = at - memory.columns.fields.lastAt[series]! <= this.profile.unheardHours * HOUR_MS;
    if (!isHeard || (change < least && !known)) return undefined;
    const { alone, ...found } = this.measure(moves, slot, least, at);
    if (known?.isTold) return found;
    if (found.strength < 1) {
      if (alone >= 1) this.noteExcused('peers');
      return undefined;
    }
    const excuse = this.excuseOf(moves, slot, demand);
    if (excuse === undefined) return found;
    this.noteExcused(excuse);
    return undefined;
  }

  private measure(moves: Moves, slot: number, least: number, at: number): Found & { alone: number } {
    const { trail } = moves;
    const { rule } = trail.memory;
    const series = trail.memory.knownSeries(slot);
    const change = moves.bySlot.get(slot)!;
    const move = moves.alikeTo(slot);
    const common = Math.max(0, move.common);
    const { daysAgo, unrest } = courseOf(trail.nights(series));
    const line = Math.max(this.lineOf(least, unrest, move), this.chanceOf(moves, slot));
    return {
      ...{ kpi: rule.kpi.id, alike: move.cells },
      ...{ strength: (change - common) / line, alone: change / line },
      since: at - (daysAgo * HOURS_PER_DAY + LAG * this.profile.driftMemoryHours) * HOUR_MS,
      ...this.figuresOf(trail, slot, harmOf(rule) * common, harmOf(rule) * line),
    };
  }

  /** How far it must have moved on the scale worked on, by what cells alike do and by its own unrest. */
  private lineOf(least: number, unrest: number, { scatter, cells }: AlikeMove): number {
    const meant = cells < LEAST_OTHERS ? ALONE * least : least;
    return Math.max(meant, this.profile.driftSigmas * Math.max(unrest, scatter));
  }

  /** What chance makes of a share over as many attempts as the usual rests on, and of fewer failures than mean anything. */
  private chanceOf({ trail }: Moves, slot: number): number {
    const { memory } = trail;
    if (memory.rule.model !== 'ratio') return 0;
    const series = memory.knownSeries(slot);
    const { ratioSigmas, leastExcessEvents, driftMemoryHours } = this.profile;
    const usual = Math.max(1, memory.columns.fields.attempts[series]!);
    const perHour = (usual * 3600) / this.cells.columns.fields.periodSeconds[slot]!;
    const share = Math.min(100, Math.max(0, trail.now(series)));
    const sd = Math.sqrt((share * (100 - share)) / (perHour * MEMORIES_BEHIND * driftMemoryHours));
    return Math.max(ratioSigmas * sd, (100 * leastExcessEvents) / (perHour * HOURS_PER_DAY));
  }

  /** More is carried than weeks ago, by the cell or by one nearby that disturbs it, and the KPI gets worse by that. */
  private excuseOf({ trail }: Moves, slot: number, demand: Moves | undefined): Excuse | undefined {
    const { id } = trail.memory.rule.kpi;
    const { driftLeastShare, driftSigmas } = this.profile;
    if (!demand || !(LOAD_DRIVEN.has(id) || FULL_DRIVEN.has(id))) return undefined;
    if (demand.hasGrown(slot, driftLeastShare, driftSigmas)) return 'crowd';
    if (!LOAD_DRIVEN.has(id)) return undefined;
    for (const other of this.cells.places.near(slot))
      if (demand.hasGrown(other, driftLeastShare, driftSigmas)) return 'neighbour';
    return undefined;
  }

  /** In the unit of the KPI, by sums of the cell's own periods. */
  private figuresOf(trail: Trail, slot: number, common: number, line: number) {
    const { memory } = trail;
    const { rule } = memory;
    const series = memory.knownSeries(slot);
    const factor = periodFactor(rule, this.cells.columns.fields.periodSeconds[slot]!);
    const told = (x: number) => fromScale(rule, x) / factor;
    const reference = trail.reference(series);
    const middle = reference + common;
    const ends = [told(middle - line), told(middle + line)];
    return {
      ...{ reference: told(reference), expected: told(middle), observed: told(trail.now(series)) },
      ...{ low: Math.min(...ends), high: Math.max(...ends) },
      clearsAt: told(middle + this.profile.driftRelease * line),
      attempts: rule.model === 'ratio' ? memory.columns.fields.attempts[series]! : null,
    };
  }
}
