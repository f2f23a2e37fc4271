// Answers to what the doors ask about cells: the map's list, one cell with all that is known of it, the state of the house.

import type {
  Alert,
  CellDetail,
  CellRow,
  EquipmentAlarm,
  HealthAnswer,
  InventoryList,
  PollState,
} from '../api/contract.ts';
import type { Lang } from '../api/doors.ts';
import { badRequest } from '../api/problem.ts';
import type { PollStatus } from '../collect/sources/http-poll.ts';
import type { Usual } from '../detect/detector.ts';
import { lineageOf } from '../intake/lineage.ts';
import type { Directory, KnownCell } from '../live/directory.ts';
import type { CellPresent, Present } from '../live/present.ts';
import type { AlertAlarm } from '../model/alarm.ts';
import type { AlertRecord } from '../model/alert.ts';
import { type Cell, isPlaced } from '../model/cell.ts';
import type { CellChange } from '../model/identity.ts';
import type { Reading } from '../model/reading.ts';

/** A cursor that is a number, as the lists of cells and of rejections give it. */
export function readCursor(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw badRequest(`cursor is "${cursor}": give the nextCursor of the page before`);
}

export const iso = (at: number) => new Date(at).toISOString();

export function listInventory(directory: Directory, page: { limit: number; cursor?: string }): InventoryList {
  const cells: Cell[] = [];
  let index = page.cursor === undefined ? 0 : readCursor(page.cursor);
  for (; index < directory.length && cells.length < page.limit; index++) {
    const known = directory.at(index);
    if (known?.cell && !known.retired) cells.push(known.cell);
  }
  return { cells, ...(index < directory.length && { nextCursor: String(index) }) };
}

export function rowOf(known: KnownCell, present: Present): CellRow {
  const { cell } = known;
  const now = present.get(known.index);
  return {
    id: known.id,
    index: known.index,
    siteId: known.siteId,
    name: cell?.name,
    nameZh: cell?.nameZh,
    radio: known.radio,
    band: cell?.band,
    lat: cell && isPlaced(cell) ? cell.lat : null,
    lon: cell && isPlaced(cell) ? cell.lon : null,
    azimuthDeg: cell?.azimuthDeg,
    frequencyMhz: cell?.frequencyMhz,
    health: present.healthOf(known.index),
    at: now ? iso(now.at) : null,
    kpis: now?.kpis ?? {},
  };
}

/** An equipment alarm as the doors give it. */
export function tellAlarm({ key: _, raisedAt, clearedAt, ...told }: AlertAlarm): EquipmentAlarm {
  return { ...told, raisedAt: iso(raisedAt), ...(clearedAt !== undefined && { clearedAt: iso(clearedAt) }) };
}

export interface DetailRooms {
  present: Present;
  readings(cell: string, from: number, to: number): Promise<Reading[]>;
  usualNow(cell: string, kpis: readonly string[], at: number): Promise<Record<string, Usual | null>>;
  alertsOf(cell: string): AlertRecord[];
  alarmsOf(cell: string, siteId: string): Promise<AlertAlarm[]>;
  changesOf(cell: string): Promise<CellChange[]>;
  tell(alert: AlertRecord, lang: Lang): Alert;
}

export async function detailOf(known: KnownCell, lang: Lang, rooms: DetailRooms): Promise<CellDetail> {
  const now = rooms.present.get(known.index);
  const newest = now ? await newestReading(known.id, now, rooms) : undefined;
  const usual = now ? await rooms.usualNow(known.id, Object.keys(now.kpis), now.at) : {};
  return {
    ...rowOf(known, rooms.present),
    cell: known.cell ?? null,
    periodSeconds: now?.periodSeconds ?? null,
    suspect: now?.suspect ?? false,
    source: now?.source ?? null,
    alerts: rooms.alertsOf(known.id).map((alert) => rooms.tell(alert, lang)),
    alarms: (await rooms.alarmsOf(known.id, known.siteId)).map(tellAlarm),
    usual: Object.fromEntries(
      Object.entries(usual).flatMap(([kpi, one]) =>
        one ? [[kpi, { low: one.low, mid: one.mid, high: one.high }]] : [],
      ),
    ),
    counters: newest?.counters ?? {},
    lineage: lineage(known, now, newest),
    changes: (await rooms.changesOf(known.id)).map(({ cell: _, at, ...what }) => ({ at: iso(at), ...what })),
  };
}

async function newestReading(cell: string, now: CellPresent, rooms: DetailRooms): Promise<Reading | undefined> {
  const readings = await rooms.readings(cell, now.at - 1, now.at);
  return readings.find((reading) => reading.periodSeconds === now.periodSeconds);
}

function lineage(known: KnownCell, now: CellPresent | undefined, newest: Reading | undefined): CellDetail['lineage'] {
  if (!now) return {};
  const values = { ...now.kpis, ...newest?.counters };
  const reading = { periodSeconds: now.periodSeconds, values, radio: known.radio };
  const made = Object.keys(now.kpis).map((kpi) => [kpi, lineageOf(kpi, reading)] as const);
  return Object.fromEntries(made.flatMap(([kpi, how]) => (how ? [[kpi, how]] : [])));
}

export type HouseState = Omit<HealthAnswer, 'status'>;

/** Degraded: something that a person should look at, though the doors are open. */
export function healthAnswer(state: HouseState): HealthAnswer {
  const full = state.journal.bytes > 0.8 * state.journal.maxBytes;
  return { status: state.store.ok && !full ? 'ok' : 'degraded', ...state };
}

/** How it stands with one address that is polled. */
export function tellPoll({ answeredAt, newAt, nextAt, ...rest }: PollStatus): PollState {
  const when = (at: number | null) => (at === null ? null : iso(at));
  return { ...rest, answeredAt: when(answeredAt), newAt: when(newAt), nextAt: when(nextAt) };
}
