// What the doors answer about predictions: what is expected and what came of it, how good that was, and which visits save most.

import type { Alerts, VisitAnswer } from '../alerts/alerts.ts';
import { LEAST_SETTLED } from '../alerts/prediction-score.ts';
import type { DispatchAnswer, DispatchVisit, PredictionRecord, PredictionRow, ToldRecord } from '../api/contract.ts';
import type { DispatchAsk, Doors, Lang } from '../api/doors.ts';
import { ApiError, badRequest } from '../api/problem.ts';
import { dispatchCsv } from '../dispatch/csv.ts';
import { dispatchHtml } from '../dispatch/html.ts';
import { type DispatchList, tell, tellRecord, worth } from '../dispatch/list.ts';
import { HORIZON_HOURS, visitsOf } from '../dispatch/visits.ts';
import type { Hurting } from '../experience/experience.ts';
import type { Directory } from '../live/directory.ts';
import type { LocalDays } from '../maths/local-days.ts';
import type { AlertRecord } from '../model/alert.ts';
import { isPlaced } from '../model/cell.ts';
import type { ConfirmedCause } from '../model/learning.ts';
import type { PredictionPage, PredictionQuery, RecordedPrediction, RecordOfMode } from '../model/prediction-record.ts';
import type { Impact, PeopleCount } from '../model/star.ts';
import type { Visit } from '../model/visit.ts';
import { DISPATCH_WORDS } from '../words/dispatch.ts';
import { sayIn } from '../words/say.ts';
import { iso } from './answers.ts';

export interface PredictionRooms {
  alerts: Alerts;
  ledger: { predictions(query: PredictionQuery): Promise<PredictionPage | undefined> };
  impactOf(alert: Hurting): Impact | undefined;
  /** Who lives with these cells; undefined while nobody is known. */
  peopleOn(cells: readonly { cell: string; part: number }[]): { people: PeopleCount } | undefined;
  /** What somebody found teaches the foretellers. */
  confirm(causes: readonly ConfirmedCause[]): Promise<void>;
  directory: Directory;
  days: LocalDays;
  /** Newest data time of the network, epoch milliseconds; the wall time before the first reading. */
  dataNow(): number;
  zone: string;
}

type PredictionDoors = Pick<
  Doors,
  'predictions' | 'predictionRecord' | 'tellOutcome' | 'dispatch' | 'dispatchCsv' | 'dispatchHtml'
>;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Crews leave at eight. *Default.* */
const LEAVING_HOUR = 8;
const FARTHEST_DAYS = { back: 366, ahead: 14 };
const MOST_ALERTS = 50_000;

export function createPredictionDoors(rooms: PredictionRooms): PredictionDoors {
  const { alerts, ledger } = rooms;
  return {
    async predictions(query, lang) {
      const page = await ledger.predictions(query);
      if (!page) throw badRequest(`cursor is "${query.cursor}": give the nextCursor of the page before`);
      return { ...page, predictions: page.predictions.map((entry) => tellPrediction(entry, lang, rooms)) };
    },
    predictionRecord: (lang) => tellWholeRecord(rooms, lang),
    async tellOutcome(id, visit, lang) {
      const answer = await alerts.visit(id, visit, (known) => rooms.confirm([causeOf(known, visit.found)]));
      if ('refused' in answer) return refusedVisit(answer.refused, id);
      return tellPrediction(answer.prediction, lang, rooms);
    },
    dispatch: (ask, lang) => tellDispatch(listOf(ask, rooms), lang, rooms),
    dispatchCsv: (ask, lang) => dispatchCsv(listOf(ask, rooms), lang),
    dispatchHtml: (ask, lang) => dispatchHtml(listOf(ask, rooms), lang),
  };
}

function refusedVisit(refused: (VisitAnswer & { refused: string })['refused'], id: string): undefined {
  if (refused === 'unknown') return undefined;
  if (refused === 'too-long') throw badRequest('by or comment is too long: say it in fewer words');
  throw new ApiError(
    409,
    'Already told',
    `somebody has said what was found for "${id}"; add to it as a comment on the alert`,
  );
}

function causeOf({ cells, mode, changedAt }: RecordedPrediction, found: boolean): ConfirmedCause {
  return { at: changedAt, subjects: cells, mode: found ? mode : null, foretold: mode, isMended: found };
}

const when = (at: number | undefined) => (at === undefined ? undefined : iso(at));

function tellPrediction(entry: RecordedPrediction, lang: Lang, rooms: PredictionRooms): PredictionRow {
  const { first, prediction, visit, saidAt, cameAt, outcome } = entry;
  const context = { zone: rooms.zone, reader: rooms.dataNow() };
  const { mode, model, id, kind, scope, subject, cells, siteId, kpi, told, alert, cameAs } = entry;
  return {
    ...{ id, kind, scope, subject, cells, siteId, kpi, mode, model, told, alert, cameAs },
    ...{ basis: prediction.basis, state: outcome === undefined ? 'open' : 'settled', outcome },
    ...{ saidAt: iso(saidAt), settledAt: when(entry.settledAt), cameAt: when(cameAt) },
    ...timesOf(prediction),
    first: timesOf(first),
    title: sayIn(lang, entry.title, context),
    why: sayIn(lang, entry.why, context),
    ifNothing: sayIn(lang, prediction.ifNothing, context),
    repair: sayIn(lang, prediction.repair, context),
    ...(cameAt !== undefined && {
      leadSeconds: (cameAt - saidAt) / 1000,
      inInterval: cameAt >= first.earliestAt && cameAt <= first.latestAt,
    }),
    ...(visit && { visit: { ...visit, at: iso(visit.at) } }),
    impact: outcome === undefined ? rooms.impactOf({ ...entry, severity: 'warning' }) : undefined,
    record: toldRecord(entry, lang, rooms),
  };
}

function timesOf({ expectedAt, earliestAt, latestAt, probability }: RecordedPrediction['first']) {
  return { expectedAt: iso(expectedAt), earliestAt: iso(earliestAt), latestAt: iso(latestAt), probability };
}

/** How the last predictions like it fared. */
export function toldRecord(
  { mode, model }: Pick<RecordedPrediction, 'mode' | 'model'>,
  lang: Lang,
  rooms: Pick<PredictionRooms, 'alerts' | 'zone'>,
): ToldRecord {
  const { settled, cameTrue, medianLeadMs } = rooms.alerts.predictions.running(mode, model);
  const text = tellRecord({ settled, cameTrue, medianLeadMs }, lang, rooms.zone) ?? '';
  return { settled, cameTrue, medianLeadSeconds: seconds(medianLeadMs), text };
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);

function tellWholeRecord({ alerts, zone }: PredictionRooms, lang: Lang): PredictionRecord {
  return {
    groups: alerts.predictions.record().map(({ medianLeadMs, support, ...rest }) => ({
      ...rest,
      modeName: DISPATCH_WORDS[lang].modes[rest.mode],
      medianLeadSeconds: seconds(medianLeadMs),
      support: {
        ...support,
        why: sayIn(lang, { code: supportCode(support), values: supportValues(support) }, { zone }),
      },
    })),
    reliability: alerts.predictions.reliability(),
  };
}

function supportCode({ isSupported, of }: RecordOfMode['support']): string {
  if (!isSupported) return 'support-lost';
  return of < LEAST_SETTLED ? 'support-few' : 'support-given';
}

function supportValues({ of, claimed, most }: RecordOfMode['support']): Record<string, number> {
  return { of, least: LEAST_SETTLED, ...(claimed !== null && { claimed }), ...(most !== null && { most }) };
}

/** The visits of a day as they stand at the moment at which crews leave, or now for today. */
function listOf({ day, limit }: DispatchAsk, rooms: PredictionRooms): DispatchList {
  const { alerts, directory, days, zone } = rooms;
  const now = rooms.dataNow();
  const number = day === undefined ? days.numberOf(now) : dayNumber(day, days.numberOf(now));
  const isToday = number === days.numberOf(now);
  const at = isToday ? now : days.day(number).from + LEAVING_HOUR * HOUR_MS;
  const all = alerts.list({ state: 'all', limit: MOST_ALERTS })?.alerts ?? [];
  const standing = all.filter(
    ({ raisedAt, clearedAt }) => (at >= now || raisedAt <= at) && (clearedAt ?? now + 1) > Math.min(at, now),
  );
  const visits = visitsOf(
    standing.map((alert) => ({ ...alert, impact: rooms.impactOf(alert) ?? alert.impact })),
    at,
  );
  return {
    ...{ day: new Date(number * DAY_MS).toISOString().slice(0, 10), at, zone },
    isPeopled: visits.some(({ people }) => people !== null),
    ...{ visits: visits.slice(0, limit), ofAll: visits.length, others: othersOf(standing, visits, rooms) },
    siteName: (siteId, lang) => siteName(directory, siteId, lang),
    recordOf: (reason) => recordOfReason(reason.alert, rooms),
  };
}

/** Alerts that stand and are no reason of a visit, nor part of one that is wider, nor held back. */
function othersOf(
  standing: readonly AlertRecord[],
  visits: readonly Visit[],
  { peopleOn }: PredictionRooms,
): DispatchList['others'] {
  const reasons = new Set(visits.flatMap((visit) => visit.reasons.map(({ alert }) => alert)));
  const others = standing.filter(
    ({ id, partOf, mutedBy }) => !reasons.has(id) && partOf === undefined && mutedBy === undefined,
  );
  const cells = [...new Set(others.flatMap((alert) => alert.cells))].map((cell) => ({ cell, part: 1 }));
  const forPlanners = others.filter(({ audience }) => audience === 'planner').length;
  return { alerts: others.length, forPlanners, people: peopleOn(cells)?.people ?? null };
}

function dayNumber(day: string, today: number): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const number = at / DAY_MS;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day)
    throw badRequest(`day is "${day}": give a date as 2026-03-17`);
  if (number < today - FARTHEST_DAYS.back || number > today + FARTHEST_DAYS.ahead)
    throw badRequest(
      `day is "${day}": give one of the last ${FARTHEST_DAYS.back} or the next ${FARTHEST_DAYS.ahead} days`,
    );
  return number;
}

function recordOfReason(id: string, { alerts }: PredictionRooms) {
  const entry = alerts.predictions.open().find(({ alert }) => alert === id);
  return entry && alerts.predictions.running(entry.mode, entry.model);
}

/** What the names of its cells have in common. */
function siteName(directory: Directory, siteId: string, lang: Lang): string {
  const names = directory.cellsOf(siteId).map((id) => {
    const cell = directory.get(id)?.cell;
    return (lang === 'zh' && cell?.nameZh) || cell?.name;
  });
  const [first] = names;
  if (first === undefined || names.some((name) => name === undefined)) return siteId;
  let length = first.length;
  for (const name of names) while (!name!.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length).replace(/[\s\-_/.,·:]+$/, '') || siteId;
}

function tellDispatch(list: DispatchList, lang: Lang, { directory }: PredictionRooms): DispatchAnswer {
  return {
    ...{ day: list.day, at: iso(list.at), countedIn: list.isPeopled ? 'people' : 'cells' },
    ...{ horizonHours: HORIZON_HOURS, ofAll: list.ofAll, others: list.others },
    visits: list.visits.map((visit, i) => ({
      ...{
        rank: i + 1,
        siteId: visit.siteId,
        name: list.siteName(visit.siteId, lang),
        ...placeOf(visit.cells, directory),
      },
      ...{ cells: visit.cells, people: visit.people, saved: visit.saved },
      parts: visit.parts.map((part) => DISPATCH_WORDS[lang].parts[part]),
      reasons: visit.reasons.map(
        ({ earliestAt, expectedAt, latestAt, since, ...reason }): DispatchVisit['reasons'][number] => ({
          ...reason,
          title: tell(reason.title, lang, list),
          why: tell(reason.why, lang, list),
          cause: reason.cause && tell(reason.cause, lang, list),
          repair: tell(reason.repair, lang, list),
          worth: worth(reason, lang, list),
          record: tellRecord(list.recordOf(reason), lang, list.zone),
          ...{
            since: when(since),
            earliestAt: when(earliestAt),
            expectedAt: when(expectedAt),
            latestAt: when(latestAt),
          },
        }),
      ),
    })),
  };
}

function placeOf(cells: readonly string[], directory: Directory): { lat: number | null; lon: number | null } {
  const placed = cells.map((id) => directory.get(id)?.cell).find((cell) => cell && isPlaced(cell));
  return { lat: placed?.lat ?? null, lon: placed?.lon ?? null };
}
