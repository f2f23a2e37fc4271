// The explanation of one alert, put together from what is stored: its cell's readings, what was usual, the cells around, the past alerts.

import { nearestSunrise } from '../../maths/sunrise.ts';
import type { AlarmState } from '../../model/alarm.ts';
import type { AlertRecord } from '../../model/alert.ts';
import { findKpi } from '../../model/catalogue.ts';
import type { Explanation, Moved, Share } from '../../model/explanation.ts';
import type { Said } from '../../model/finding.ts';
import type { Reading } from '../../model/reading.ts';
import { AlikeIndex, type AlikeRooms, alikeOf, mendedBy } from './alike.ts';
import { areaCause, isOfArea, membersOf, movedTogether } from './area.ts';
import { causeOf, knownCause } from './causes.ts';
import { movedOf, type Range } from './moved.ts';
import { breaksIn, longAgoOf, PAST_MS, sameHours } from './past.ts';
import { candidatesFor, relatedOf } from './related.ts';
import { type Made, sharesOf } from './shares.ts';
import { type CellScene, signsOf } from './signs.ts';
import { wouldClearIn } from './would-clear.ts';

/** A cell as far as causes need it. */
export interface CellPlace {
  id: string;
  isTdd: boolean;
  siteId?: string;
  /** Where it stands; absent where that is not known. */
  at?: { lat: number; lon: number };
}

/** What an explanation needs of the house. Times are epoch milliseconds of data time. */
export interface ExplainRooms extends AlikeRooms {
  /** Merged readings with `from < at <= to`, in order of time. */
  readings(cell: string, from: number, to: number): Promise<Reading[]>;
  usual(cell: string, kpi: string, ats: readonly number[]): Promise<(Range | null)[]>;
  /** The formula's lines behind a KPI of a reading; undefined where it was sent as it is. */
  madeOf(kpi: string, reading: Reading): Made | undefined;
  place(cell: string): CellPlace;
  /** Other cells of its site; and of the nearest other sites one cell each, of the same duplex, nearest first. */
  sameSite(cell: string): CellPlace[];
  around(cell: string): CellPlace[];
  /** What the inventory changed of it, oldest first. */
  changes(cell: string): Promise<{ field: string; at: number }[]>;
  /** Equipment alarms that stood on the alert's cells or site while it lasted. */
  alarmsOf(alert: AlertRecord): Promise<AlarmState[]>;
  /** Alerts in memory, newest raised first. */
  past(): readonly AlertRecord[];
}

const HOUR_MS = 3_600_000;
const RELATED_MS = 3 * 24 * HOUR_MS;
/** A change of the cell counts as a reason for so long. *Default.* */
const CHANGE_MS = 3 * 24 * HOUR_MS;
/** The cells of an area are heard of within so long. */
const AREA_MS = HOUR_MS;
/** Cells of each kind that are looked at, and KPIs that are told of the cell and of the others. */
const MOST_CELLS = 6;
const MOST_OWN = 8;
const MOST_OTHERS = 6;
/** Of the cells around only what causes and people ask for. */
const ASKED_AROUND = [
  ...['ul_interference_dbm', 'active_users', 'packet_loss_pct', 'latency_ms', 'dl_throughput_mbps'],
  ...['setup_success_pct', 'drop_rate_pct', 'handover_success_pct', 'sync_ok', 'mains_on', 'temperature_c'],
];
/** A ratio over fewer attempts says nothing about what else moved. */
const LEAST_ATTEMPTS = 50;

export class Explainer {
  private readonly index: AlikeIndex;

  constructor(private readonly rooms: ExplainRooms) {
    this.index = new AlikeIndex(rooms);
  }

  async explain(alert: AlertRecord): Promise<Explanation> {
    const cell = leadingCell(alert);
    const at = Number(alert.title.values.at ?? alert.changedAt);
    const told = { alertId: alert.id, at, cell: cell ?? null, kpi: alert.kpi ?? null, ...evidenceOf(alert) };
    const alike = await this.alike(alert);
    if (isOfArea(alert)) return { ...told, cell: null, ...(await this.ofArea(alert, at)), alike };
    const scene = cell === undefined ? undefined : await this.lookAt(alert, cell, at);
    if (!scene) {
      const cause = causeOf(new Map());
      return { ...told, headline: alert.why, cause, shares: [], alsoMoved: [], wouldClear: null, alike };
    }
    const { own, others, past, now } = scene;
    const found = causeOf(await this.signs(alert, scene, at));
    // What the alert says itself, as that it was foretold, is better than nothing.
    const cause = found.code === 'unknown' && alert.cause ? knownCause(alert.cause) : found;
    const shares = await this.shares(alert, past, now);
    const ownMoved = [...own.moved.values()].filter(({ kpi }) => kpi !== alert.kpi).slice(0, MOST_OWN);
    const othersMoved = others.flatMap(({ moved }) => [...moved.values()].slice(0, 1)).slice(0, MOST_OTHERS);
    return {
      ...told,
      headline: headlineOf(alert, shares),
      ...{ cause, shares, alsoMoved: [...ownMoved, ...othersMoved] },
      wouldClear: wouldClearIn(alert),
      alike,
    };
  }

  /** Of an area the alert's own sentences speak already; one of its cells has no say for all. */
  private async ofArea(alert: AlertRecord, at: number) {
    const places = membersOf(alert, (cell) => this.rooms.place(cell).siteId).map((cell) => this.rooms.place(cell));
    const asked = [...new Set([...ASKED_AROUND, ...(alert.kpi === undefined ? [] : [alert.kpi])])];
    const looked = await Promise.all(places.map((place) => this.newestOf(place, at, AREA_MS, asked)));
    const scenes = looked.filter((one) => one !== undefined);
    const time = { hour: this.rooms.hourOf(at), ...sunriseAt(places.find((place) => place.at)?.at, at) };
    const cause = areaCause(alert, scenes, time);
    const alsoMoved = movedTogether(scenes, alert.kpi).slice(0, MOST_OWN);
    return { headline: alert.why, cause, shares: [], alsoMoved, wouldClear: null };
  }

  private async newestOf(place: CellPlace, at: number, withinMs: number, asked: readonly string[]) {
    const newest = (await this.rooms.readings(place.id, at - withinMs, at)).at(-1);
    return newest && this.sceneOf(place, newest, asked);
  }

  private async lookAt(alert: AlertRecord, cell: string, at: number) {
    const past = await this.rooms.readings(cell, at - PAST_MS, at);
    const now = readingOf(alert, past, at);
    if (!now) return undefined;
    const own = withEvidence(await this.sceneOf(this.rooms.place(cell), now, Object.keys(now.kpis)), alert);
    const [site, around] = await Promise.all(
      [this.rooms.sameSite(cell), this.rooms.around(cell)].map((cells) => this.scenesAt(cells, now)),
    );
    return { own, site: site!, around: around!, others: [...site!, ...around!], past, now };
  }

  private async scenesAt(places: readonly CellPlace[], { at, periodSeconds }: Reading): Promise<CellScene[]> {
    const scenes = places
      .slice(0, MOST_CELLS)
      .map((place) => this.newestOf(place, at, 1000 * periodSeconds, ASKED_AROUND));
    return (await Promise.all(scenes)).filter((one) => one !== undefined);
  }

  private async sceneOf({ id, isTdd }: CellPlace, { at, kpis }: Reading, asked: readonly string[]): Promise<CellScene> {
    const measured = asked.filter((kpi) => kpis[kpi] !== undefined && isTelling(kpi, kpis));
    const usual = await this.usualOf(id, measured, at);
    const known = Object.fromEntries(measured.map((kpi) => [kpi, kpis[kpi]!]));
    const moved = movedOf({ cell: id, kpis: known, usual });
    const [noise, quiet] = [kpis.ul_interference_dbm, usual.ul_interference_dbm];
    const rise = noise !== undefined && quiet ? { noiseRiseDb: noise - quiet.mid } : {};
    return { cell: id, kpis, isTdd, ...rise, moved: new Map(moved.map((one) => [one.kpi, one])) };
  }

  private async usualOf(cell: string, kpis: readonly string[], at: number): Promise<Record<string, Range | null>> {
    const pairs = kpis.map(async (kpi) => [kpi, (await this.rooms.usual(cell, kpi, [at]))[0] ?? null] as const);
    return Object.fromEntries(await Promise.all(pairs));
  }

  private async signs(alert: AlertRecord, { own, site, around, past }: Looked, at: number) {
    const since = alert.since ?? alert.raisedAt;
    const changes = await this.rooms.changes(own.cell);
    return signsOf({
      ...{ own, site, around, kpi: alert.kpi, why: alert.why.code, longAgo: longAgoOf(past, at) },
      ...{ hour: this.rooms.hourOf(at), breaks: breaksIn(past) },
      ...sunriseAt(this.rooms.place(own.cell).at, at),
      change: changes.findLast((one) => one.at <= at && one.at > since - CHANGE_MS),
    });
  }

  /** By counters where the KPI was made of them, else by what it moved together with. */
  private async shares(alert: AlertRecord, past: readonly Reading[], now: Reading): Promise<Share[]> {
    const kpi = alert.kpi === undefined ? undefined : findKpi(alert.kpi);
    if (!kpi) return [];
    const made = this.rooms.madeOf(kpi.id, now);
    const like = sameHours(past, now, alert.since ?? alert.raisedAt);
    const byCounter =
      made &&
      sharesOf(
        kpi,
        made,
        like.flatMap((one) => this.rooms.madeOf(kpi.id, one) ?? []),
      );
    return byCounter && byCounter.length > 0 ? byCounter : this.related(kpi.id, past, now);
  }

  private async related(kpi: string, past: readonly Reading[], now: Reading): Promise<Share[]> {
    const candidates = candidatesFor(kpi, now.kpis);
    const recent = past.filter(({ at, suspect }) => at > now.at - RELATED_MS && at <= now.at && !suspect);
    const ats = recent.map(({ at }) => at);
    const columns = await Promise.all(
      [kpi, ...candidates].map(async (id) => [id, await this.rooms.usual(now.cell, id, ats)] as const),
    );
    const periods = recent.map(({ kpis }, i) => ({
      kpis,
      usual: Object.fromEntries(columns.map(([id, ranges]) => [id, ranges[i] ?? null])),
    }));
    const last = periods.at(-1);
    return last ? relatedOf(kpi, candidates, periods, last) : [];
  }

  private alike(alert: AlertRecord) {
    const nearest = this.index.nearest(alert, this.rooms.past());
    return Promise.all(
      nearest.map(async (one) =>
        alikeOf(one.alert, one.similarity, mendedBy(one.alert, await this.rooms.alarmsOf(one.alert))),
      ),
    );
  }
}

/** The sun at the place, for what it does to the air; nothing where the place is not known or the sun does not rise. */
function sunriseAt(place: CellPlace['at'], at: number): { sunrise?: { at: number; sunriseMs: number } } {
  const sunriseMs = place && nearestSunrise(at, place);
  return sunriseMs === undefined ? {} : { sunrise: { at, sunriseMs } };
}

type Looked = Pick<NonNullable<Awaited<ReturnType<Explainer['lookAt']>>>, 'own' | 'site' | 'around' | 'past'>;

/** The cell that the alert began with; a wider one may have lost it. */
function leadingCell({ subject, cells, alarmsOn }: AlertRecord): string | undefined {
  return cells.find((cell) => cell === subject || cell === alarmsOn?.id) ?? cells[0];
}

function evidenceOf({ evidence: { observed, expected, low, high, attempts } }: AlertRecord) {
  return { observed, expected, low, high, ...(attempts !== undefined && { attempts }) };
}

/** The reading that the evidence is of; of a cell that is silent, its last one. */
function readingOf({ kpi, evidence }: AlertRecord, past: readonly Reading[], at: number): Reading | undefined {
  const ofPeriod = past.filter((one) => one.at === at);
  const meant = kpi === undefined ? undefined : ofPeriod.find(({ kpis }) => kpis[kpi] === evidence.observed);
  return meant ?? ofPeriod[0] ?? past.at(-1);
}

function isTelling(kpi: string, kpis: Reading['kpis']): boolean {
  const known = findKpi(kpi);
  const attempts = known?.aggregation === 'ratio-of-sums' && known.attempts ? kpis[known.attempts] : undefined;
  return attempts === undefined || attempts >= LEAST_ATTEMPTS;
}

/** What the alert itself stands on has moved, whatever is usual by now. */
function withEvidence(own: CellScene, { kpi, evidence: { observed, expected, low, high } }: AlertRecord): CellScene {
  if (kpi === undefined || observed === null || expected === null || low === null || high === null) return own;
  const lead = movedOf({
    cell: own.cell,
    kpis: { [kpi]: observed },
    usual: { [kpi]: { low, mid: expected, high } },
  })[0];
  if (!lead) return own;
  const others = [...own.moved].filter(([id]) => id !== kpi);
  return { ...own, moved: new Map<string, Moved>([[kpi, lead], ...others]) };
}

/** Of a site its own sentence: the figures are those of one of its cells. */
function headlineOf({ scope, kpi, evidence, why }: AlertRecord, shares: readonly Share[]): Said {
  const { observed, low, high, expected, attempts } = evidence;
  if (scope !== 'cell' || kpi === undefined || observed === null || low === null || high === null) return why;
  const top = shares.find(({ sharePct }) => sharePct !== null && sharePct > 0);
  return {
    code: 'headline-moved',
    values: {
      ...{
        kpi,
        observed,
        low,
        high,
        ...(expected !== null && { expected }),
        ...(attempts !== undefined && { attempts }),
      },
      ...(top && { of: top.of, sharePct: top.sharePct! }),
    },
  };
}
