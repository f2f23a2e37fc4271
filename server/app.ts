// Joins the rooms: the only file that knows them all; sets the order of starting and stopping.

import { join } from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import type { Alerts } from './alerts/alerts.ts';
import { type Api, createApi } from './api/api.ts';
import type { AppOptions } from './app-options.ts';
import { RejectionBook } from './arrival/rejection-book.ts';
import { attachConsumers } from './consumers.ts';
import { CoverageWatch } from './coverage-watch.ts';
import { createDoors, liveDoors } from './doors.ts';
import { openFormulaHistory } from './formula-history.ts';
import type { House } from './house.ts';
import type { Intake } from './intake/intake.ts';
import type { Journal } from './journal/journal.ts';
import type { Feed } from './live/feed.ts';
import { Live } from './live/live.ts';
import { makeFolder } from './make-folder.ts';
import { CATALOGUE_FOR_THREADS, installCatalogue } from './model/catalogue.ts';
import { newNames } from './model/identity.ts';
import { openArrival } from './open-arrival.ts';
import { openAlertRoom, openCoverageRoom, openDetection, openPeople, openPrediction } from './open-judging.ts';
import { openFeed, openJournal, openStore, positionsOf } from './open-keeping.ts';
import { RunningApp } from './running-app.ts';
import { type DuckDb, openDuckDb } from './storage/duckdb.ts';
import { startThread } from './threads.ts';
import { Turns } from './turns.ts';
import { Upkeep } from './upkeep.ts';

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

/** In the order in which they need each other: what is kept, what judges it, the ways in, then all that follows the journal. */
async function openRooms(options: AppOptions, duckDb: DuckDb): Promise<RunningApp> {
  const { config, now, log } = options;
  const { ledger, samples, people, rejections } = duckDb;
  const live = new Live();
  const liveFile = join(config.dataFolder, 'live.checkpoint');
  await live.restore(await ledger.cells(), liveFile, log);
  live.calendar = await ledger.calendar();
  const refusals = await RejectionBook.open(rejections, live.sources, now, log);
  const store = await openStore(config, duckDb, refusals, log);
  const detect = await openDetection(options, live);
  const { foretell, learn } = await openPrediction(options, { live, ledger, journal: () => journal });
  const experience = await openPeople(options, { people, store, live, journal: () => journal });
  const positions = await positionsOf(duckDb, { store, experience, detect, live });
  const journal = await openJournal(options, positions);
  const feed = await openFeed(ledger, log);
  const alerts = await openAlertRoom(options, duckDb, { live, feed, experience });
  const { intake, ...ways } = await openArrival(options, { journal, live, store, refusals, samples });

  live.directory.restoreLeft(await ledger.leftCells());
  await replayPresent(journal, live, intake);
  followPresent(journal, { live, intake, feed, alerts });
  const judging = new Turns();
  const isJudged = attachConsumers(journal, positions, {
    ...{ store, ledger, samples, experience, detect, foretell, alerts, judging },
  });

  const house: House = {
    ...{ config, version: options.version, startedAt: now(), now },
    ...{ journal, store, ledger, people, rejections, refusals },
    ...{ live, keepLive: keeperOf(live, liveFile, journal), feed },
    ...{ detect, foretell, learn, experience, alerts, judging, isJudged },
    coverage: await openCoverageRoom(options, duckDb, { live, alerts, feed, journal }),
    formulaHistory: await openFormulaHistory(ledger, config.catalogue, live.present.dataAt),
    ...ways,
    upkeep: new Upkeep({
      ...{ store, samples, journal, retention: config.retention, now, log },
      newest: () => live.present.newest(),
    }),
  };
  const coverageWatch = new CoverageWatch({ coverage: house.coverage, samples, alerts, now, log });
  return new RunningApp(house, openDoors(options, house), duckDb, coverageWatch, log);
}

function openDoors({ config, webFolder, now, log }: AppOptions, house: House): Api {
  return createApi({
    doors: createDoors(house),
    live: liveDoors(house),
    auth: { tokens: config.tokens, now },
    maxBodyBytes: config.maxBodyBytes,
    webFolder,
    log,
  });
}

/** One after another: a checkpoint's and a person's must not write the same file at once. */
function keeperOf(live: Live, file: string, journal: Journal): () => Promise<void> {
  const turns = new Turns();
  return () =>
    turns.take(async () => {
      journal.release('live', await live.checkpoint(file, (seq) => journal.drained('inventory', seq)));
    });
}

/** From now on the present takes each record as it is written. */
function followPresent(
  journal: Journal,
  { live, intake, feed, alerts }: { live: Live; intake: Intake; feed: Feed; alerts: Alerts },
): void {
  for (const { id } of live.directory.cells()) live.present.setAlerted(id, alerts.healthOf(id) ?? 'ok');
  journal.watch((record) => {
    live.take(record);
    if (record.kind === 'inventory' && record.identity) intake.recent.rename(newNames(record.identity));
    if (record.kind === 'inventory')
      feed.publish({ type: 'inventory', seq: feed.head, cells: live.directory.counts().cells });
  });
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
