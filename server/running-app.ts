// A server that runs: opens its doors, checkpoints what it knows, looks after its senders, and stops cleanly.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSourceWatch } from './alerts/sources.ts';
import type { Api } from './api/api.ts';
import type { BacktestAsk, RollbackAsk } from './api/contract.ts';
import type { Lang, OpenedBacktest } from './api/doors.ts';
import type { Receiver } from './arrival/receive.ts';
import type { CoverageWatch } from './coverage-watch.ts';
import { createBacktestDoors } from './doors/backtest.ts';
import { createLearningDoors } from './doors/learning.ts';
import type { House } from './house.ts';
import type { Cell } from './model/cell.ts';
import type { DuckDb } from './storage/duckdb.ts';
import { Turns } from './turns.ts';
import { ValidityWatch } from './validity-watch.ts';

const SOURCE_LOOK_MS = 10_000;
const SAMPLES_LOOK_MS = 1000;
const VALIDITY_LOOK_MS = 1000;
const ROOM_LOOK_MS = 1000;
const UPKEEP_LOOK_MS = 10_000;
const LEARNING_LOOK_MS = 60_000;
/** A checkpoint is not waited for once the journal has spent so much of its budget. */
const ROOM_SHARE = 0.5;
/** Rooms whose place in the journal moves on with a checkpoint. */
const CHECKPOINTED: readonly (string | undefined)[] = ['detect', 'experience', 'live'];
/** Where other commands find the running server. */
export const ADDRESS_FILE = 'server.json';

export class RunningApp {
  private readonly timers: NodeJS.Timeout[] = [];
  private isListening = false;
  private isMakingRoom = false;
  private readonly checkpoints = new Turns();
  private readonly validity = new ValidityWatch(
    () => this.house.live.directory.due(this.house.live.present.dataAt),
    () => this.house.receiver.takeDueCells(),
    (line) => this.log(line),
  );
  private readonly watchSources = openSourceWatch(() => this.house.live.present.cellsBySource());

  constructor(
    private readonly house: House,
    private readonly api: Api,
    private readonly duckDb: DuckDb,
    private readonly coverageWatch: CoverageWatch,
    private readonly log: (line: string) => void,
  ) {}

  get receiver(): Receiver {
    return this.house.receiver;
  }

  /** The cells of the inventory. */
  inventory(): Cell[] {
    return Array.from(this.house.live.directory.cells(), ({ cell }) => cell).filter((cell) => cell !== undefined);
  }

  /** As the door does, for whoever has opened the folder. */
  openBacktest(ask: BacktestAsk, lang: Lang): Promise<OpenedBacktest> {
    return createBacktestDoors(this.house).openBacktest(ask, lang);
  }

  /** As the doors do, for whoever has opened the folder. */
  models(lang: Lang) {
    const { learn, config } = this.house;
    const doors = createLearningDoors({ learn, zone: config.zone });
    return {
      list: async () => doors.models(lang),
      train: async () => doors.trainModels(lang),
      rollBack: (ask: RollbackAsk) => doors.rollBackModels(ask, lang),
    };
  }

  /** Opens the doors; resolves with the address. */
  async listen(): Promise<string> {
    const { config, foretell, journal, learn } = this.house;
    // What was acknowledged before a crash is judged before anyone asks.
    await journal.drained('detect', journal.status().head);
    await learn.settle(await foretell.adopted());
    const port = await this.api.listen(config.port, config.host);
    const host = config.host === '0.0.0.0' || config.host === '127.0.0.1' ? 'localhost' : config.host;
    const address = `http://${host}:${port}`;
    await writeFile(this.addressFile, `${JSON.stringify({ address, pid: process.pid })}\n`);
    this.isListening = true;
    this.house.inbox.start();
    this.house.poll.start();
    this.timers.push(setInterval(() => void this.checkpoint(), config.checkpointMs));
    this.timers.push(setInterval(() => this.makeRoom(), ROOM_LOOK_MS));
    this.timers.push(setInterval(() => void this.lookAtSources(), SOURCE_LOOK_MS));
    this.timers.push(setInterval(() => void this.house.upkeep.look(), UPKEEP_LOOK_MS));
    this.timers.push(setInterval(() => void this.validity.look(), VALIDITY_LOOK_MS));
    this.timers.push(setInterval(() => void this.coverageWatch.look(), SAMPLES_LOOK_MS));
    this.timers.push(setInterval(() => this.house.learn.look(), LEARNING_LOOK_MS));
    return address;
  }

  private get addressFile(): string {
    return join(this.house.config.dataFolder, ADDRESS_FILE);
  }

  /** Resolves when everything accepted so far is stored and judged. */
  async drained(): Promise<void> {
    const { journal } = this.house;
    const { head } = journal.status();
    await Promise.all(
      ['store', 'samples', 'inventory', 'experience', 'detect'].map((consumer) => journal.drained(consumer, head)),
    );
  }

  /** One after another: the timer's and the last one of all must not write the same files at once. */
  private checkpoint(options?: { force: boolean }): Promise<void> {
    return this.checkpoints
      .take(() => this.writeCheckpoint(options))
      .catch((error) => {
        this.log(`app: a checkpoint failed (trying again later): ${error}`);
      });
  }

  /** Where the journal only waits for a checkpoint, it is made before senders have to wait. */
  private makeRoom(): void {
    const { bytes, maxBytes, holder } = this.house.journal.status();
    if (this.isMakingRoom || bytes <= ROOM_SHARE * maxBytes || !CHECKPOINTED.includes(holder)) return;
    // One at a time: a checkpoint of a large network takes longer than the pause between two looks.
    this.isMakingRoom = true;
    void this.checkpoint({ force: true }).finally(() => {
      this.isMakingRoom = false;
    });
  }

  /** Between two handfuls of the journal, when all that the detector has seen is dealt with; alerts first, then its memory. */
  private async writeCheckpoint(options?: { force: boolean }): Promise<void> {
    const { alerts, detect, experience, foretell, isJudged, judging, journal, refusals } = this.house;
    await judging.take(async () => {
      if (!isJudged()) return;
      await alerts.checkpoint();
      // The foretellers hear what the detector finds: they are never behind it, and pass over what comes again.
      if (detect.isDue(options)) await foretell.checkpoint(alerts.position);
      journal.release('detect', await detect.checkpoint(alerts.position, options));
    });
    journal.release('experience', await experience.checkpoint());
    await this.house.keepLive();
    await refusals.flush();
  }

  private async lookAtSources(): Promise<void> {
    const { alerts, live, now } = this.house;
    const look = this.watchSources(live.sources.list(now()), now());
    try {
      await alerts.takeNow(look.findings);
      look.settle();
    } catch (error) {
      this.log(`app: what senders do could not be told (trying again): ${error}`);
    }
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    const { inbox, journal, detect, foretell, store, refusals } = this.house;
    await this.api.close();
    await Promise.all([inbox.stop(), this.house.poll.stop(), this.house.learn.close()]);
    await Promise.all([this.coverageWatch.finish(), this.house.upkeep.finish()]);
    await this.checkpoint({ force: true });
    await journal.close();
    await detect.close();
    await foretell.close();
    await refusals.flush().catch(() => undefined);
    await store.close();
    await this.duckDb.close();
    if (this.isListening) await rm(this.addressFile, { force: true });
  }
}
