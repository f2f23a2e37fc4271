// Foretells how equipment fails: feeders, cooling, optical lines, batteries, clocks, radio units and uplinks, each by its own signs.

import { localHourOfWeek } from '../../maths/local-hour.ts';
import type { Cell } from '../../model/cell.ts';
import type { Finding } from '../../model/finding.ts';
import type { Example, LearnedModel } from '../../model/learning.ts';
import type { ReadingBatch } from '../../model/reading.ts';
import type { Forecast, Foreteller, ForetellSize, Heard } from '../foreteller.ts';
import type { RaisedAlarm } from '../learning/sequences.ts';
import { columnOf, momentsOf } from './equipment/batch-view.ts';
import { BrokenCells, type Trouble } from './equipment/broken-cells.ts';
import { CaseBook, type CaseBookState, isOfSequences } from './equipment/case-book.ts';
import { forecastOf } from './equipment/forecast.ts';
import { Happenings } from './equipment/happenings.ts';
import { type Columns, packed, unpacked } from './equipment/memory.ts';
import { Places } from './equipment/places.ts';
import { SequenceWatch } from './equipment/sequence-watch.ts';
import { SignWatch } from './equipment/sign-watch.ts';
import { Teller } from './equipment/teller.ts';
import { TrendWatch } from './equipment/trend-watch.ts';
import { SIGNALS } from './first-passage/signals.ts';

export interface EquipmentOptions {
  /** IANA zone of local hours. */
  zone: string;
  /** What `save` gave; absent to start empty. Throws when it is damaged. */
  memory?: Uint8Array | undefined;
}

interface Saved {
  version: string;
  places: [string, string][];
  book: CaseBookState;
  happenings: ReturnType<Happenings['save']>;
  /** Absent in a memory of before they were kept. */
  alarms?: RaisedAlarm[];
  sweptAt?: number;
  models?: readonly LearnedModel[];
  broken?: Trouble[];
  trends: Omit<ReturnType<TrendWatch['save']>, 'columns'>[];
}

const SIGN_KPIS = [
  ...['mains_on', 'supply_voltage_v', 'sync_ok'],
  ...['drop_rate_pct', 'session_releases', 'setup_success_pct', 'setup_attempts'],
];

export class EquipmentForeteller implements Foreteller {
  static readonly VERSION = 'equipment@1';
  readonly version = EquipmentForeteller.VERSION;
  readonly kpis = [...SIGNALS.map(({ kpi }) => kpi), ...SIGN_KPIS];
  private readonly places: Places;
  private readonly book: CaseBook;
  private readonly teller: Teller;
  private readonly trends: TrendWatch[];
  private readonly signs: SignWatch;
  private readonly sequences: SequenceWatch;
  private readonly happenings: Happenings;
  private readonly broken: BrokenCells;
  private models: readonly LearnedModel[] = [];

  constructor({ zone, memory }: EquipmentOptions) {
    const { rest, columns } = memory ? unpacked(memory) : { rest: undefined, columns: {} };
    const saved = rest as Saved | undefined;
    if (saved && saved.version !== this.version) throw new RangeError(`the memory is of ${saved.version}`);
    const hourOfWeek = localHourOfWeek(zone);
    this.places = new Places(saved?.places);
    this.book = new CaseBook(saved?.book);
    this.teller = new Teller(this.book, this.places, saved?.sweptAt);
    this.trends = SIGNALS.map((signal) => new TrendWatch(signal, this.book, (at) => hourOfWeek(at) % 24));
    this.signs = new SignWatch(this.book, this.places, this.teller);
    this.broken = new BrokenCells(this.places, saved?.broken);
    this.sequences = new SequenceWatch(this.book, this.places, this.teller, this.broken, saved?.alarms);
    const { book, places, teller, sequences, broken } = this;
    this.happenings = new Happenings(book, places, teller, sequences, broken, saved?.happenings);
    this.trends.forEach((watch, i) => {
      // A memory of before a signal was watched knows nothing of it.
      const own = saved?.trends[i];
      if (own) watch.load(own, ownColumns(columns, watch.signal.mode));
    });
    this.adopt(saved?.models ?? []);
  }

  know(cells: readonly Cell[]): void {
    for (const cell of cells) {
      if (!this.places.know(cell)) continue;
      // What was learned of it before its site was known is the site's.
      const toSite = new Map([[cell.id, cell.siteId]]);
      for (const watch of this.trends) {
        if (watch.signal.scope === 'cell' || watch.knownRow(cell.id) === undefined) continue;
        if (watch.knownRow(cell.siteId) === undefined) watch.rename(toSite);
        else watch.forget(cell.id);
      }
    }
  }

  observe(batch: ReadingBatch): Finding[] {
    const rows = this.trends.map((watch) => this.rowsOf(watch, batch));
    const values = this.trends.map(({ signal }) => columnOf(batch, signal.kpi));
    const signs = this.signs.reader(batch);
    for (const { at, rows: members } of momentsOf(batch)) {
      this.happenings.upTo(at);
      for (const row of members) {
        const [cell, periodMs] = [batch.cell[row]!, 1000 * batch.periodSeconds[row]!];
        for (let i = 0; i < values.length; i++) {
          const value = values[i]?.[row] ?? Number.NaN;
          if (!Number.isNaN(value)) this.trends[i]!.add(rows[i]!(cell), at, periodMs, value);
        }
        signs.read(row, at, periodMs);
      }
      for (const watch of this.trends) for (const moved of watch.close(at)) this.teller.course(moved, watch, at);
      this.signs.close(at);
      this.sequences.close(at);
      this.teller.sweep(at);
    }
    return this.teller.take();
  }

  adopt(models: readonly LearnedModel[]): void {
    this.models = models;
    this.book.adopt(models);
    const ofSequences = models.find(isOfSequences);
    if (ofSequences) this.sequences.adopt(ofSequences);
  }

  adopted(): readonly LearnedModel[] {
    return this.models;
  }

  examples(): Example[] {
    return this.book.examples();
  }

  hear(heard: Heard): void {
    this.happenings.add(heard);
  }

  forget(cells: readonly string[]): Finding[] {
    this.broken.forget(new Set(cells));
    for (const cell of cells) {
      const site = this.places.forget(cell);
      for (const id of site === undefined ? [cell] : [cell, site]) this.forgetSubject(id);
    }
    return this.teller.take();
  }

  rename(names: ReadonlyMap<string, string>): void {
    if (names.size === 0) return;
    this.places.rename(names);
    this.book.rename(names);
    this.broken.rename(names);
    for (const watch of this.trends) watch.rename(names);
  }

  relearn(cells: readonly (readonly [cell: string, from: number])[]): Finding[] {
    for (const [cell] of cells) this.forgetSubject(cell);
    return this.teller.take();
  }

  forecast(cell: string, kpi: string, ats: readonly number[]): (Forecast | null)[] {
    const watch = this.trends.find(({ signal }) => signal.kpi === kpi);
    const id = watch?.signal.scope === 'cell' ? cell : this.places.siteOf(cell).id;
    return forecastOf(id, kpi, ats, this.book, watch);
  }

  save(): Uint8Array {
    const trends = this.trends.map((watch) => watch.save());
    const columns = Object.assign(
      {},
      ...trends.map((one, i) =>
        Object.fromEntries(Object.entries(one.columns).map(([name, all]) => [`${SIGNALS[i]!.mode}.${name}`, all])),
      ),
    ) as Columns;
    const rest: Saved = {
      ...{ version: this.version, places: this.places.save(), book: this.book.save() },
      happenings: this.happenings.save(),
      alarms: this.sequences.save(),
      sweptAt: this.teller.sweptAt,
      models: this.models,
      broken: this.broken.save(),
      trends: trends.map(({ rows, common }) => ({ rows, common })),
    };
    return packed(rest, columns);
  }

  size(): ForetellSize {
    return {
      series: this.trends.reduce((sum, { series }) => sum + series, 0),
      bytes: this.trends.reduce((sum, { levels }) => sum + levels.bytes, this.book.size * CASE_BYTES),
    };
  }

  private forgetSubject(id: string): void {
    for (const one of [...this.book.of(id)]) this.teller.leave(one);
    for (const watch of this.trends) watch.forget(id);
  }

  /** The row of each of a batch's cells, looked up once. */
  private rowsOf(watch: TrendWatch, { cells }: ReadingBatch): (cell: number) => number {
    const rows = new Int32Array(cells.length).fill(-1);
    const { scope } = watch.signal;
    return (cell) => {
      if (rows[cell]! < 0) {
        const id = scope === 'cell' ? cells[cell]! : this.places.siteOf(cells[cell]!).id;
        rows[cell] = watch.rowOf(id);
      }
      return rows[cell]!;
    };
  }
}

/** A case with a full course, roughly. */
const CASE_BYTES = 2500;

function ownColumns(columns: Columns, mode: string): Columns {
  const own = Object.entries(columns).filter(([name]) => name.startsWith(`${mode}.`));
  return Object.fromEntries(own.map(([name, all]) => [name.slice(mode.length + 1), all]));
}
