// What the doors answer about the past that might have been: one backtest at a time, beside the live house.

import { setTimeout as pause } from 'node:timers/promises';
import { FLAP_MS } from '../alerts/alert-options.ts';
import { isActive } from '../alerts/alert-state.ts';
import type { BacktestAnswer } from '../api/contract.ts';
import type { Doors, Lang } from '../api/doors.ts';
import { ApiError } from '../api/problem.ts';
import type { BacktestSetting } from '../detect/backtest/backtest-protocol.ts';
import type { BacktestCell } from '../detect/backtest/window.ts';
import { placeOf } from '../detect/detect.ts';
import type { House } from '../house.ts';
import { RESTARTING_FIELDS } from '../model/identity.ts';
import { startThread } from '../threads.ts';
import { answerOf } from './backtest/answer.ts';
import { type BacktestPlan, readAsk } from './backtest/ask.ts';
import { firedOf } from './backtest/fired.ts';
import { runBacktest } from './backtest/run.ts';
import { storeIsAway } from './series/points.ts';

/** Cells that the detector looks at, at least, where there are so many. */
const LEAST_COMPANY = 8;
/** What was acknowledged is waited for this long when the store is behind. */
const STORE_PATIENCE_MS = 5000;
const RETRY_SECONDS = 2;
const EVERY_ALERT = 100_000;

export type BacktestHouse = Pick<House, 'alerts' | 'config' | 'journal' | 'ledger' | 'live' | 'now' | 'store'>;

export function createBacktestDoors(house: BacktestHouse): Pick<Doors, 'openBacktest'> {
  const { directory, present } = house.live;
  let isRunning = false;
  return {
    async openBacktest(ask, lang) {
      const plan = readAsk(ask, { directory, dataAt: present.dataAt, zone: house.config.zone });
      if (isRunning) {
        const again = { 'Retry-After': String(RETRY_SECONDS) };
        throw new ApiError(429, 'Another backtest runs', 'one runs at a time: ask again when it is done', again);
      }
      isRunning = true;
      return {
        async run(progress, signal) {
          try {
            return await answer(plan, lang, house, progress, signal);
          } finally {
            isRunning = false;
          }
        },
      };
    },
  };
}

async function answer(
  plan: BacktestPlan,
  lang: Lang,
  house: BacktestHouse,
  progress: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<BacktestAnswer> {
  const { alerts, journal, ledger, store, config, now } = house;
  const head = journal.status().head;
  await Promise.race([journal.drained('store', head), pause(STORE_PATIENCE_MS, undefined, { ref: false })]);
  // Where nothing is stored nothing is asked for, cell by cell.
  const oldest = await guarded(store.oldest.bind(store))();
  const readFrom = Math.min(plan.to, Math.max(plan.readFrom, oldest - 1));
  const stored = { ...plan, readFrom, cells: readFrom < plan.to ? plan.cells : [] };
  const setting = await settingOf(stored, house);
  const reading = { readings: guarded(store.readings.bind(store)), series: guarded(store.series.bind(store)) };
  const result = await runBacktest(stored, setting, { store: reading, startThread, pause }, progress, signal);
  const fired = await firedOf(new Set(plan.cells), plan, {
    alertsSince: (changedAt, after, limit) => ledger.alertsSince(changedAt, after, limit),
    active: () => activeAlerts(alerts),
  });
  const context = { zone: config.zone, reader: now() };
  return answerOf(plan, result, fired, { slackMs: FLAP_MS, lang, context });
}

/** Those that a mute holds back among them: they did fire. */
function activeAlerts(alerts: House['alerts']) {
  return alerts.list({ state: 'all', limit: EVERY_ALERT })?.alerts.filter(isActive) ?? [];
}

/** A store that is away is told as such. */
function guarded<A extends unknown[], T>(ask: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  return (...args) => ask(...args).catch(storeIsAway);
}

async function settingOf(plan: BacktestPlan, { config, ledger, live }: BacktestHouse): Promise<BacktestSetting> {
  const { rule, cells, readFrom, to } = plan;
  const settings = { ...config.detection, ...plan.settings };
  const shared = { zone: config.zone, settings, from: plan.from, flapMs: FLAP_MS, calendar: live.calendar };
  if (rule) return { ...shared, rule, restarts: [], cells: cells.map((id) => ({ id, source: '', asked: true })) };
  const restarts: BacktestSetting['restarts'] = [];
  for (const cell of cells) {
    const changes = (await ledger.cellChanges(cell)).filter(({ field }) => RESTARTING_FIELDS.includes(field));
    for (const { at } of changes) if (at > readFrom && at <= to) restarts.push([cell, at]);
  }
  return { ...shared, restarts, cells: inCompany(cells, live) };
}

/**
 * A cell is judged by its peers and neighbours, and its silence by the clock of its sender: where few are asked for, others of
 * their sites and senders are read with them.
 */
function inCompany(cells: readonly string[], { directory, present }: BacktestHouse['live']): BacktestCell[] {
  const bySource = present.cellsBySource();
  const sourceOf = new Map([...bySource].flatMap(([source, ids]) => ids.map((id) => [id, source] as const)));
  const near = cells.flatMap((id) => directory.cellsOf(directory.get(id)?.siteId ?? id));
  const alike = [...new Set(cells.map((id) => sourceOf.get(id)))].flatMap((source) =>
    (bySource.get(source ?? '') ?? []).slice(0, LEAST_COMPANY + cells.length),
  );
  const others = [...new Set([...near, ...alike])].filter((id) => !cells.includes(id));
  const company = others.slice(0, Math.max(0, LEAST_COMPANY - cells.length));
  const asked = new Set(cells);
  return [...cells, ...company].map((id) => {
    const cell = directory.get(id)?.cell;
    return { id, source: sourceOf.get(id) ?? '', asked: asked.has(id), ...(cell && { place: placeOf(cell) }) };
  });
}
