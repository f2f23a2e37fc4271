// The pretend network at work: moves period by period and writes the readings of all its cells.

import { Conditions } from './conditions.ts';
import { SILENT } from './effects.ts';
import type { Era } from './era.ts';
import type { Happening } from './faults/happening.ts';
import { Reception } from './radio/reception.ts';
import { newService } from './radio/users.ts';
import { Random } from './random.ts';
import { type Circumstances, measure, SENT } from './readings.ts';
import type { Alarms } from './senders/alarms.ts';
import type { Delivery, ReadingForm } from './senders/delivery.ts';
import { Inventory, inventoryDelivery } from './senders/inventory.ts';
import type { Listener } from './senders/listener.ts';
import { Outbox } from './senders/outbox.ts';
import { type Sensors, sensorsOf } from './sensors.ts';
import type { Calendar } from './traffic/calendar.ts';
import { drift, Traffic } from './traffic/traffic.ts';
import type { City } from './world/city.ts';

/** A batch that has so many rows is handed out. */
export const MAX_ROWS = 8000;
const NOISE_SPREAD_DB = 0.6;
const NOISE_MEMORY_SECONDS = 4 * 3600;
const DAY = 24 * 3_600_000;

export interface Batch {
  /** To be sent in this order. */
  deliveries: Delivery[];
  /** Readings in it. */
  rows: number;
  /** END of the newest period in it, epoch milliseconds. */
  at: number;
}

/** How the network speaks, and who watches it. */
export interface Surroundings {
  /** Sites take turns; NDJSON alone unless told. */
  forms?: readonly ReadingForm[];
  /** Elements to a PM file. */
  elementsAFile?: number;
  listeners?: readonly Listener[];
  /** Of its equipment; without them it tells readings alone. */
  alarms?: Alarms;
  /** Holidays that are lived like Sundays; none unless told. */
  calendar?: Calendar;
  /** Of all traffic, a week. */
  growthPerWeek?: number;
}

export class Network {
  readonly #city: City;
  readonly #period: number;
  readonly #conditions: Conditions;
  readonly #traffic: Traffic;
  readonly #reception: Reception;
  readonly #sensors: Sensors;
  readonly #randoms: Random[];
  readonly #noiseDb: Float64Array;
  readonly #outbox: Outbox;
  readonly #listeners: readonly Listener[];
  readonly #alarms: Alarms | undefined;
  readonly #inventory: Inventory;
  /** What leaves before that which waits in the outbox. */
  #ready: Delivery[] = [];
  #rows = 0;
  readonly #row = new Float64Array(SENT.length);
  readonly #weather: Random;
  #weatherC = 0;
  #at: number;

  constructor(
    seed: number,
    city: City,
    plan: readonly Happening[],
    { from, periodSeconds }: Era,
    { forms, elementsAFile, listeners = [], alarms, ...life }: Surroundings = {},
  ) {
    this.#city = city;
    this.#period = 1000 * periodSeconds;
    this.#at = from;
    this.#conditions = new Conditions(city.cells.length, plan, periodSeconds);
    this.#traffic = new Traffic(seed, city, from, periodSeconds, life);
    this.#reception = new Reception(seed, city);
    this.#sensors = sensorsOf(seed, city);
    this.#randoms = city.cells.map(({ cell }) => new Random(seed, `counters:${cell.id}`));
    this.#noiseDb = new Float64Array(city.cells.length);
    this.#weather = new Random(seed, 'weather');
    this.#outbox = new Outbox(city.cells, periodSeconds, forms, elementsAFile);
    this.#listeners = listeners;
    this.#alarms = alarms;
    this.#inventory = new Inventory(city, plan);
  }

  /** END of the newest period that was made, epoch milliseconds. */
  get at(): number {
    return this.#at;
  }

  /** Who takes over from whom, and what all hear of it. */
  get reception(): Pick<Reception, 'takeover' | 'users'> {
    return this.#reception;
  }

  /** Periods up to `until`, in the order of time, as many to a batch as fit. A period is never split. */
  *batches(until: number): Generator<Batch> {
    while (this.#at + this.#period <= until) {
      this.#advance();
      const isFull = this.#outbox.rows - this.#rows + this.#city.cells.length > MAX_ROWS;
      if (isFull || this.#at + this.#period > until) yield this.#take();
    }
  }

  /** Moves past the periods up to `until` without handing them out: for what the receiver has already. */
  skip(until: number): void {
    for (const _ of this.batches(until));
  }

  #take(): Batch {
    const beats = this.#alarms?.beats(this.#at, this.#conditions.effects) ?? [];
    const batch = {
      ...{ rows: this.#outbox.rows - this.#rows, at: this.#at },
      deliveries: [...this.#ready, ...this.#outbox.take(), ...beats],
    };
    this.#ready = [];
    this.#rows = this.#outbox.rows;
    return batch;
  }

  #advance(): void {
    this.#conditions.advance(this.#at);
    this.#at += this.#period;
    const { effects } = this.#conditions;
    this.#tellChanges();
    this.#tellAlarms();
    for (const listener of this.#listeners) listener.beginPeriod(this.#at - this.#period, this.#at, effects);
    this.#outbox.beginPeriod(this.#at);
    this.#traffic.advance(this.#at, effects);
    this.#reception.advance(this.#traffic.users, effects);
    const periodSeconds = this.#period / 1000;
    const outdoorC = this.#outdoors(periodSeconds);
    const keep = Math.exp(-periodSeconds / NOISE_MEMORY_SECONDS);
    const around: Circumstances = {
      index: 0,
      effects,
      sensors: this.#sensors,
      users: 0,
      service: newService(),
      noiseDb: 0,
      outdoorC,
      periodSeconds,
    };
    for (let c = 0; c < this.#city.cells.length; c++) {
      const random = this.#randoms[c]!;
      this.#noiseDb[c] = drift(this.#noiseDb[c]!, keep, NOISE_SPREAD_DB, random);
      around.index = c;
      around.users = this.#traffic.users[c]!;
      around.noiseDb = this.#noiseDb[c]!;
      if (effects.state[c] === SILENT) continue;
      this.#reception.serve(c, effects, around.service);
      measure(this.#city.cells[c]!, around, random, this.#row);
      for (const listener of this.#listeners) listener.reading(c, this.#row);
      if (effects.lost[c] === 0) this.#outbox.add(c, this.#row, effects);
    }
    for (const listener of this.#listeners) listener.endPeriod();
  }

  /** Cells that go by other names, or are of another maker, from this period on. */
  #tellChanges(): void {
    const changed = this.#inventory.advance(this.#at - this.#period);
    if (changed.length === 0) return;
    this.#ready.push(...this.#outbox.take(), inventoryDelivery(changed.map(({ now }) => now)));
    for (const { cell, now } of changed) {
      this.#outbox.rename(cell, now.id);
      this.#alarms?.rename(cell, now.id);
    }
  }

  /** Alarms come before the readings of their period, and after those of the periods before. */
  #tellAlarms(): void {
    const told = this.#alarms?.advance(this.#at - this.#period, this.#conditions.effects) ?? [];
    if (told.length > 0) this.#ready.push(...this.#outbox.take(), ...told);
  }

  /** Air temperature of the whole city: coolest at five, warmest at three in the afternoon, and days that differ. */
  #outdoors(periodSeconds: number): number {
    this.#weatherC = drift(this.#weatherC, Math.exp(-periodSeconds / (36 * 3600)), 1.5, this.#weather);
    const hour = ((this.#at % DAY) / DAY) * 24;
    return 16 + 4 * Math.sin(((hour - 9.5) / 24) * 2 * Math.PI) + this.#weatherC;
  }
}
