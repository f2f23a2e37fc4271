// The front door of prediction: hands each record, and what was found in it, to the foretellers' thread.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { CapacityCourse, CapacityPage, CapacityQuery } from '../model/capacity.ts';
import type { Cell } from '../model/cell.ts';
import type { Finding } from '../model/finding.ts';
import { newNames, restarted } from '../model/identity.ts';
import type { InventoryRecord, JournalRecord } from '../model/journal.ts';
import type { Example, LearnedModel } from '../model/learning.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { ForetellAnswers, ForetellQuestion, ForetellSetting } from './foretell-protocol.ts';
import type { Forecast, ForetellSize, Heard } from './foreteller.ts';
import { fileNameOf, type Manifest, readManifest, setAside, writeManifest } from './manifest.ts';
import { ThreadLink } from './thread-link.ts';

export interface ForetellOptions {
  /** Starts a worker thread by its entry, relative to `server/`. */
  startThread(entry: string, workerData: ForetellSetting): Worker;
  /** Folder of its own for the memory; made if it is missing. */
  checkpointFolder: string;
  /** IANA zone of local hours. */
  zone: string;
  /** The cells of the inventory: asked for once, when there is no checkpoint. */
  cells(): Iterable<Cell>;
  log(line: string): void;
  /** The thread has ended by itself. Logged unless told otherwise. */
  fatal?(error: Error): void;
}

export interface Foretell {
  /** Versions of the foretellers. */
  readonly version: string;
  /** Journal number of the checkpoint that was loaded, 0 when it started empty: records up to it are passed over. */
  readonly after: number;
  /**
   * Learns one record, given what the detector found in it, and says what it makes foreseeable; records in journal order.
   * Rejects once the thread is gone.
   */
  take(record: JournalRecord, found: readonly Finding[]): Promise<Finding[]>;
  /** The models that the newest record about them told; empty: those shipped are in force. */
  adopted(): Promise<LearnedModel[]>;
  /** Cases that are over, for training. */
  examples(): Promise<Example[]>;
  /** Where a KPI will be at each time (epoch milliseconds), null where nothing is foreseen. */
  forecast(cell: string, kpi: string, ats: readonly number[]): Promise<(Forecast | null)[]>;
  /** How full cells are and when they will be, by pages; null where nobody looks after that. */
  capacity(query: CapacityQuery): Promise<CapacityPage | null>;
  /** The days of one cell and where they go; null where nothing is known of it. */
  capacityCourse(cell: string): Promise<CapacityCourse | null>;
  /** Makes the memory durable as of `seq`, the newest record taken, unless nothing changed. One call at a time. */
  checkpoint(seq: number): Promise<number>;
  size(): Promise<ForetellSize>;
  close(): Promise<void>;
}

type Link = ThreadLink<ForetellQuestion, ForetellAnswers>;

/** Goes on from the newest checkpoint; one that is damaged is set aside with a line in the log. */
export async function openForetell(options: ForetellOptions): Promise<Foretell> {
  mkdirSync(options.checkpointFolder, { recursive: true });
  try {
    return await openWith(options, readManifest(options.checkpointFolder));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    options.log(`foretell: the checkpoint is set aside and learning starts anew: ${why}`);
    setAside(options.checkpointFolder);
    return openWith(options, undefined);
  }
}

async function openWith(options: ForetellOptions, manifest: Manifest | undefined): Promise<Foretell> {
  const versions = manifest?.version.split(' ') ?? [];
  const files = versions.map((version, i): [string, string] => [
    version,
    join(options.checkpointFolder, manifest!.files[i] ?? ''),
  ]);
  const link: Link = new ThreadLink(options.startThread('detect/foretell-thread', { zone: options.zone, files }));
  try {
    const opened = await link.ask({ ask: 'open' });
    const fresh = opened.versions.filter((version) => !versions.includes(version));
    if (manifest && fresh.length > 0) options.log(`foretell: ${fresh.join(' ')} is new and starts to learn`);
    if (fresh.length > 0) await link.ask({ ask: 'know', cells: [...options.cells()] });
    return new ThreadedForetell(options, link, opened, manifest?.seq ?? 0);
  } catch (error) {
    await link.close();
    throw error;
  }
}

class ThreadedForetell implements Foretell {
  readonly version: string;
  private readonly kpis: ReadonlySet<string>;
  private readonly files: number;
  private durable: number;
  private hasChanged = false;

  constructor(
    private readonly options: ForetellOptions,
    private readonly link: Link,
    { versions, kpis }: ForetellAnswers['open'],
    readonly after: number,
  ) {
    this.version = versions.join(' ');
    this.files = versions.length;
    this.kpis = new Set(kpis);
    this.durable = after;
    link.watch(options.fatal ?? ((error: Error) => options.log(`foretell: ${error.message}`)));
  }

  async take(record: JournalRecord, found: readonly Finding[]): Promise<Finding[]> {
    if (record.seq <= this.after) return [];
    this.hasChanged = true;
    const heard = found.length > 0 ? this.hear({ what: 'findings', findings: found }) : undefined;
    const [told] = await Promise.all([this.foretold(record), heard]);
    return told;
  }

  adopted(): Promise<LearnedModel[]> {
    return this.link.ask({ ask: 'adopted' });
  }

  examples(): Promise<Example[]> {
    return this.link.ask({ ask: 'examples' });
  }

  forecast(cell: string, kpi: string, ats: readonly number[]): Promise<(Forecast | null)[]> {
    return this.link.ask({ ask: 'forecast', cell, kpi, ats: [...ats] });
  }

  capacity(query: CapacityQuery): Promise<CapacityPage | null> {
    return this.link.ask({ ask: 'capacity', query });
  }

  capacityCourse(cell: string): Promise<CapacityCourse | null> {
    return this.link.ask({ ask: 'capacityCourse', cell });
  }

  async checkpoint(seq: number): Promise<number> {
    if (!this.hasChanged) return this.durable;
    const { checkpointFolder } = this.options;
    const files = Array.from({ length: this.files }, (_, i) => fileNameOf(seq, i));
    await this.link.ask({ ask: 'save', files: files.map((name) => join(checkpointFolder, name)) });
    writeManifest(checkpointFolder, { seq, version: this.version, files });
    this.durable = seq;
    this.hasChanged = false;
    return seq;
  }

  size(): Promise<ForetellSize> {
    return this.link.ask({ ask: 'size' });
  }

  close(): Promise<void> {
    return this.link.close();
  }

  private async foretold(record: JournalRecord): Promise<Finding[]> {
    if (record.kind === 'readings') return this.observe(record.batch);
    if (record.kind === 'inventory') return this.change(record);
    if (record.kind === 'calendar') await this.hear({ what: 'calendar', days: record.days, mode: record.mode });
    if (record.kind === 'alarms') await this.hear({ what: 'alarms', alarms: record.alarms });
    if (record.kind === 'causes') await this.hear({ what: 'causes', causes: record.causes });
    if (record.kind === 'models') await this.link.ask({ ask: 'adopt', models: record.models });
    return [];
  }

  private hear(heard: Heard): Promise<undefined> {
    return this.link.ask({ ask: 'hear', heard });
  }

  private observe(batch: ReadingBatch): Promise<Finding[]> {
    const part = partOf(batch, this.kpis);
    const arrays = [part.cell, part.at, part.periodSeconds, part.suspect, ...part.kpis.map(({ values }) => values)];
    return this.link.ask(
      { ask: 'observe', batch: part },
      arrays.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }

  private async change({ cells, retired, identity }: InventoryRecord): Promise<Finding[]> {
    const names = identity ? [...newNames(identity)] : [];
    const relearn = identity ? restarted(identity) : [];
    const ended = this.link.ask({ ask: 'change', forget: retired, relearn, names });
    if (cells.length > 0) await this.link.ask({ ask: 'know', cells });
    return ended;
  }
}

/** Copied, with the columns alone that are read. */
function partOf(batch: ReadingBatch, kpis: ReadonlySet<string>): ReadingBatch {
  const { source, receivedAt, rows, cells, late } = batch;
  return {
    ...{ source, receivedAt, rows, cells, counters: [] },
    cell: batch.cell.slice(),
    at: batch.at.slice(),
    periodSeconds: batch.periodSeconds.slice(),
    suspect: batch.suspect.slice(),
    ...(late && { late }),
    kpis: batch.kpis.filter(({ name }) => kpis.has(name)).map(({ name, values }) => ({ name, values: values.slice() })),
  };
}
