// What creeps: a KPI that gets a little worse each day is learned as usual along the way, so once a night its usual is held against that of weeks ago.

import type { Excuse } from '../../../model/detection.ts';
import { Moves } from './alike.ts';
import type { Cells } from './cells.ts';
import type { ColumnsState } from './columns.ts';
import { type Creep, sayCreeps } from './creep.ts';
import { CreepJudge } from './creep-judge.ts';
import { DEMAND, SIGNS } from './excuses.ts';
import type { Draft } from './finding-draft.ts';
import { harmOf } from './kpi-rule.ts';
import type { SeasonalProfile } from './profile.ts';
import { isAhead, type Run } from './run.ts';
import type { Series } from './series.ts';
import { Trail } from './trail.ts';

const HOUR_MS = 3_600_000;
/** Where more is carried than weeks ago, what follows from that is for whoever foretells congestion. */
const CARRIED = 'traffic_gb';
const BLOCKS = 'prb_util_pct';

/** Demand, congestion and equipment have forecasts of their own; of shares without attempts only the worst says anything. */
function isWatched({ rule }: Series): boolean {
  const { id } = rule.kpi;
  return rule.model !== 'bare-ratio' && harmOf(rule) !== 0 && id !== BLOCKS && !DEMAND.has(id) && !SIGNS.has(id);
}

export interface DriftState {
  night: number;
  creeps: Creep[];
  trails: { memory: number; columns: ColumnsState }[];
}

export class Drift {
  /** Local day of what was judged last; 0: none. */
  private night = 0;
  private readonly creeps = new Map<string, Creep>();
  private readonly trails = new Map<Series, Trail>();
  private readonly judge: CreepJudge;

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    private readonly memories: readonly Series[],
    noteExcused: (excuse: Excuse) => void,
  ) {
    this.judge = new CreepJudge(cells, profile, noteExcused);
  }

  get bytes(): number {
    return [...this.trails.values()].reduce((sum, { columns }) => sum + columns.bytes, 0);
  }

  /** `day` is the local day of what is judged next: with a new one, the usual of last night is held against that of weeks ago. */
  turnTo(day: number, run: Run): Draft[] {
    if (day <= this.night || isAhead(run)) return [];
    const nights = this.night === 0 ? 1 : day - this.night;
    this.night = day;
    const before = this.toldSlots();
    this.follow(run.at, nights);
    const slots = [...new Set([...before, ...this.toldSlots()])].sort((a, b) => a - b);
    const drafts = slots.flatMap((slot) => this.tell(slot, run.at, before.has(slot)) ?? []);
    for (const [key, { isOver }] of this.creeps) if (isOver) this.creeps.delete(key);
    return drafts;
  }

  /** One alert a cell: while a creep lasts, what is sudden comes and goes within it. */
  within(draft: Draft | undefined, slot: number): Draft | undefined {
    if (!draft || draft.phase === 'lasts' || !this.toldSlots().has(slot)) return draft;
    return draft.phase === 'begins' ? { ...draft, phase: 'lasts' } : this.draft(slot, 'lasts', draft.at);
  }

  /** The cell leaves, or starts anew: nothing has crept there any more. What that ends, where something was told. */
  forget(slot: number): Draft[] {
    const isTold = this.toldSlots().has(slot) && !this.isSudden(slot);
    const drafts = isTold ? [this.draft(slot, 'ends', this.cells.columns.fields.lastAt[slot]!)] : [];
    for (const [key, creep] of this.creeps) if (creep.slot === slot) this.creeps.delete(key);
    return drafts;
  }

  save(): { state: DriftState; parts: Uint8Array[] } {
    const saved = [...this.trails].map(([memory, { columns }]) => ({ memory, ...columns.save() }));
    const trails = saved.map(({ memory, state }) => ({ memory: this.memories.indexOf(memory), columns: state }));
    const state = { night: this.night, creeps: [...this.creeps.values()], trails };
    return { state, parts: saved.flatMap(({ parts }) => parts) };
  }

  load({ night, creeps, trails }: DriftState, read: (bytes: number) => Uint8Array): void {
    this.night = night;
    for (const creep of creeps) this.creeps.set(keyOf(creep), creep);
    for (const { memory, columns } of trails) this.trailOf(this.memories[memory]!).columns.load(columns, read);
  }

  private trailOf(memory: Series): Trail {
    const trail = this.trails.get(memory) ?? new Trail(memory, this.profile);
    this.trails.set(memory, trail);
    return trail;
  }

  private toldSlots(): Set<number> {
    const slots = new Set<number>();
    for (const { slot, isTold, isOver } of this.creeps.values()) if (isTold && !isOver) slots.add(slot);
    return slots;
  }

  private follow(at: number, nights: number): void {
    const carried = this.memories.find(({ rule }) => rule.kpi.id === CARRIED);
    const demand = carried && this.movesOf(carried, nights);
    for (const [index, memory] of this.memories.entries()) {
      if (!isWatched(memory)) continue;
      const moves = this.movesOf(memory, nights);
      for (const slot of moves.bySlot.keys()) this.followOne(index, moves, slot, at, demand);
      // A trail that starts anew says nothing of what crept before.
      for (const creep of this.creeps.values())
        if (creep.memory === index && !moves.bySlot.has(creep.slot)) creep.isOver = true;
    }
  }

  private movesOf(memory: Series, nights: number): Moves {
    const trail = this.trailOf(memory);
    trail.note(this.night, nights);
    return new Moves(trail, this.cells);
  }

  /** Begins, goes on or ends what creeps in one KPI of a cell; it is told once it was found on enough nights in a row. */
  private followOne(memory: number, moves: Moves, slot: number, at: number, demand: Moves | undefined): void {
    // Of a cell that says nothing it is not known how it goes on.
    if (this.isUnheard(slot, at)) return;
    const key = keyOf({ memory, slot });
    const known = this.creeps.get(key);
    const found = this.judge.creepOf(moves, slot, at, demand, known);
    const { driftNights, driftRelease } = this.profile;
    if (!found || found.strength < driftRelease) {
      if (known) known.isOver = true;
      return;
    }
    const nights = (known?.nights ?? 0) + 1;
    const isTold = known?.isTold || (nights >= driftNights && !this.isTroubled(slot));
    const since = known?.isTold ? known.since : Math.max(found.since, this.toldSince(slot));
    this.creeps.set(key, { ...found, memory, slot, since, nights, isTold, isOver: false });
  }

  private tell(slot: number, at: number, wasTold: boolean): Draft | undefined {
    // Something sudden leads while it lasts, and ends by itself.
    if (this.isSudden(slot) || this.isUnheard(slot, at)) return undefined;
    const isTold = this.toldSlots().has(slot);
    return this.draft(slot, !wasTold ? 'begins' : isTold ? 'lasts' : 'ends', at);
  }

  private toldOf(slot: number): Creep[] {
    return [...this.creeps.values()].filter((creep) => creep.slot === slot && creep.isTold);
  }

  /** When that of the cell which is told already began, else 0: what comes to it is told as no older. */
  private toldSince(slot: number): number {
    const told = this.toldOf(slot);
    return told.length > 0 ? Math.min(...told.map(({ since }) => since)) : 0;
  }

  private draft(slot: number, phase: Draft['phase'], at: number): Draft {
    const told = this.toldOf(slot);
    const creeps = told.some(({ isOver }) => !isOver) ? told.filter(({ isOver }) => !isOver) : told;
    const since = Math.min(...creeps.map((creep) => creep.since));
    const periodSeconds = this.cells.columns.fields.periodSeconds[slot]!;
    const cell = this.cells.names[slot]!;
    return { kind: 'anomaly', cell, phase, at, since, periodSeconds, ...sayCreeps(creeps, at, since) };
  }

  private isSudden(slot: number): boolean {
    return this.cells.columns.fields.anomalySince[slot]! > 0;
  }

  /** What is broken altogether is told of already. */
  private isTroubled(slot: number): boolean {
    const f = this.cells.columns.fields;
    return this.isSudden(slot) || f.faultSince[slot]! > 0 || f.silentSince[slot]! > 0;
  }

  private isUnheard(slot: number, at: number): boolean {
    return at - this.cells.columns.fields.lastAt[slot]! > this.profile.unheardHours * HOUR_MS;
  }
}

function keyOf({ memory, slot }: Pick<Creep, 'memory' | 'slot'>): string {
  return `${memory} ${slot}`;
}
