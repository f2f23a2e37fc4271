// The present: the newest values and the health of every cell, in typed arrays; what the map and the doors read.

import { HEALTHS, type Health, healthCode } from '../model/health.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { Directory } from './directory.ts';
import { NetworkClock, type NetworkClockState, PAST_MS } from './network-clock.ts';
import type { Sources } from './sources.ts';

const OK = healthCode('ok');
const UNKNOWN = healthCode('unknown');
const SAVING = healthCode('saving');
const PLANNED = healthCode('planned');

/** The number of a source that is not on the list any more. */
const NOBODY = 0xffff_ffff;
/** A cell is stale once its source has moved on this many of its periods without it. */
const STALE_PERIODS = 3;
/** A shorter period is not replaced by a longer one until it has been quiet for so many of the longer ones, as detectors have it. */
const COARSER_AFTER_PERIODS = 3;
/** A cell counts as asleep or in planned works when that explains at least this share of the period. */
const EXPLAINED_SHARE = 0.5;

/** All columns as they stand in memory, so that a checkpoint costs a copy and no conversion. Row i belongs to `ids[i]`. */
export interface PresentState {
  /** Id by index; empty where the cell has left the network. */
  ids: string[];
  at: Float64Array;
  periodSeconds: Uint32Array;
  suspect: Uint8Array;
  /** Number of the source, as in the sources' own list. */
  source: Uint32Array;
  kpis: { name: string; values: Float64Array }[];
  /** Absent in checkpoints of before it was kept. */
  clock?: NetworkClockState;
}

/** The newest values of one cell. */
export interface CellPresent {
  at: number;
  periodSeconds: number;
  suspect: boolean;
  source: string;
  health: Health;
  kpis: Record<string, number>;
}

export class Present {
  private capacity = 1024;
  private at = new Float64Array(this.capacity);
  private periodSeconds = new Uint32Array(this.capacity);
  private suspect = new Uint8Array(this.capacity);
  private source = new Uint32Array(this.capacity);
  /** What the reading itself says: ok, saving or planned. */
  private stated = new Uint8Array(this.capacity);
  /** Worst open alert, as a health code; ok where there is none. */
  private alerted = new Uint8Array(this.capacity);
  private health = new Uint8Array(this.capacity).fill(UNKNOWN);
  private readonly kpis = new Map<string, Float64Array>();
  private readonly clock = new NetworkClock();

  constructor(
    private readonly directory: Directory,
    private readonly sources: Sources,
  ) {
    sources.whenGone = (number) => this.leave(number);
  }

  /** The source of this number is gone: another may have it, and must not be taken for the one that told of these cells. */
  private leave(number: number): void {
    for (let index = 0; index < this.source.length; index++) {
      if (this.source[index] === number) this.source[index] = NOBODY;
    }
  }

  /** Data time of the network, epoch milliseconds; 0 before the first reading. Cells may be ahead of it. */
  get dataAt(): number {
    return this.clock.at;
  }

  /** Takes a batch: newer rows replace, rows of the newest period add their values. */
  take(batch: ReadingBatch): void {
    const sourceNumber = this.sources.hear(batch);
    const indexes = batch.cells.map((id) => this.directory.ensure(id)?.index ?? -1);
    this.reserve();
    const columns = batch.kpis.map(({ name, values }) => ({ values, present: this.column(name) }));
    const all = [...this.kpis.values()];
    for (let row = 0; row < batch.rows; row++) {
      const index = indexes[batch.cell[row]!]!;
      if (index < 0) continue;
      const at = batch.at[row]!;
      const periodSeconds = batch.periodSeconds[row]!;
      if (!this.isNews(index, at, periodSeconds)) continue;
      const newer = at > this.at[index]! || periodSeconds !== this.periodSeconds[index]!;
      this.clock.move(this.at[index]!, at);
      this.at[index] = at;
      this.periodSeconds[index] = periodSeconds;
      this.suspect[index] = newer ? batch.suspect[row]! : this.suspect[index]! | batch.suspect[row]!;
      this.source[index] = sourceNumber;
      if (newer) for (const values of all) values[index] = Number.NaN;
      for (const { values, present } of columns) {
        const value = values[row]!;
        if (!Number.isNaN(value)) present[index] = value;
      }
      this.stated[index] = this.statedHealth(index);
    }
    this.clock.hear(batch, this.at);
  }

  /**
   * A sender that tells both quarters and hours is shown by its quarters: the hour that ends with one means something else
   * than it, and says less of now. The longer period counts once the shorter one has stopped.
   */
  private isNews(index: number, at: number, periodSeconds: number): boolean {
    const aheadMs = at - this.at[index]!;
    if (periodSeconds <= this.periodSeconds[index]!) return aheadMs >= 0;
    return aheadMs >= COARSER_AFTER_PERIODS * periodSeconds * 1000;
  }

  /** What was known of the cell of one number is of another: the newer reading stands. */
  absorb(from: number, into: number): void {
    this.reserve();
    if (this.at[from]! > this.at[into]!) {
      for (const column of [this.at, this.periodSeconds, this.suspect, this.source, this.stated, ...this.kpis.values()])
        column[into] = column[from]!;
    }
    this.at[from] = 0;
    for (const values of this.kpis.values()) values[from] = Number.NaN;
  }

  private statedHealth(index: number): number {
    const leastSeconds = EXPLAINED_SHARE * this.periodSeconds[index]!;
    if ((this.kpis.get('planned_unavail_s')?.[index] ?? 0) >= leastSeconds) return PLANNED;
    return (this.kpis.get('saving_s')?.[index] ?? 0) >= leastSeconds ? SAVING : OK;
  }

  private column(name: string): Float64Array {
    let values = this.kpis.get(name);
    if (!values) {
      values = new Float64Array(this.capacity).fill(Number.NaN);
      this.kpis.set(name, values);
    }
    return values;
  }

  /** Makes room for every cell of the directory. */
  private reserve(): void {
    if (this.directory.length <= this.capacity) return;
    while (this.capacity < this.directory.length) this.capacity *= 2;
    const grown = <T extends Uint8Array | Uint32Array | Float64Array>(empty: T, old: T): T => {
      empty.set(old);
      return empty;
    };
    this.at = grown(new Float64Array(this.capacity), this.at);
    this.periodSeconds = grown(new Uint32Array(this.capacity), this.periodSeconds);
    this.suspect = grown(new Uint8Array(this.capacity), this.suspect);
    this.source = grown(new Uint32Array(this.capacity), this.source);
    this.stated = grown(new Uint8Array(this.capacity), this.stated);
    this.alerted = grown(new Uint8Array(this.capacity), this.alerted);
    this.health = grown(new Uint8Array(this.capacity).fill(UNKNOWN), this.health);
    for (const [name, old] of this.kpis)
      this.kpis.set(name, grown(new Float64Array(this.capacity).fill(Number.NaN), old));
  }

  /** The worst open alert of a cell changed. */
  setAlerted(cellId: string, health: Health): void {
    const index = this.directory.get(cellId)?.index;
    if (index === undefined) return;
    this.reserve();
    this.alerted[index] = healthCode(health);
  }

  /** Judges every cell's health anew and returns the indexes of those that changed. */
  sweep(wallNow: number): number[] {
    this.reserve();
    const clocks = this.sources.clocks(wallNow);
    const changed: number[] = [];
    for (let index = 0; index < this.directory.length; index++) {
      const health = this.judge(index, clocks);
      if (health === this.health[index]) continue;
      this.health[index] = health;
      changed.push(index);
    }
    return changed;
  }

  /** Works and saving are not faults; an alert says more than silence; a cell that is not heard is not known to be well. */
  private judge(index: number, clocks: Float64Array): number {
    if (this.isPast(index)) return this.alerted[index] !== OK ? this.alerted[index]! : UNKNOWN;
    if (this.stated[index] !== OK) return this.stated[index]!;
    if (this.alerted[index] !== OK) return this.alerted[index]!;
    if (this.at[index] === 0 || this.source[index] === NOBODY) return UNKNOWN;
    const behindMs = clocks[this.source[index]!]! - this.at[index]!;
    return behindMs > STALE_PERIODS * 1000 * this.periodSeconds[index]! ? UNKNOWN : OK;
  }

  /** What was heard of it is of another time than the network's: nobody knows how the cell is now. */
  private isPast(index: number): boolean {
    const leastMs = Math.max(PAST_MS, STALE_PERIODS * 1000 * this.periodSeconds[index]!);
    return this.at[index] !== 0 && this.dataAt - this.at[index]! > leastMs;
  }

  /** The newest reading's time of every cell that was heard. */
  *newest(): Generator<[string, number]> {
    for (const { id, index } of this.directory.cells()) if (this.at[index]) yield [id, this.at[index]!];
  }

  /** Ids of the cells by the source of their newest reading. */
  cellsBySource(): Map<string, string[]> {
    const cells = new Map<string, string[]>();
    for (const { id, index } of this.directory.cells()) {
      if (!this.at[index] || this.source[index] === NOBODY) continue;
      const source = this.sources.nameOf(this.source[index]!);
      const known = cells.get(source);
      if (known) known.push(id);
      else cells.set(source, [id]);
    }
    return cells;
  }

  /** Cells by the number of the source that they are heard through, and those of them that have come as far as it has. */
  heardUpTo(reached: Float64Array): { cells: Uint32Array; seen: Uint32Array } {
    const cells = new Uint32Array(reached.length);
    const seen = new Uint32Array(reached.length);
    for (const { index } of this.directory.cells()) {
      if (!this.at[index] || this.source[index] === NOBODY) continue;
      const source = this.source[index]!;
      cells[source]!++;
      if (this.at[index]! >= reached[source]!) seen[source]!++;
    }
    return { cells, seen };
  }

  /** END of a cell's newest period, epoch milliseconds; 0 before the first. */
  timeOf(index: number): number {
    return this.at[index] ?? 0;
  }

  healthOf(index: number): Health {
    return HEALTHS[this.health[index] ?? UNKNOWN] ?? 'unknown';
  }

  /** The newest values of each KPI by cell number, NaN where there is none, to be read at once: they grow with the network. */
  columns(): Iterable<readonly [kpi: string, values: Float64Array]> {
    return this.kpis;
  }

  get(index: number): CellPresent | undefined {
    if (!this.at[index]) return undefined;
    const kpis: Record<string, number> = {};
    for (const [name, values] of this.kpis) if (!Number.isNaN(values[index]!)) kpis[name] = values[index]!;
    return {
      at: this.at[index]!,
      periodSeconds: this.periodSeconds[index]!,
      suspect: this.suspect[index] === 1,
      source: this.sources.nameOf(this.source[index]!),
      health: this.healthOf(index),
      kpis,
    };
  }

  countByHealth(): Record<Health, number> {
    const counts = Object.fromEntries(HEALTHS.map((health) => [health, 0])) as Record<Health, number>;
    for (const known of this.directory.cells()) counts[this.healthOf(known.index)]++;
    return counts;
  }

  /** Columns for a binary frame of these cells. */
  frame(indexes: Uint32Array): { ageMinutes: Uint16Array; health: Uint8Array } {
    const ageMinutes = new Uint16Array(indexes.length);
    const health = new Uint8Array(indexes.length);
    const { dataAt } = this;
    for (let i = 0; i < indexes.length; i++) {
      const index = indexes[i]!;
      const at = this.at[index] ?? 0;
      ageMinutes[i] = at ? Math.max(0, Math.min((dataAt - at) / 60_000, 65_534)) : 65_535;
      health[i] = this.health[index] ?? UNKNOWN;
    }
    return { ageMinutes, health };
  }

  save(): PresentState {
    this.reserve();
    const { length } = this.directory;
    const ids = new Array<string>(length).fill('');
    for (const { id, index } of this.directory.cells()) ids[index] = id;
    return {
      ids,
      at: this.at.slice(0, length),
      periodSeconds: this.periodSeconds.slice(0, length),
      suspect: this.suspect.slice(0, length),
      source: this.source.slice(0, length),
      kpis: [...this.kpis].map(([name, values]) => ({ name, values: values.slice(0, length) })),
      clock: this.clock.save(),
    };
  }

  /** The data time comes first: which cells are of the network hangs on it. */
  loadClock({ ids, at, clock }: PresentState): void {
    if (clock) {
      this.clock.load(clock);
      return;
    }
    for (const time of at) if (time > 0) this.clock.move(0, time);
    this.clock.hear({ cells: ids, cell: Uint32Array.from(ids.keys()), at }, at);
  }

  /** Cells may have other numbers now; the sources must have been loaded before. */
  load(state: PresentState): void {
    for (const id of state.ids) if (id !== '') this.directory.ensure(id);
    this.reserve();
    const columns = state.kpis.map(({ name, values }) => ({ values, present: this.column(name) }));
    for (const [row, id] of state.ids.entries()) {
      const index = id === '' || !state.at[row] ? undefined : this.directory.ensure(id)?.index;
      if (index === undefined) continue;
      this.at[index] = state.at[row]!;
      this.periodSeconds[index] = state.periodSeconds[row]!;
      this.suspect[index] = state.suspect[row]!;
      this.source[index] = this.sources.nameOf(state.source[row]!) === '' ? NOBODY : state.source[row]!;
      for (const { values, present } of columns) present[index] = values[row]!;
      this.stated[index] = this.statedHealth(index);
    }
  }
}
