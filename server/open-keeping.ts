// Opens what keeps: the store of the past, the journal, and the numbers of the live feed.

import { join } from 'node:path';
import type { AppOptions } from './app-options.ts';
import type { RejectionBook } from './arrival/rejection-book.ts';
import type { Config } from './config.ts';
import type { Detect } from './detect/detect.ts';
import type { Experience } from './experience/experience.ts';
import type { Journal } from './journal/journal.ts';
import { openFileJournal } from './journal/journals/file.ts';
import { FEED_BLOCK, Feed, MOST_KEPT_EVENTS } from './live/feed.ts';
import type { Live } from './live/live.ts';
import type { DuckDb } from './storage/duckdb.ts';
import { underTags } from './storage/influx/under-tags.ts';
import type { KpiStore } from './storage/kpi-store.ts';
import { openInfluxStore } from './storage/kpi-stores/influx.ts';
import { ALERTS_POSITION, INVENTORY_POSITION, type Ledger } from './storage/ledger.ts';

const FEED_RESERVED = 'feed.reserved';
const INFLUX_POSITION = 'position.influx';

/** How far in the journal each room has come. */
export type Positions = Awaited<ReturnType<typeof positionsOf>>;

export async function positionsOf(
  { ledger, samples }: DuckDb,
  { store, experience, detect, live }: { store: KpiStore; experience: Experience; detect: Detect; live: Live },
) {
  return {
    experience: experience.position,
    store: await store.position(),
    samples: await samples.position(),
    inventory: (await ledger.number(INVENTORY_POSITION)) ?? 0,
    detect: detect.after,
    live: live.position,
    alerts: (await ledger.number(ALERTS_POSITION)) ?? 0,
  };
}

export function openJournal({ config, log }: AppOptions, positions: Positions): Promise<Journal> {
  return openFileJournal({
    folder: join(config.dataFolder, 'journal'),
    maxBytes: config.maxJournalBytes,
    atLeast: Math.max(...Object.values(positions)),
    log,
  });
}

export async function openStore(
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

export async function openFeed(ledger: Ledger, log: (line: string) => void): Promise<Feed> {
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
