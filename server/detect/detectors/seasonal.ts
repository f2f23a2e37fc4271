// The seasonal detector: compares every KPI of every cell with what is usual there at this hour on such a day.

import { dayHours } from '../../maths/day-hours.ts';
import { zoneOffset } from '../../maths/zone-offset.ts';
import { type CalendarDay, type CalendarMode, calendarAfter } from '../../model/calendar.ts';
import type { Excuse } from '../../model/detection.ts';
import type { Finding } from '../../model/finding.ts';
import type { Place } from '../../model/place.ts';
import type { ReadingBatch } from '../../model/reading.ts';
import type { Detector, Usual } from '../detector.ts';
import { byTimeCellKind } from '../finding-order.ts';
import { Anomalies } from './seasonal/anomalies.ts';
import { BareRatio } from './seasonal/bare-ratio.ts';
import { Budget, type BudgetReport, type BudgetState } from './seasonal/budget.ts';
import { Cells } from './seasonal/cells.ts';
import { Collectors } from './seasonal/collector.ts';
import type { ColumnsState } from './seasonal/columns.ts';
import { Drift, type DriftState } from './seasonal/drift.ts';
import { Excuses } from './seasonal/excuses.ts';
import { Faults } from './seasonal/faults.ts';
import { type Draft, draftsOfLeaving, findingOf } from './seasonal/finding-draft.ts';
import { type Model, rulesOf } from './seasonal/kpi-rule.ts';
import { Level } from './seasonal/level.ts';
import { readMemory, writeMemory } from './seasonal/memory-bytes.ts';
import { judgesAlike, lackedBy, understands } from './seasonal/memory-version.ts';
import { type Pace, Paces } from './seasonal/pace.ts';
import type { PeersState } from './seasonal/peers.ts';
import type { PoolsState } from './seasonal/places.ts';
import { SEASONAL_5, type SeasonalProfile } from './seasonal/profile.ts';
import { Ratio } from './seasonal/ratio.ts';
import { ROW, type Run, rowsByTime, wholeOf } from './seasonal/run.ts';
import type { Hit, Series } from './seasonal/series.ts';
import { Silence, type SilenceState } from './seasonal/silence.ts';
import { type Hits, type Outlier, Values } from './seasonal/values.ts';
import { Waking } from './seasonal/waking.ts';
import { WideMoves, type WideMovesState } from './seasonal/wide-moves.ts';

export interface SeasonalOptions {
  /** IANA zone of local hours and days. */
  zone: string;
  profile?: SeasonalProfile;
  /** What `save` gave, also under other settings of this profile. Throws a RangeError when it is damaged or of another profile. */
  memory?: Uint8Array;
}

/** Header of the saved memory. */
interface Saved {
  version: string;
  cells: { names: (string | null)[]; places: (Place | null)[]; pools: PoolsState; columns: ColumnsState };
  silence: SilenceState;
  budget: BudgetState;
  wideMoves: WideMovesState;
  /** Not in memories of profiles that did not look for it. */
  drift?: DriftState;
  excused: Record<Excuse, number>;
  calendar: CalendarDay[];
  series: { kpi: string; model: Model; columns: ColumnsState; peers: PeersState }[];
}

const NO_HITS: readonly Hit[] = [];

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const MEMORIES = { ratio: Ratio, 'bare-ratio': BareRatio, level: Level };

export class SeasonalDetector implements Detector {
  readonly version: string;
  private readonly profile: SeasonalProfile;
  private readonly zone: string;
  private hourOf: ReturnType<typeof dayHours>;
  private readonly cells: Cells;
  private readonly paces: Paces;
  private readonly silence: Silence;
  private readonly faults: Faults;
  private readonly anomalies: Anomalies;
  private readonly excuses: Excuses;
  private readonly budget: Budget;
  private readonly wideMoves: WideMoves;
  private readonly drift: Drift;
  private readonly dayOf: (atMs: number) => number;
  private readonly values: Values;
  private calendar: CalendarDay[] = [];
  private readonly memories: Series[] = [];
  /** The memories of a KPI: by attempts first. */
  private readonly byKpi = new Map<string, Series[]>();

  constructor(options: SeasonalOptions) {
    this.profile = options.profile ?? SEASONAL_5;
    this.version = `seasonal@${this.profile.id}`;
    this.zone = options.zone;
    this.hourOf = dayHours(options.zone, []);
    const offsetMs = zoneOffset(options.zone);
    this.cells = new Cells(this.profile);
    this.paces = new Paces(this.profile);
    const levelsOf = (kpi: string) => this.byKpi.get(kpi)?.at(-1);
    this.silence = new Silence(this.cells, this.profile, new Collectors(this.cells, this.profile, levelsOf));
    const waking = new Waking(this.cells, this.profile, (at) => Math.floor(((at + offsetMs(at)) % DAY_MS) / MINUTE_MS));
    this.faults = new Faults(this.cells, this.profile, levelsOf, waking);
    this.excuses = new Excuses(this.cells, this.profile, levelsOf, (source) => this.silence.clockOf(source));
    this.budget = new Budget(this.cells, this.profile);
    this.wideMoves = new WideMoves(this.cells, this.profile, (kpi) => this.byKpi.get(kpi) ?? []);
    this.drift = new Drift(this.cells, this.profile, this.memories, (excuse) => this.excuses.counts[excuse]++);
    this.dayOf = (at) => Math.floor((at + offsetMs(at)) / DAY_MS);
    this.values = new Values(this.cells, this.profile, this.budget);
    this.anomalies = new Anomalies(this.cells, this.profile, this.memories);
    if (options.memory) this.load(options.memory);
  }

  /**
   * Findings in order of time, cell and kind. `clock`: all times that the source told of, when some of its rows went to another
   * detector, without those that only a wrong clock can have told of; silence is judged by the source's whole clock.
   */
  observe(batch: ReadingBatch, clock?: readonly number[]): Finding[] {
    const drafts: Draft[] = [];
    const source = this.silence.indexOf(batch.source);
    const columns = new Map(batch.kpis.map((column) => [column.name, column.values]));
    const whole = wholeOf(columns);
    const slots = batch.cells.map((cell) => this.cells.slotFor(cell));
    for (const column of batch.kpis) this.memoriesOf(column.name);
    for (const memory of this.memories) memory.reserveCells(this.cells.columns.capacity);
    const ticks = clock ? [...clock].sort((a, b) => a - b) : [];
    const tick = (at: number) => drafts.push(...this.silence.tick(source, at, batch.receivedAt));
    for (const rows of rowsByTime(batch)) {
      const at = batch.at[rows[0]!]!;
      while (ticks.length > 0 && ticks[0]! < at) tick(ticks.shift()!);
      this.observeRun({ batch, columns, whole, ...this.prepare(batch, rows, slots, source) }, source, drafts);
      if (!clock || ticks[0] === at) tick(at);
    }
    for (const at of ticks) tick(at);
    return drafts.map((draft) => findingOf(draft, this.version)).sort(byTimeCellKind);
  }

  forget(cells: readonly string[]): Finding[] {
    const drafts: Draft[] = [];
    for (const name of cells) {
      const slot = this.cells.slotOf(name);
      if (slot === undefined) continue;
      drafts.push(...this.drift.forget(slot), ...draftsOfLeaving(this.cells, slot));
      for (const memory of this.memories) memory.forget(slot);
      const gapEnds = this.silence.forget(slot);
      if (gapEnds) drafts.push(gapEnds);
      this.cells.forget(slot);
    }
    return drafts.map((draft) => findingOf(draft, this.version)).sort(byTimeCellKind);
  }

  place(places: readonly (readonly [string, Place])[]): void {
    for (const [name, place] of places) {
      const slot = this.cells.slotFor(name);
      if (slot >= 0) this.cells.places.put(slot, place);
    }
  }

  rename(names: ReadonlyMap<string, string>): void {
    this.forget([...names.values()].filter((name) => !names.has(name)));
    this.cells.rename(names);
  }

  relearn(cells: readonly (readonly [string, number])[]): Finding[] {
    const drafts: Draft[] = [];
    for (const [name, from] of cells) {
      const slot = this.cells.slotOf(name);
      if (slot === undefined) continue;
      drafts.push(...this.drift.forget(slot));
      drafts.push(...draftsOfLeaving(this.cells, slot).filter(({ kind }) => kind === 'anomaly'));
      for (const memory of this.memories) memory.relearn(slot, from);
      this.cells.relearn(slot);
    }
    return drafts.map((draft) => findingOf(draft, this.version)).sort(byTimeCellKind);
  }

  setCalendar(days: readonly CalendarDay[], mode: CalendarMode): void {
    this.calendar = calendarAfter(this.calendar, days, mode);
    this.hourOf = dayHours(this.zone, this.calendar);
  }

  usual(cell: string, kpi: string, ats: readonly number[]): (Usual | null)[] {
    const slot = this.cells.slotOf(cell);
    if (slot === undefined) return ats.map(() => null);
    const periodSeconds = this.cells.columns.fields.periodSeconds[slot]!;
    const pace = this.paces.of(periodSeconds);
    const known = (this.byKpi.get(kpi) ?? []).filter((memory) => memory.knownSeries(slot) >= 0);
    return ats.map((at) => {
      for (const memory of known) {
        const band = memory.usualAt(memory.knownSeries(slot), this.hourAt(slot, at, periodSeconds).bin, pace);
        if (band) return { at, ...band };
      }
      return null;
    });
  }

  save(): Uint8Array {
    const cells = this.cells.columns.save();
    const series = this.memories.map((memory) => ({ memory, saved: memory.columns.save() }));
    const drift = this.drift.save();
    const header: Saved = {
      version: this.version,
      cells: {
        names: this.cells.names,
        places: this.cells.places.save(),
        pools: this.cells.places.savePools(),
        columns: cells.state,
      },
      silence: this.silence.save(),
      budget: this.budget.save(),
      wideMoves: this.wideMoves.save(),
      drift: drift.state,
      excused: this.excuses.counts,
      calendar: this.calendar,
      series: series.map(({ memory, saved }) => ({
        kpi: memory.rule.kpi.id,
        model: memory.rule.model,
        columns: saved.state,
        peers: memory.peers.save(),
      })),
    };
    return writeMemory(header, [...cells.parts, ...series.flatMap(({ saved }) => saved.parts), ...drift.parts]);
  }

  /** How findings of chance keep within what the network is willing to look at. */
  budgetReport(): BudgetReport {
    return this.budget.report();
  }

  /** How many values out of line each kind of excuse has let pass since learning began. */
  excused(): Record<Excuse, number> {
    return { ...this.excuses.counts };
  }

  /** Series known, and how many of them know only hard lines yet. */
  learning(): { series: number; cold: number } {
    const sum = (count: (memory: Series) => number) => this.memories.reduce((total, each) => total + count(each), 0);
    return { series: sum(({ columns }) => columns.live), cold: sum(({ cold }) => cold) };
  }

  size(): { series: number; bytes: number; cells: number; unwatched: number } {
    const series = this.memories.reduce((sum, memory) => sum + memory.columns.live, 0);
    const bytes = this.memories.reduce((sum, memory) => sum + memory.bytes, this.cells.bytes + this.drift.bytes);
    return { series, bytes, cells: this.cells.columns.live, unwatched: this.cells.unwatched };
  }

  /** The ids of all cells remembered. */
  cellNames(): string[] {
    return this.cells.names.filter((name) => name !== null);
  }

  private load(memory: Uint8Array): void {
    const { header, read } = readMemory(memory);
    const saved = header as Saved;
    if (!understands(this.version, saved.version)) {
      throw new RangeError(`a memory of ${saved.version}, not of ${this.version}`);
    }
    this.cells.columns.load(saved.cells.columns, read);
    const { names, places, pools } = saved.cells;
    this.cells.restoreNames(names);
    this.cells.places.load(places, pools, (slot) => names[slot] !== null);
    this.silence.load(saved.silence);
    this.loadBudget(saved);
    Object.assign(this.excuses.counts, saved.excused);
    this.wideMoves.load(saved.wideMoves);
    this.setCalendar(saved.calendar, 'full');
    for (const { kpi, model, columns, peers } of saved.series) {
      const known = this.memoriesOf(kpi).find((series) => series.rule.model === model);
      if (!known) throw new RangeError(`a memory of ${kpi}, which is not judged`);
      known.load(columns, read, this.cells.columns.capacity, lackedBy(saved.version));
      known.peers.load(peers);
    }
    if (saved.drift) this.drift.load(saved.drift, read);
  }

  /** Strengths that came about by other settings say nothing of chance by these; a budget of another size draws its line anew. */
  private loadBudget({ version, budget }: Saved): void {
    if (version === this.version || judgesAlike(this.version, version)) this.budget.load(budget);
    if (version !== this.version) this.budget.drawLine();
  }

  /** The memories of a KPI, made when it is first seen; none when it is not judged. */
  private memoriesOf(kpi: string): Series[] {
    const known = this.byKpi.get(kpi);
    if (known) return known;
    const made = rulesOf(kpi).map((rule) => new MEMORIES[rule.model](rule, this.profile));
    this.byKpi.set(kpi, made);
    this.memories.push(...made);
    return made;
  }

  private prepare(batch: ReadingBatch, rows: Uint32Array, slotOfCell: readonly number[], source: number) {
    const at = batch.at[rows[0]!]!;
    const slots = new Int32Array(rows.length);
    const status = new Uint8Array(rows.length);
    const paces: Pace[] = [];
    const bins = new Uint8Array(rows.length);
    const special = new Uint8Array(rows.length);
    const learns = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const slot = slotOfCell[batch.cell[row]!]!;
      const hour = this.hourAt(slot, at, batch.periodSeconds[row]!);
      slots[i] = slot;
      paces[i] = this.paces.of(batch.periodSeconds[row]!);
      bins[i] = hour.bin;
      special[i] = hour.special === undefined ? 0 : 1;
    }
    return {
      at,
      rows,
      slots,
      status,
      paces,
      bins,
      special,
      learns,
      source: { index: source, isWhole: this.silence.isWhole(source, rows.length) },
    };
  }

  /** The middle of the period says which hour it belongs to. */
  private hourAt(slot: number, at: number, periodSeconds: number) {
    return this.hourOf(at - periodSeconds * 500, this.cells.places.at(slot)?.area);
  }

  private observeRun(run: Run, source: number, drafts: Draft[]): void {
    for (let i = 0; i < run.rows.length; i++) this.receive(run, i, source, drafts);
    this.silence.endRun();
    const day = this.dayOf(run.at - 1);
    this.budget.turnTo(day);
    for (const draft of this.drift.turnTo(day, run)) {
      if (draft.phase === 'begins') this.budget.noteBegun();
      drafts.push(draft);
    }
    this.noteWhoLearns(run);
    const outliers = this.judge(run);
    for (const draft of this.wideMoves.tell(run, outliers)) drafts.push(draft);
    const hits: Hits = new Map();
    for (const outlier of outliers) this.values.resolve(run, outlier, this.excuses.leftOf(run, outlier), hits);
    for (let i = 0; i < run.rows.length; i++) {
      if (run.status[i] === ROW.ignored) continue;
      const slot = run.slots[i]!;
      const own = hits.get(i) ?? NO_HITS;
      if (run.status[i] === ROW.judged) this.budget.note(slot, strongest(own));
      if (!this.mayFuse(slot)) continue;
      const draft = this.drift.within(this.anomalies.fuse(run, i, own), slot);
      if (draft?.phase === 'begins') this.budget.noteBegun();
      if (draft) drafts.push(draft);
    }
  }

  /** Once it is known who is in trouble: what is told of this run comes later. */
  private noteWhoLearns({ slots, special, learns }: Run): void {
    for (let i = 0; i < slots.length; i++) {
      learns[i] = special[i] === 1 || (slots[i]! >= 0 && this.cells.isFrozen(slots[i]!)) ? 0 : 1;
    }
  }

  /** All KPIs of the run: what is out of line is handed back. */
  private judge(run: Run): Outlier[] {
    const outliers: Outlier[] = [];
    for (const column of run.batch.kpis) {
      for (const memory of this.byKpi.get(column.name)!) this.values.observe(run, memory, column.values, outliers);
    }
    return outliers;
  }

  /** Takes note that the cell was heard, and decides what may be done with the row. */
  private receive(run: Run, i: number, source: number, drafts: Draft[]): void {
    const slot = run.slots[i]!;
    const row = run.rows[i]!;
    if (slot < 0) {
      this.cells.unwatched++;
      return;
    }
    if (!this.cells.fitsRhythm(slot, run.at, run.batch.periodSeconds[row]!)) return;
    const returned = this.silence.heard(slot, run.at, source);
    if (returned) drafts.push(returned);
    if (run.batch.suspect[row] === 1) return;
    run.status[i] = ROW.judged;
    const fault = this.faults.assess(run, i);
    if (fault) drafts.push(fault);
  }

  private mayFuse(slot: number): boolean {
    const { raised, anomalySince } = this.cells.columns.fields;
    return raised[slot]! > 0 || anomalySince[slot]! > 0;
  }
}

function strongest(hits: readonly Hit[]): number {
  let most = 0;
  for (const { strength } of hits) most = Math.max(most, strength);
  return most;
}
