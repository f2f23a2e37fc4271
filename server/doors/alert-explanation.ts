// The explanation of an alert as the doors give it: what the house knows goes in, sentences in the reader's language come out.

import { type CellPlace, Explainer, type ExplainRooms } from '../alerts/explain/explanation.ts';
import type { AlertExplanation } from '../api/contract.ts';
import type { Lang } from '../api/doors.ts';
import type { House } from '../house.ts';
import { lineageOf } from '../intake/lineage.ts';
import type { KnownCell } from '../live/directory.ts';
import { localHourOfWeek } from '../maths/local-hour.ts';
import type { AlertRecord } from '../model/alert.ts';
import { findKpi } from '../model/catalogue.ts';
import { isPlaced } from '../model/cell.ts';
import type { Alike, Explanation, Moved, Share } from '../model/explanation.ts';
import type { Said } from '../model/finding.ts';
import type { Reading } from '../model/reading.ts';
import { Turns } from '../turns.ts';
import { kpiName, sayIn } from '../words/say.ts';
import { iso } from './answers.ts';

/** Other sites that are looked at. */
const MOST_AROUND = 6;
/** Alerts that past ones are sought among. */
const MOST_PAST = 10_000;
const MOST_ALARMS = 20;
/** A small picture of what moved: the hours before, and at most so many points. */
const RECENT_MS = 24 * 3_600_000;
const MOST_RECENT = 48;
/** So long an explanation waits for the store to take what was accepted. */
const PATIENCE_MS = 1000;

/** One at a time: whoever opens many alerts at once does not crowd out the other doors. */
export function createExplanations(house: House): (alert: AlertRecord, lang: Lang) => Promise<AlertExplanation> {
  const explainer = new Explainer(roomsOf(house));
  const turns = new Turns();
  return (alert, lang) =>
    turns.take(async () => {
      await caughtUp(house);
      const explained = await explainer.explain(alert);
      const { code, said } = explained.cause;
      // A ledger that cannot save now keeps nobody from reading.
      if (code !== 'unknown') await house.alerts.refine(alert.id, { code, values: said.values }).catch(() => undefined);
      return tellExplanation(explained, await recentOf(house, explained), (said) =>
        sayIn(lang, said, { zone: house.config.zone, reader: house.now() }),
      )(lang);
    });
}

function roomsOf({ store, detect, live, ledger, alerts, config }: House): ExplainRooms {
  const { directory } = live;
  const hourOfWeek = localHourOfWeek(config.zone);
  const known = (cell: string) => directory.get(directory.find(cell) ?? cell);
  return {
    // With the store away there is still the alert itself, and those like it.
    readings: (cell, from, to) => store.readings(cell, from, to).catch(() => []),
    usual: (cell, kpi, ats) => detect.usual(cell, kpi, ats),
    madeOf: (kpi, reading) => madeOf(kpi, reading, known(reading.cell)),
    place: (cell) => {
      const one = known(cell);
      return one ? { ...placeOf(one), id: cell } : { id: cell, isTdd: false };
    },
    sameSite: (cell) => {
      const own = known(cell);
      const ids = own ? directory.cellsOf(own.siteId).filter((id) => id !== own.id) : [];
      return ids.flatMap((id) => known(id) ?? []).map(placeOf);
    },
    around: (cell) => nearest(known(cell), directory.cells()).map(placeOf),
    changes: (cell) => ledger.cellChanges(cell),
    alarmsOf: ({ cells, siteId, raisedAt, changedAt }) =>
      cells[0] === undefined
        ? Promise.resolve([])
        : ledger.alarmHistory({ cell: cells[0], siteId, from: raisedAt, to: changedAt, limit: MOST_ALARMS }),
    past: () => alerts.list({ state: 'all', limit: MOST_PAST })?.alerts ?? [],
    classOf: (cell) => {
      const { radio, cell: own } = known(cell) ?? {};
      return [radio, own?.band, own?.role].join(' ');
    },
    hourOf: (at) => hourOfWeek(at) % 24,
  };
}

function placeOf({ id, siteId, cell }: KnownCell): CellPlace {
  const at = cell && isPlaced(cell) ? { lat: cell.lat, lon: cell.lon } : undefined;
  return { id, siteId, isTdd: cell?.duplex === 'TDD', ...(at && { at }) };
}

/** A KPI that is made of others is taken apart by these: the reading as it is stored holds both. */
function madeOf(kpi: string, { kpis, counters, periodSeconds }: Reading, cell: KnownCell | undefined) {
  const value = kpis[kpi];
  const lineage = lineageOf(kpi, { periodSeconds, values: { ...kpis, ...counters }, radio: cell?.radio ?? null });
  return value === undefined || !lineage ? undefined : { ...lineage, value };
}

/**
 * Of the nearest other sites one cell each that hears what this one hears: of the same duplex and, where there is one, of the
 * same carrier. On a sphere so small that a degree of longitude counts by the cosine of the latitude.
 */
function nearest(own: KnownCell | undefined, cells: Iterable<KnownCell>): KnownCell[] {
  const here = own?.cell;
  if (!own || !here || !isPlaced(here)) return [];
  const shrink = Math.cos((here.lat * Math.PI) / 180);
  const bySite = new Map<string, { one: KnownCell; distance: number; isOther: boolean }>();
  for (const one of cells) {
    const there = one.cell;
    if (one.siteId === own.siteId || one.retired || !there || !isPlaced(there)) continue;
    if ((there.duplex === 'TDD') !== (here.duplex === 'TDD')) continue;
    const isOther = one.radio !== own.radio || there.band !== here.band;
    const known = bySite.get(one.siteId);
    if (known && (isOther || !known.isOther)) continue;
    const distance = (there.lat - here.lat) ** 2 + ((there.lon - here.lon) * shrink) ** 2;
    bySite.set(one.siteId, { one, distance, isOther });
  }
  const byDistance = [...bySite.values()].sort((a, b) => a.distance - b.distance || (a.one.id < b.one.id ? -1 : 1));
  return byDistance.slice(0, MOST_AROUND).map(({ one }) => one);
}

/** What is acknowledged is soon in the store; one that is away is not waited for. */
function caughtUp({ journal }: House): Promise<unknown> {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  return Promise.race([journal.drained('store', journal.status().head), patience]);
}

type Points = [number, number][];

/** The last hours of each KPI of the alert's own cell that moved. */
async function recentOf({ store }: House, { cell, at }: Explanation): Promise<(moved: Moved) => Points> {
  const readings = cell === null ? [] : await store.readings(cell, at - RECENT_MS, at).catch(() => []);
  const every = Math.max(1, Math.ceil(readings.length / MOST_RECENT));
  // The newest is among them.
  const shown = readings.filter((_, i) => (readings.length - 1 - i) % every === 0);
  return (moved) =>
    moved.cell === cell
      ? shown.flatMap(({ at: time, kpis }): Points => (kpis[moved.kpi] === undefined ? [] : [[time, kpis[moved.kpi]!]]))
      : [];
}

function tellExplanation(explained: Explanation, recent: (moved: Moved) => Points, say: (said: Said) => string) {
  const { headline, cause, shares, alsoMoved, wouldClear, alike, at, ...rest } = explained;
  return (lang: Lang): AlertExplanation => ({
    ...rest,
    at: iso(at),
    unit: (rest.kpi !== null && findKpi(rest.kpi)?.unit) || '',
    sentence: say(headline),
    cause: {
      code: cause.code,
      sentence: say(cause.said),
      repair: say(cause.repair),
      evidence: cause.evidence.map(say),
    },
    shares: shares.map((share) => tellShare(share, lang, say)),
    alsoMoved: alsoMoved.map((moved) => tellMoved(moved, recent(moved), lang, say)),
    wouldClear: wouldClear && {
      ...{ kpi: wouldClear.kpi, value: wouldClear.value, change: wouldClear.change },
      sentence: say(wouldClear.said),
    },
    alike: alike.map((one) => tellAlike(one, say)),
  });
}

function tellShare({ by, of, said, ...figures }: Share, lang: Lang, say: (said: Said) => string) {
  const name = of
    .split(' ')
    .map((part) => (part === '-' ? '−' : kpiName(lang, part)))
    .join(' ');
  return { [by]: of, name, ...figures, sentence: say(said) } as AlertExplanation['shares'][number];
}

function tellMoved(
  { said, low: _, high: __, ...moved }: Moved,
  recent: Points,
  lang: Lang,
  say: (said: Said) => string,
) {
  return { ...moved, name: kpiName(lang, moved.kpi), recent, sentence: say(said) };
}

function tellAlike({ said, title, raisedAt, mendedBy, ...rest }: Alike, say: (said: Said) => string) {
  return {
    ...rest,
    title: say(title),
    raisedAt: iso(raisedAt),
    mendedBy: mendedBy && { ...mendedBy, at: iso(mendedBy.at) },
    sentence: say(said),
  };
}
