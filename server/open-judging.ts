// Opens the rooms that judge: detection, what people feel, alerts and coverage, each with what it needs of the others.

import { join } from 'node:path';
import { type Alerts, openAlerts } from './alerts/alerts.ts';
import type { SitePlace } from './alerts/neighbours.ts';
import type { Places } from './alerts/phrasing.ts';
import type { AppOptions } from './app-options.ts';
import { type Coverage, openCoverage } from './coverage/coverage.ts';
import { coverageAround } from './coverage-around.ts';
import { type Detect, openDetect, placeOf } from './detect/detect.ts';
import { type Foretell, openForetell } from './detect/foretell.ts';
import { type Learn, openLearn } from './detect/learn.ts';
import { areaOf } from './experience/areas.ts';
import { type Experience, openExperience } from './experience/experience.ts';
import type { Journal } from './journal/journal.ts';
import { networkHistory } from './learning-history.ts';
import type { Feed } from './live/feed.ts';
import type { Live } from './live/live.ts';
import { type Cell, isPlaced } from './model/cell.ts';
import type { Place } from './model/place.ts';
import type { DuckDb } from './storage/duckdb.ts';
import type { KpiStore } from './storage/kpi-store.ts';
import { startThread } from './threads.ts';
import { Turns } from './turns.ts';

/** A question about samples waits at most so long for those that were accepted before it. */
const PATIENCE_MS = 2000;

export function openDetection({ config, log, fatal }: AppOptions, live: Live): Promise<Detect> {
  return openDetect({
    startThread,
    checkpointFolder: join(config.dataFolder, 'detect'),
    zone: config.zone,
    settings: config.detection,
    threads: config.detectThreads,
    placeOf: (id) => knownPlace(live, id),
    calendar: () => live.calendar,
    log,
    fatal,
  });
}

/** By the inventory; of a cell that only data has named, by the element that named it. */
function knownPlace({ directory }: Live, id: string): Place | undefined {
  const known = directory.get(id);
  if (known?.cell) return placeOf(known.cell);
  if (!known || known.siteId === id) return undefined;
  return { siteId: known.siteId, ...(known.radio && { radio: known.radio }) };
}

/** `journal` is asked for only later: it is opened with the number that detection stopped at. */
export async function openPrediction(
  { config, now, log, fatal }: AppOptions,
  { live, ledger, journal }: { live: Live; ledger: DuckDb['ledger']; journal(): Journal },
): Promise<{ foretell: Foretell; learn: Learn }> {
  const learn = openLearn({
    turns: new Turns(),
    startThread,
    folder: join(config.dataFolder, 'models'),
    history: networkHistory(ledger),
    examples: () => foretell.examples(),
    adopt: async (models) => void (await journal().append({ kind: 'models', receivedAt: now(), models })),
    dataNow: () => live.present.dataAt,
    log,
  });
  const foretell = await openForetell({
    startThread,
    checkpointFolder: join(config.dataFolder, 'foretell'),
    zone: config.zone,
    cells: () => placedCells(live),
    log,
    fatal,
  });
  return { foretell, learn };
}

function* placedCells(live: Live): Generator<Cell> {
  for (const { cell, retired } of live.directory.cells()) if (cell && !retired) yield cell;
}

/** `journal` is asked for only later: it is opened with the number that experience stopped at. */
export function openPeople(
  { config, now, log }: AppOptions,
  { people, store, live, journal }: { people: DuckDb['people']; store: KpiStore; live: Live; journal(): Journal },
): Promise<Experience> {
  return openExperience({
    past: people,
    readings: (cell, from, to) => store.readings(cell, from, to),
    holds: (seq, patienceMs) => within(patienceMs, journal().drained('store', seq)),
    caughtUp: () => caughtUp(journal(), 'experience'),
    hasLeft: (cell) => live.directory.hasLeft(cell),
    zone: config.zone,
    now,
    log,
  });
}

export function openAlertRoom(
  { config, now, log }: AppOptions,
  { ledger }: DuckDb,
  { live, feed, experience }: { live: Live; feed: Feed; experience: Experience },
): Promise<Alerts> {
  return openAlerts({
    ledger,
    places: placesOf(live),
    zone: config.zone,
    dataAt: () => live.present.dataAt,
    nextSeq: () => feed.next(),
    now,
    publish: ({ seq, alert }) => feed.publish({ type: 'alert', seq, alert }),
    impactOf: (alert) => experience.impactOf(alert),
    healthChanged: (cell, health) => live.present.setAlerted(cell, health ?? 'ok'),
    log,
  });
}

export function openCoverageRoom(
  { config, log }: AppOptions,
  { samples }: DuckDb,
  { live, alerts, feed, journal }: { live: Live; alerts: Alerts; feed: Feed; journal: Journal },
): Promise<Coverage> {
  return openCoverage({
    ...coverageAround(live, placesOf(live), alerts, feed),
    store: samples,
    caughtUp: () => caughtUp(journal, 'samples'),
    operator: config.operator,
    log,
  });
}

function placesOf(live: Live): Places {
  return {
    cell: (id) => {
      // What is judged may be a little behind a change of names.
      const known = live.directory.get(live.directory.find(id) ?? id);
      const { name, nameZh, duplex } = known?.cell ?? {};
      return known && { siteId: known.siteId, name, nameZh, isTdd: duplex === 'TDD' };
    },
    cellsOf: (siteId) => live.directory.cellsOf(siteId),
    map: { sites: () => placedSites(live), version: () => live.directory.version },
    areaOf: (id) => areaOf(live.directory.get(live.directory.find(id) ?? id)?.cell).key,
  };
}

/** Each site where the first of its placed cells stands. */
function* placedSites({ directory }: Live): Generator<SitePlace> {
  const given = new Set<string>();
  for (const { siteId, cell } of directory.cells()) {
    if (!cell || !isPlaced(cell) || given.has(siteId)) continue;
    given.add(siteId);
    yield { id: siteId, lat: cell.lat, lon: cell.lon };
  }
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
