// Foretells when cells will be full in their busy hours, and says which are: one course of growth a cell, judged when its day is over.

import type { CalendarDay } from '../../model/calendar.ts';
import type { CapacityCourse, CapacityOutlook, CapacityPage, CapacityQuery } from '../../model/capacity.ts';
import type { Cell } from '../../model/cell.ts';
import type { Finding } from '../../model/finding.ts';
import type { ConfirmedCause } from '../../model/learning.ts';
import type { ReadingBatch } from '../../model/reading.ts';
import type { ColumnsState } from '../detectors/seasonal/columns.ts';
import { readMemory, writeMemory } from '../detectors/seasonal/memory-bytes.ts';
import type { Forecast, Foreteller, ForetellSize, Heard } from '../foreteller.ts';
import { BusyDays } from './congestion/busy-days.ts';
import { CAPACITY_PROFILE, type CapacityProfile } from './congestion/capacity-profile.ts';
import { CROWDED, Judge } from './congestion/judge.ts';
import { LivedDays } from './congestion/lived-days.ts';
import { Neighbours } from './congestion/neighbours.ts';
import { Outlooks } from './congestion/outlooks.ts';
import { type Brief, pageOf } from './congestion/page.ts';
import { TrackRecord, type TrackState } from './congestion/track-record.ts';

export const CONGESTION_VERSION = 'congestion@2';

export interface CongestionOptions {
  /** IANA zone of local hours and days. */
  zone: string;
  /** What `save` gave; absent to start empty. Throws a RangeError when it is damaged. */
  memory?: Uint8Array | undefined;
  profile?: CapacityProfile;
}

const KPIS = [
  'prb_util_pct',
  'active_users',
  'traffic_gb',
  'dl_throughput_mbps',
  'setup_attempts',
  'availability_pct',
  'saving_s',
] as const;

/** A batch's column of each KPI that is read here; undefined where it has none. */
type Read = Record<(typeof KPIS)[number], Float64Array | undefined>;

interface Saved {
  version: string;
  names: (string | null)[];
  days: ColumnsState;
  calendar: CalendarDay[];
  cells: Cell[];
  /** Absent in a memory of before it was kept. */
  record?: TrackState;
}

export class CongestionForeteller implements Foreteller {
  readonly version = CONGESTION_VERSION;
  readonly kpis = KPIS;
  private readonly memory = new BusyDays();
  private readonly neighbours = new Neighbours();
  private readonly record = new TrackRecord();
  private readonly days: LivedDays;
  private readonly outlooks: Outlooks;
  private readonly judge: Judge;
  private names: (string | null)[] = [];
  private readonly slots = new Map<string, number>();

  constructor({ zone, memory, profile = CAPACITY_PROFILE }: CongestionOptions) {
    this.days = new LivedDays(zone);
    const slots = { of: (cell: string) => this.slots.get(cell), nameOf: (slot: number) => this.names[slot]! };
    const { memory: kept, days, neighbours, record } = this;
    this.outlooks = new Outlooks({ memory: kept, slots, days, neighbours, profile, record });
    this.judge = new Judge(kept, profile, record, this.version);
    if (memory) this.load(memory);
  }

  know(cells: readonly Cell[]): void {
    this.neighbours.know(cells);
  }

  observe(batch: ReadingBatch): Finding[] {
    const read = Object.fromEntries(batch.kpis.map(({ name, values }) => [name, values])) as Read;
    const slots = batch.cells.map((cell) => this.slotFor(cell));
    const findings: Finding[] = [];
    for (let row = 0; row < batch.rows; row++) {
      if (batch.suspect[row] === 1 || batch.late?.[row] === 1) continue;
      this.take(slots[batch.cell[row]!]!, batch, row, read, findings);
    }
    return findings;
  }

  hear(heard: Heard): void {
    if (heard.what === 'calendar') this.days.change(heard.days, heard.mode);
    if (heard.what === 'causes') for (const cause of heard.causes) this.passOver(cause);
    if (heard.what !== 'findings') return;
    for (const { kind, subject, phase } of heard.findings) {
      const slot = kind === 'anomaly' ? this.slots.get(subject.id) : undefined;
      if (slot !== undefined) this.memory.fields.otherOpen[slot] = phase === 'ends' ? 0 : 1;
    }
  }

  forget(cells: readonly string[]): Finding[] {
    const ended = this.endAll(cells);
    for (const cell of cells) {
      this.neighbours.forget(cell);
      const slot = this.slots.get(cell);
      if (slot === undefined) continue;
      this.slots.delete(cell);
      this.names[slot] = null;
      this.memory.columns.remove(slot);
    }
    return ended;
  }

  rename(names: ReadonlyMap<string, string>): void {
    this.forget([...names.values()].filter((name) => !names.has(name)));
    const moving = [...names].flatMap(([from, to]) => {
      const slot = this.slots.get(from);
      return slot === undefined ? [] : [{ from, to, slot }];
    });
    for (const { from } of moving) this.slots.delete(from);
    for (const { to, slot } of moving) {
      this.slots.set(to, slot);
      this.names[slot] = to;
    }
    this.neighbours.rename(names);
  }

  relearn(cells: readonly (readonly [cell: string, from: number])[]): Finding[] {
    const ended = this.endAll(cells.map(([cell]) => cell));
    for (const [cell] of cells) {
      const slot = this.slots.get(cell);
      if (slot !== undefined) this.memory.restart(slot);
    }
    return ended;
  }

  /** Radio blocks in the busy hour of the day of each moment. */
  forecast(cell: string, kpi: string, ats: readonly number[]): (Forecast | null)[] {
    const slot = kpi === 'prb_util_pct' ? this.slots.get(cell) : undefined;
    return ats.map((at) => {
      const blocks = slot === undefined ? null : this.outlooks.blocksAt(slot, at);
      return blocks && { at, ...blocks };
    });
  }

  capacity(cells: readonly string[] = [...this.slots.keys()]): CapacityOutlook[] {
    const slots = cells.map((cell) => this.slots.get(cell)).filter((slot) => slot !== undefined);
    return slots.filter((slot) => this.hasDays(slot)).map((slot) => this.outlooks.outlookOf(slot));
  }

  capacityPage(query: CapacityQuery): CapacityPage {
    const briefs: Brief[] = [];
    const days = this.memory.daysKnown();
    for (const [cell, slot] of this.slots) {
      if (!this.hasDays(slot)) continue;
      briefs.push({ cell, area: this.areaOf(slot), days: days[slot]!, ...this.outlooks.briefOf(slot) });
    }
    return pageOf(briefs, query, (cell) => this.outlooks.outlookOf(this.slots.get(cell)!));
  }

  capacityCourse(cell: string): CapacityCourse | null {
    const slot = this.slots.get(cell);
    return slot === undefined || !this.hasDays(slot) ? null : this.outlooks.courseOf(slot);
  }

  save(): Uint8Array {
    const { state, parts } = this.memory.columns.save();
    const { version, names, neighbours, record } = this;
    const saved: Saved = {
      ...{ version, names, days: state, calendar: [...this.days.calendar], cells: neighbours.list() },
      record: record.state,
    };
    return writeMemory(saved, parts);
  }

  size(): ForetellSize {
    return { series: this.memory.columns.live, bytes: this.memory.columns.bytes };
  }

  private load(bytes: Uint8Array): void {
    const { header, read } = readMemory(bytes);
    const saved = header as Saved;
    if (saved.version !== this.version) throw new RangeError(`a memory of ${saved.version}, not of ${this.version}`);
    this.memory.columns.load(saved.days, read, saved.record ? [] : ['saidShipped']);
    if (saved.record) this.record.state = saved.record;
    this.names = [...saved.names];
    this.names.forEach((name, slot) => {
      if (name !== null) this.slots.set(name, slot);
    });
    this.know(saved.cells);
    this.days.change(saved.calendar, 'full');
  }

  /** What people found full and acted on may not come for that very reason: it is no evidence of what was said. */
  private passOver({ mode, subjects }: ConfirmedCause): void {
    if (mode !== 'congestion') return;
    for (const cell of subjects) {
      const slot = this.slots.get(cell);
      if (slot !== undefined) this.memory.fields.saidShipped[slot] = 0;
    }
  }

  private slotFor(cell: string): number {
    const known = this.slots.get(cell);
    if (known !== undefined) return known;
    const slot = this.memory.columns.add();
    this.slots.set(cell, slot);
    this.names[slot] = cell;
    return slot;
  }

  private hasDays(slot: number): boolean {
    return this.memory.fields.todayEnd[slot]! > 0;
  }

  /** Once a reading: makes no object. What is found when a day is over is added to `findings`. */
  private take(slot: number, batch: ReadingBatch, row: number, read: Read, findings: Finding[]): void {
    const f = this.memory.fields;
    const periodSeconds = batch.periodSeconds[row]!;
    // The middle of a period says which hour and day it belongs to.
    const middle = batch.at[row]! - periodSeconds * 500;
    const day = this.days.numberOf(middle);
    const today = f.today[slot]! - 1;
    if (day < today) return;
    if (today >= 0 && day > today) findings.push(...this.closeDay(slot, day));
    // Of a cell that tells both finer and coarser values, those that come first on a day count.
    if (day > today) f.periodSeconds[slot] = periodSeconds;
    f.today[slot] = day + 1;
    const isOff = valueIn(read.availability_pct, row) < 99 || valueIn(read.saving_s, row) > 0;
    if (isOff || f.periodSeconds[slot] !== periodSeconds) return;
    this.memory.add(slot, {
      hour: this.days.hourOf(middle),
      users: valueIn(read.active_users, row),
      blocksPct: valueIn(read.prb_util_pct, row),
      gb: valueIn(read.traffic_gb, row),
      speedMbps: valueIn(read.dl_throughput_mbps, row),
      sessions: valueIn(read.setup_attempts, row),
    });
  }

  /** Judges a cell by the day that is over. */
  private closeDay(slot: number, next: number): Finding[] {
    const f = this.memory.fields;
    const day = f.today[slot]! - 1;
    f.todayEnd[slot] = this.days.endOf(next - 1);
    const area = this.areaOf(slot);
    const counts = this.days.isOrdinary(day, area);
    this.memory.close(slot, next, { counts, isWorkday: this.days.isWorkday(day, area) });
    f.today[slot] = next + 1;
    this.outlooks.follow(slot);
    const crowd = this.judge.crowd(slot, this.outlooks.outlookOf(slot), this.fullDays(slot));
    return [...crowd, ...this.judge.forecast(slot, this.outlooks.outlookOf(slot))];
  }

  /** ENDs of those of the last workdays on which the cell was full in its busy hours, oldest first. */
  private fullDays(slot: number): number[] {
    const fill = this.outlooks.fillOf(slot);
    if (!fill) return [];
    const last = this.memory.fields.today[slot]! - 2;
    const back = Array.from({ length: 2 * CROWDED.of }, (_, i) => last - i);
    const workdays = back.filter((day) => this.days.isWorkday(day, this.areaOf(slot))).slice(0, CROWDED.of);
    const full = workdays.filter((day) => this.memory.levelOf(slot, day) >= fill.level);
    return full.map((day) => this.days.endOf(day)).reverse();
  }

  private areaOf(slot: number): string | undefined {
    return this.neighbours.areaOf(this.names[slot]!);
  }

  private endAll(cells: readonly string[]): Finding[] {
    const slots = cells.map((cell) => this.slots.get(cell)).filter((slot) => slot !== undefined);
    return slots.flatMap((slot) => this.judge.leave(slot, this.outlooks.outlookOf(slot)));
  }
}

const valueIn = (column: Float64Array | undefined, row: number): number => column?.[row] ?? Number.NaN;
