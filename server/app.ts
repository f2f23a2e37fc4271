// Joins the rooms: the only file that knows them all; sets the order of starting and stopping.

import { join } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { openAlerts } from './alerts/alerts.ts';
import type { Places } from './alerts/phrasing.ts';
import { createApi } from './api/api.ts';
import type { ArrivedFile } from './collect/source.ts';
import { HttpPoll } from './collect/sources/http-poll.ts';
import { Inbox } from './collect/sources/inbox.ts';
import type { Config } from './config.ts';
import { attachConsumers } from './consumers.ts';
import { openCoverage } from './coverage/coverage.ts';
import { hexagonOf } from './coverage/hexagon-of.ts';
import { coverageAround } from './coverage-around.ts';
import { CoverageWatch } from './coverage-watch.ts';
import { openDetect } from './detect/detect.ts';
import { createDoors, liveDoors } from './doors.ts';
import { openExperience } from './experience/experience.ts';
import { openFormulaHistory } from './formula-history.ts';
import type { House } from './house.ts';
import { Intake } from './intake/intake.ts';
import { openKey, pseudonyms } from './intake/pseudonym.ts';
import { SampleIntake } from './intake/samples.ts';
import type { Journal } from './journal/journal.ts';
import { openFileJournal } from './journal/journals/file.ts';
import { FEED_BLOCK, Feed, MOST_KEPT_EVENTS } from './live/feed.ts';
import { Live } from './live/live.ts';
import { makeFolder } from './make-folder.ts';
import { localDays } from './maths/local-days.ts';
import { localOffset } from './maths/zone-offset.ts';
import { CATALOGUE_FOR_THREADS, installCatalogue } from './model/catalogue.ts';
import { newNames } from './model/identity.ts';
import type { Rejection } from './model/rejection.ts';
import { Receiver } from './receive.ts';
import { RejectionBook } from './rejection-book.ts';
import { RunningApp } from './running-app.ts';
import { type DuckDb, openDuckDb } from './storage/duckdb.ts';
import { underTags } from './storage/influx/under-tags.ts';
import type { KpiStore } from './storage/kpi-store.ts';
import { openInfluxStore } from './storage/kpi-stores/influx.ts';
import { ALERTS_POSITION, INVENTORY_POSITION, type Ledger } from './storage/ledger.ts';
import { startThread } from './threads.ts';
import { Turns } from './turns.ts';
import { Upkeep } from './upkeep.ts';

export interface AppOptions {
  config: Config;
  version: string;
  /** Folder of the built page. */
  webFolder: string;
  /** Wall time, epoch milliseconds. */
  now(): number;
  log(line: string): void;
  /** A thread or its database is gone: the process must end and be started again; all is in the journal. */
  fatal(error: Error): void;
}

/** A question about samples waits at most so long for those that were accepted before it. */
const PATIENCE_MS = 2000;
const FEED_RESERVED = 'feed.reserved';
const INFLUX_POSITION = 'position.influx';

export async function openApp(options: AppOptions): Promise<RunningApp> {
  const { config, log, fatal } = options;
  // Before any thread is started, so that each begins with it.
  installCatalogue(config.catalogue);
  setEnvironmentData(CATALOGUE_FOR_THREADS, config.catalogue);
  for (const folder of [config.dataFolder, config.inboxFolder]) await makeFolder(folder);
  const file = join(config.dataFolder, 'cellstar.duckdb');
  const duckDb = await openDuckDb({
    file,
    memoryLimitMb: config.duckDbMemoryMb,
    zone: config.zone,
    startThread,
    log,
    fatal,
  });
  try {
    return await openRooms(options, duckDb);
  } catch (error) {
    await duckDb.close();
    throw error;
  }
}

async function openRooms(options: AppOptions, duckDb: DuckDb): Promise<RunningApp> {
  const { config, now, log, fatal } = options;
  const { ledger, samples } = duckDb;
  const live = new Live();
  const liveFile = join(config.dataFolder, 'live.checkpoint');
  await live.restore(await ledger.cells(), liveFile, log);
  const refusals = await RejectionBook.open(duckDb.rejections, live.sources, now, log);
  const store = await openStore(config, duckDb, refusals, log);

  const detect = await openDetect({
    startThread,
    checkpointFolder: join(config.dataFolder, 'detect'),
    zone: config.zone,
    threads: config.detectThreads,
    siteOf: (cell) => live.directory.get(cell)?.siteId ?? cell,
    log,
    fatal,
  });
  const experience = await openExperience({
    past: duckDb.people,
    readings: (cell, from, to) => store.readings(cell, from, to),
    holds: (seq, patienceMs) => within(patienceMs, journal.drained('store', seq)),
    // The journal is opened below, with the number that experience stopped at.
    caughtUp: () => caughtUp(journal, 'experience'),
    hasLeft: (cell) => live.directory.hasLeft(cell),
    zone: config.zone,
    now,
    log,
  });
  const positions = {
    experience: experience.position,
    store: await store.position(),
    samples: await samples.position(),
    inventory: (await ledger.number(INVENTORY_POSITION)) ?? 0,
    detect: detect.after,
    live: live.position,
    alerts: (await ledger.number(ALERTS_POSITION)) ?? 0,
  };
  const journal = await openFileJournal({
    folder: join(config.dataFolder, 'journal'),
    maxBytes: config.maxJournalBytes,
    atLeast: Math.max(...Object.values(positions)),
    log,
  });

  const feed = await openFeed(ledger, log);
  const alerts = await openAlerts({
    ledger,
    places: placesOf(live),
    nextSeq: () => feed.next(),
    now,
    publish: ({ seq, alert }) => feed.publish({ type: 'alert', seq, alert }),
    impactOf: (alert) => experience.impactOf(alert),
    healthChanged: (cell, health) => live.present.setAlerted(cell, health ?? 'ok'),
    log,
  });

  const intake = new Intake({
    names: live.directory,
    stored: (cell, from, to) => store.readings(cell, from, to),
    radioOf: (cell) => live.directory.get(cell)?.radio ?? null,
    unplaced: ({ id, siteId, radio }) => void live.directory.ensure(id, siteId, radio),
    late: (batch) => live.arrived.late(batch),
    objects: config.objects,
  });
  const days = localDays(config.zone);
  const sampleIntake = new SampleIntake({
    names: live.directory,
    radioOf: (cell) => live.directory.get(cell)?.radio ?? undefined,
    hexOf: hexagonOf,
    dayEndOf: (at) => days.of(at).to,
  });
  const pseudonymOf = pseudonyms(await openKey(config.dataFolder, log));
  const receiver = new Receiver({
    journal,
    intake,
    sampleIntake,
    knownSamples: (digests) => duckDb.samples.known(digests),
    people: { pseudonymOf, cellIdOf: (name) => live.directory.find(name) },
    directory: live.directory,
    dataAt: () => live.present.dataAt,
    refuse: (source, rejections, total) => refusals.add(source, rejections, total),
    now,
    zone: config.zone,
    zoneOffsetMinutes: localOffset(config.zone),
    maxBodyBytes: config.maxBodyBytes,
    charset: config.charset,
  });
  const arriving = {
    receive: (arrived: ArrivedFile) => receiver.takeFile(arrived),
    refuse: (source: string, rejection: Rejection) => refusals.add(source, [rejection], rejection.count ?? 1),
  };
  const inbox = new Inbox({ ...arriving, folder: config.inboxFolder, log });
  const { polls: targets, maxBodyBytes: maxBytes } = config;
  const poll = new HttpPoll({ ...arriving, targets, maxBytes, fetch, now, random: Math.random, log });

  live.directory.restoreLeft(await ledger.leftCells());
  await replayPresent(journal, live, intake);
  for (const { id } of live.directory.cells()) live.present.setAlerted(id, alerts.healthOf(id) ?? 'ok');
  journal.watch((record) => {
    live.take(record);
    if (record.kind === 'inventory' && record.identity) intake.recent.rename(newNames(record.identity));
    if (record.kind === 'inventory')
      feed.publish({ type: 'inventory', seq: feed.head, cells: live.directory.counts().cells });
  });
  const judging = new Turns();
  const isJudged = attachConsumers(journal, positions, { store, ledger, samples, experience, detect, alerts, judging });

  const coverage = await openCoverage({
    ...coverageAround(live, placesOf(live), alerts, feed),
    store: samples,
    caughtUp: () => caughtUp(journal, 'samples'),
    operator: config.operator,
    log,
  });
  const coverageWatch = new CoverageWatch({ coverage, samples, alerts, now, log });

  const upkeep = new Upkeep({
    ...{ store, samples, journal, retention: config.retention, now, log },
    newest: () => live.present.newest(),
  });

  const keeping = new Turns();
  const keepLive = () =>
    keeping.take(async () => {
      journal.release('live', await live.checkpoint(liveFile, (seq) => journal.drained('inventory', seq)));
    });

  const house: House = {
    config,
    version: options.version,
    startedAt: now(),
    now,
    journal,
    store,
    ledger,
    live,
    keepLive,
    feed,
    detect,
    coverage,
    experience,
    people: duckDb.people,
    rejections: duckDb.rejections,
    alerts,
    judging,
    isJudged,
    formulaHistory: await openFormulaHistory(ledger, config.catalogue, live.present.dataAt),
    receiver,
    pseudonymOf,
    refusals,
    inbox,
    poll,
    upkeep,
  };
  const api = createApi({
    doors: createDoors(house),
    live: liveDoors(house),
    auth: { tokens: config.tokens, now },
    maxBodyBytes: config.maxBodyBytes,
    webFolder: options.webFolder,
    log,
  });
  return new RunningApp(house, api, duckDb, coverageWatch, log);
}

async function openStore(
  config: Config,
  { store, rollups, ledger }: DuckDb,
  refusals: RejectionBook,
  log: (line: string) => void,
): Promise<KpiStore> {
  if (!config.influx) return store;
  const position = {
    get: async () => (await ledger.number(INFLUX_POSITION)) ?? 0,
    set: (seq: number) => ledger.setNumber(INFLUX_POSITION, seq),
  };
  const refused = (count: number, detail: string) =>
    refusals.add('influxdb', [{ reason: 'store-refused', detail, count }], count);
  const influx = openInfluxStore({ ...config.influx, position, refused, rollups, log });
  return underTags(influx, {
    kept: await ledger.influxTags(),
    keep: (tags, seq) => ledger.saveInfluxTags(tags, INFLUX_POSITION, seq),
  });
}

async function openFeed(ledger: Ledger, log: (line: string) => void): Promise<Feed> {
  const reserved = (await ledger.number(FEED_RESERVED)) ?? 0;
  await ledger.setNumber(FEED_RESERVED, reserved + FEED_BLOCK);
  const earlier = await ledger.alertChanges(0, MOST_KEPT_EVENTS);
  return new Feed({
    firstSeq: reserved + 1,
    reserve: (seq) => ledger.setNumber(FEED_RESERVED, seq),
    earlier,
    log,
  });
}

function placesOf(live: Live): Places {
  return {
    cell: (id) => {
      // What is judged may be a little behind a change of names.
      const known = live.directory.get(live.directory.find(id) ?? id);
      return known && { siteId: known.siteId, name: known.cell?.name, nameZh: known.cell?.nameZh };
    },
    cellsOf: (siteId) => live.directory.cellsOf(siteId),
  };
}

/** Whether something is done within so long. */
function within(patienceMs: number, done: Promise<unknown>): Promise<boolean> {
  const patience = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patienceMs).unref());
  return Promise.race([done.then(() => true), patience]);
}

/** What was acknowledged is in the next answer; a store that is far behind is not waited for. */
function caughtUp(journal: Journal, consumer: string): Promise<unknown> {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  return Promise.race([journal.drained(consumer, journal.status().head), patience]);
}

/** The present was checkpointed a while ago: the journal's tail brings it up to now, and intake's memory of parts with it. */
async function replayPresent(journal: Journal, live: Live, intake: Intake): Promise<void> {
  intake.recent.startFrom(live.present.newest());
  for await (const record of journal.read(live.position)) {
    live.take(record);
    if (record.kind === 'readings') intake.recent.remember(record.batch);
    if (record.kind === 'inventory' && record.identity) intake.recent.rename(newNames(record.identity));
  }
}
