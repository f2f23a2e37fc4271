// The front door of detection: hands each record to detector threads by site, and merges what they find.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { SourceClock, type SourceClockState } from '../maths/source-clock.ts';
import { textHash } from '../maths/text-hash.ts';
import type { CalendarDay } from '../model/calendar.ts';
import { type Cell, isPlaced } from '../model/cell.ts';
import type { DetectionSettings } from '../model/detection.ts';
import type { Finding } from '../model/finding.ts';
import { newNames, restarted } from '../model/identity.ts';
import type { CalendarRecord, InventoryRecord, ReadingsRecord } from '../model/journal.ts';
import type { Place } from '../model/place.ts';
import { type DetectReport, reportOf } from './detect-report.ts';
import type { Usual } from './detector.ts';
import { byTimeCellKind } from './finding-order.ts';
import { fileNameOf, type Manifest, readManifest, setAside, writeManifest } from './manifest.ts';
import { buffersOf, splitBatch, stepsOf } from './split-batch.ts';
import { ThreadLink } from './thread-link.ts';
import type { ThreadSetting, ThreadSize } from './thread-protocol.ts';

export interface DetectOptions {
  /** Starts a worker thread by its entry, relative to `server/`. */
  startThread(entry: string, workerData: ThreadSetting): Worker;
  /** Folder of its own for the memory; made if it is missing. */
  checkpointFolder: string;
  /** IANA zone of local hours of the week, `Asia/Shanghai`. */
  zone: string;
  /** Of the profile; those not named are as shipped. */
  settings?: DetectionSettings;
  /** Where a cell stands, so that those around it meet it in one thread; undefined: not known yet. */
  placeOf(cell: string): Place | undefined;
  /** Special days as they are known elsewhere: asked for where the memory of them is lost. */
  calendar?(): readonly CalendarDay[];
  /** A checkpoint keeps the number of threads that it was made with. */
  threads?: number;
  /** Milliseconds on a clock that never goes back; it paces checkpoints and judges nothing. */
  uptimeMs?(): number;
  log(line: string): void;
  /** A thread has ended by itself: nothing is judged any more, and all since the last checkpoint is in the journal. Logged unless told otherwise. */
  fatal?(error: Error): void;
}

/** What checkpoints may cost on the average: 100 MB of memory are written every 100 seconds at most. */
export const CHECKPOINT_BYTES_PER_SECOND = 1_000_000;

/** Sources whose clocks are told apart. */
const MOST_SOURCES = 10_000;

export interface Detect {
  /** Name and profile version of the detector. */
  readonly version: string;
  /** Journal number of the checkpoint that was loaded, 0 when it started empty. Replay starts after it. */
  readonly after: number;
  /** Judges and learns one record; records in journal order. Rejects once a thread is gone: then the detector must be opened anew. */
  observe(record: ReadingsRecord): Promise<Finding[]>;
  /** Cells that left the network, have other names, or are other machines now. Findings that end go by the names before. */
  change(record: Pick<InventoryRecord, 'cells' | 'retired' | 'identity'>): Promise<Finding[]>;
  /** Special days: what is observed from now on is judged by them. Kept with the memory. */
  calendar(record: Pick<CalendarRecord, 'days' | 'mode'>): Promise<void>;
  /** The usual range at each time (epoch milliseconds), null where it is not known. */
  usual(cell: string, kpi: string, ats: readonly number[]): Promise<(Usual | null)[]>;
  /**
   * Makes the memory durable, unless nothing was observed since the last time, or that was so lately that it would cost more
   * than CHECKPOINT_BYTES_PER_SECOND (`force`: all the same). `seq` is the newest record observed. Resolves with the journal
   * number that is durable now. One call at a time, after what was observed has resolved.
   */
  checkpoint(seq: number, options?: { force?: boolean }): Promise<number>;
  /** Whether `checkpoint` would write now. */
  isDue(options?: { force?: boolean }): boolean;
  /** The cost of watching, over all threads. */
  size(): Promise<ThreadSize>;
  /** How it judges: the budget of findings, what was excused, what is still learned; over all threads. */
  report(): Promise<DetectReport>;
  /** Stops the threads; what was learned since the last checkpoint is learned again from the journal. */
  close(): Promise<void>;
}

/** Goes on from the newest checkpoint; one that is damaged or of another profile is set aside with a line in the log, one of other settings is kept. */
export async function openDetect(options: DetectOptions): Promise<Detect> {
  mkdirSync(options.checkpointFolder, { recursive: true });
  const threads = options.threads ?? 1;
  let opened: Opened;
  try {
    const manifest = readManifest(options.checkpointFolder);
    opened = await openThreads(options, manifest?.files.length ?? threads, manifest);
    if (manifest && manifest.files.length !== threads) {
      options.log(`detect: the checkpoint was made by ${manifest.files.length} threads and keeps them, not ${threads}`);
    }
    if (manifest && manifest.version !== opened.version) {
      options.log(
        `detect: judges by ${opened.version} from now on; what was learned under ${manifest.version} is kept`,
      );
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    options.log(`detect: the checkpoint is set aside and learning starts anew: ${why}`);
    setAside(options.checkpointFolder);
    opened = await openThreads(options, threads, undefined);
    // The records that told of special days may have left the journal with what was learned.
    const days = [...(options.calendar?.() ?? [])];
    await Promise.all(opened.links.map((link) => link.ask({ ask: 'calendar', days, mode: 'full' })));
  }
  return new ThreadedDetect(options, opened);
}

interface Opened {
  links: ThreadLink[];
  after: number;
  version: string;
  /** Where each known cell is watched. */
  threadOf: Map<string, number>;
  clocks: Map<string, SourceClock>;
}

async function openThreads(options: DetectOptions, count: number, manifest: Manifest | undefined): Promise<Opened> {
  const { zone, settings = {} } = options;
  const links = Array.from({ length: count }, (_, thread) => {
    const name = manifest?.files[thread];
    const file = name === undefined ? null : join(options.checkpointFolder, name);
    return new ThreadLink(options.startThread('detect/detect-thread', { zone, settings, file }));
  });
  try {
    const states = await Promise.all(links.map((link) => link.ask({ ask: 'open' })));
    const threadOf = new Map(states.flatMap(({ cells }, thread) => cells.map((cell) => [cell, thread] as const)));
    const clocks = new Map(manifest?.clocks?.map(([source, state]) => [source, clockFrom(state)] as const));
    return { links, after: manifest?.seq ?? 0, version: states[0]!.version, threadOf, clocks };
  } catch (error) {
    await Promise.all(links.map((link) => link.close()));
    throw error;
  }
}

function clockFrom(state: SourceClockState): SourceClock {
  const clock = new SourceClock();
  clock.load(state);
  return clock;
}

class ThreadedDetect implements Detect {
  readonly version: string;
  readonly after: number;
  private readonly links: readonly ThreadLink[];
  /** A cell stays where it was first watched, even when the inventory moves it: its memory is there. */
  private readonly threadOf: Map<string, number>;
  private readonly clocks: Map<string, SourceClock>;
  private readonly uptimeMs: () => number;
  /** Journal number of the newest checkpoint, whether the memory is another by now, and when the next one is due. */
  private durable: number;
  private hasChanged = false;
  private dueAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly options: DetectOptions,
    opened: Opened,
  ) {
    this.links = opened.links;
    this.after = opened.after;
    this.version = opened.version;
    this.threadOf = opened.threadOf;
    this.clocks = opened.clocks;
    this.durable = opened.after;
    this.uptimeMs = options.uptimeMs ?? (() => performance.now());
    const fatal = options.fatal ?? ((error: Error) => options.log(`detect: ${error.message}`));
    for (const link of this.links) link.watch(fatal);
  }

  observe({ batch }: ReadingsRecord): Promise<Finding[]> {
    this.hasChanged = true;
    const clock = stepsOf(batch, this.clockOf(batch.source)?.hear(batch.cells, batch.cell, batch.at) ?? 0);
    const places = this.links.map((): [string, Place][] => []);
    const threads = batch.cells.map((cell) => this.threadFor(cell, places));
    const parts = splitBatch(batch, threads, this.links.length);
    return merged(
      this.links.map((link, thread) => {
        const part = parts[thread]!;
        return link.ask({ ask: 'observe', batch: part, clock, places: places[thread]! }, buffersOf(part));
      }),
    );
  }

  change({ cells, retired, identity }: Pick<InventoryRecord, 'cells' | 'retired' | 'identity'>): Promise<Finding[]> {
    this.hasChanged = true;
    // Of two that turn out to be one, the inventory's cell keeps its memory, where it has any.
    const taken = new Set<string>();
    const doubled = (identity?.merged ?? []).filter(({ from, to }) => {
      const isTaken = this.threadOf.has(to) || taken.has(to);
      if (this.threadOf.has(from)) taken.add(to);
      return isTaken;
    });
    const forget = [...retired, ...doubled.map(({ from }) => from)];
    for (const cell of forget) this.threadOf.delete(cell);
    const names = [...(identity ? newNames(identity) : [])].filter(([from]) => this.threadOf.has(from));
    const moving = names.map(([from, to]) => ({ to, thread: this.threadOf.get(from)! }));
    for (const [from] of names) this.threadOf.delete(from);
    for (const { to, thread } of moving) this.threadOf.set(to, thread);
    const relearn = identity ? restarted(identity) : [];
    const placed = cells.filter(({ id }) => this.threadOf.has(id));
    return merged(
      this.links.map((link, thread) => {
        const own = placed.filter(({ id }) => this.threadOf.get(id) === thread);
        return link.ask({ ask: 'change', forget, relearn, names, places: own.map((cell) => [cell.id, placeOf(cell)]) });
      }),
    );
  }

  async calendar({ days, mode }: Pick<CalendarRecord, 'days' | 'mode'>): Promise<void> {
    this.hasChanged = true;
    await Promise.all(this.links.map((link) => link.ask({ ask: 'calendar', days, mode })));
  }

  async usual(cell: string, kpi: string, ats: readonly number[]): Promise<(Usual | null)[]> {
    const thread = this.threadOf.get(cell);
    if (thread === undefined) return ats.map(() => null);
    return this.links[thread]!.ask({ ask: 'usual', cell, kpi, ats: [...ats] });
  }

  async checkpoint(seq: number, { force = false } = {}): Promise<number> {
    const startedAtMs = this.uptimeMs();
    if (!this.isDue({ force })) return this.durable;
    const bytes = await this.save(seq);
    this.durable = seq;
    this.hasChanged = false;
    this.dueAtMs = startedAtMs + (bytes / CHECKPOINT_BYTES_PER_SECOND) * 1000;
    return seq;
  }

  isDue({ force = false } = {}): boolean {
    return this.hasChanged && (force || this.uptimeMs() >= this.dueAtMs);
  }

  async size(): Promise<ThreadSize> {
    const sizes = await Promise.all(this.links.map((link) => link.ask({ ask: 'size' })));
    const sum = (field: keyof ThreadSize) => sizes.reduce((total, size) => total + size[field], 0);
    return { series: sum('series'), bytes: sum('bytes'), cells: sum('cells'), unwatched: sum('unwatched') };
  }

  async report(): Promise<DetectReport> {
    return reportOf(await Promise.all(this.links.map((link) => link.ask({ ask: 'report' }))));
  }

  async close(): Promise<void> {
    await Promise.all(this.links.map((link) => link.close()));
  }

  /** Bytes written, over all threads. */
  private async save(seq: number): Promise<number> {
    const { checkpointFolder } = this.options;
    const files = this.links.map((_, thread) => fileNameOf(seq, thread));
    const clocks = [...this.clocks].map(([source, clock]) => [source, clock.save()] as [string, SourceClockState]);
    const bytes = await Promise.all(
      this.links.map((link, thread) => link.ask({ ask: 'save', file: join(checkpointFolder, files[thread]!) })),
    );
    const own = writeManifest(checkpointFolder, { seq, version: this.version, files, clocks });
    return bytes.reduce((sum, each) => sum + each, own);
  }

  /** Undefined for sources beyond the bound: nobody is missed by their clock. */
  private clockOf(source: string): SourceClock | undefined {
    const known = this.clocks.get(source);
    if (known || this.clocks.size >= MOST_SOURCES) return known;
    const clock = new SourceClock();
    this.clocks.set(source, clock);
    return clock;
  }

  /** Where the cell is watched; of one that is new there its place is noted. */
  private threadFor(cell: string, places: readonly [string, Place][][]): number {
    const known = this.threadOf.get(cell);
    if (known !== undefined) return known;
    const place = this.options.placeOf(cell);
    const thread = textHash(vicinityOf(place) ?? cell) % this.links.length;
    this.threadOf.set(cell, thread);
    if (place) places[thread]!.push([cell, place]);
    return thread;
  }
}

/** Sites of one square of so many degrees are watched together: users of one turn to another. */
const VICINITY_DEGREES = 0.25;

function vicinityOf(place: Place | undefined): string | undefined {
  if (place?.lat === undefined || place.lon === undefined) return place?.siteId;
  return `${Math.floor(place.lat / VICINITY_DEGREES)},${Math.floor(place.lon / VICINITY_DEGREES)}`;
}

/** What the inventory says of a cell, as far as a detector needs it. */
export function placeOf(cell: Cell): Place {
  const { siteId, radio, duplex, area } = cell;
  return {
    siteId,
    radio,
    ...(duplex && { duplex }),
    ...(area && { area }),
    ...(isPlaced(cell) && { lat: cell.lat, lon: cell.lon }),
  };
}

/** What all threads found, in order. */
function merged(asked: readonly Promise<Finding[]>[]): Promise<Finding[]> {
  const all = Promise.all(asked).then((found) => found.flat().sort(byTimeCellKind));
  // Records are handed over many at once and awaited one by one: until then a failure must not count as unhandled.
  all.catch(() => undefined);
  return all;
}
