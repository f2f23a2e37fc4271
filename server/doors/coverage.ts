// What the doors answer about coverage: weak areas with the people they reach, in the order in which they are worth mending.

import type { CoverageArea, CoverageAreaList, CoverageSliceList } from '../api/contract.ts';
import type { CoverageAsk, Doors, Lang } from '../api/doors.ts';
import { badRequest } from '../api/problem.ts';
import { isInHexagons } from '../coverage/contains.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { priorityOf } from '../coverage/priority.ts';
import { reportCsv } from '../coverage/report/csv.ts';
import { reportGeoJson } from '../coverage/report/geojson.ts';
import { reportHtml } from '../coverage/report/html.ts';
import type { CoverageReport, ReportSite } from '../coverage/report/report.ts';
import type { Experience } from '../experience/experience.ts';
import type { Directory } from '../live/directory.ts';
import { parseMoment } from '../maths/parse-moment.ts';
import type { ZoneOffset } from '../maths/parse-time.ts';
import { isPlaced } from '../model/cell.ts';
import type { CoverageQuery, CoverageSlice, RankedArea, WeakArea } from '../model/coverage.ts';
import { LEAST_GROUP, type PeopleCount } from '../model/star.ts';
import { sayIn } from '../words/say.ts';

export interface CoverageRooms {
  coverage: Coverage;
  experience: Pick<Experience, 'peopleOn' | 'complaintsAt'>;
  directory: Directory;
  /** IANA zone of the network. */
  zone: string;
  zoneOffsetMinutes: ZoneOffset;
}

type CoverageDoors = Pick<Doors, 'coverageSlices' | 'coverageAreas' | 'coverageHexagons' | 'coverageReport'>;

/** Hexagons of a report's map: finer than this is not seen on paper. */
const REPORT_HEXAGONS = 6000;
const FINEST_REPORT_RESOLUTION = 10;
const COARSEST_REPORT_RESOLUTION = 8;
/** Complaints count when they are no older than this at the area's newest sample. */
const COMPLAINT_WINDOW_MS = 90 * 86_400_000;

const iso = (at: number) => new Date(at).toISOString();

export function createCoverageDoors(rooms: CoverageRooms): CoverageDoors {
  const { coverage } = rooms;
  const query = async (ask: CoverageAsk) => readAsk(ask, await newestOf(coverage), rooms.zoneOffsetMinutes);
  return {
    async coverageSlices(): Promise<CoverageSliceList> {
      const slices = await coverage.slices();
      return { slices: slices.map((slice) => ({ ...slice, from: iso(slice.from), to: iso(slice.to) })) };
    },
    async coverageAreas(ask, lang): Promise<CoverageAreaList> {
      const asked = await query(ask);
      const areas = await rankedAreas(asked, rooms);
      const window = await windowOf(asked, coverage);
      return {
        areas: areas.map((area) => tellArea(area, lang, rooms)),
        samples: window.samples,
        from: window.from === null ? null : iso(window.from),
        to: window.to === null ? null : iso(window.to),
      };
    },
    async coverageHexagons({ resolution, bounds, most, ...ask }) {
      return coverage.hexagons({ ...(await query(ask)), resolution, bounds, most });
    },
    async coverageReport(ask, lang, form) {
      const report = await reportOf(await query(ask), lang, rooms);
      if (form === 'csv') return reportCsv(report);
      return form === 'html' ? reportHtml(report) : JSON.stringify(reportGeoJson(report));
    },
  };
}

/** Newest data time of all samples, by which `now-28d` counts. */
async function newestOf(coverage: Coverage): Promise<number> {
  return (await coverage.slices()).reduce((newest, { to }) => Math.max(newest, to), 0);
}

function readAsk({ from, to, ...rest }: CoverageAsk, now: number, zone: ZoneOffset): CoverageQuery {
  const moment = (name: string, value: string | undefined) => {
    if (value === undefined) return undefined;
    const at = parseMoment(value, now, zone) ?? parseMoment(`${value}T00:00`, now, zone);
    if (at === undefined) throw badRequest(`${name} is "${value}": give a time in ISO 8601, or now-28d`);
    return at;
  };
  const asked = { ...rest, from: moment('from', from), to: moment('to', to) };
  if (asked.from !== undefined && asked.to !== undefined && asked.from >= asked.to)
    throw badRequest('from is not before to: turn them round');
  return asked;
}

async function rankedAreas(query: CoverageQuery, { coverage, experience }: CoverageRooms): Promise<RankedArea[]> {
  const areas = await coverage.areas(query);
  return areas
    .map((area) => {
      const peopled = { ...area, ...peopleOf(area, experience) };
      return { ...peopled, priority: priorityOf(peopled) };
    })
    .sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
}

/** Each cell's people count by the part of its samples that lies in the area. Others than our own people are not known. */
function peopleOf(
  area: WeakArea,
  experience: CoverageRooms['experience'],
): Pick<RankedArea, 'people' | 'complaints' | 'starsAtRisk'> {
  const parts = area.cells.map(({ cell, samples, allSamples }) => ({ cell, part: samples / allSamples }));
  const on = area.ours ? experience.peopleOn(parts) : undefined;
  if (!on) return {};
  const complaints = experience.complaintsAt(isInHexagons(area.hexagons), area.at - COMPLAINT_WINDOW_MS);
  return {
    people: on.people,
    starsAtRisk: Math.round(10 * on.starsAtRisk * area.weakShare) / 10,
    complaints: shownCount(complaints),
  };
}

const shownCount = (count: number): PeopleCount => (count > 0 && count < LEAST_GROUP ? '<10' : count);

function tellArea(area: RankedArea, lang: Lang, { zone, directory }: CoverageRooms): CoverageArea {
  const { hexagons: _, place, cause, remedy, ...rest } = area;
  return {
    ...rest,
    name: sayIn(lang, place, { zone }),
    cells: area.cells.map((one) => ({ ...one, name: cellName(directory, one.cell, lang) })),
    cause: { kind: cause.kind, why: sayIn(lang, cause.why, { zone }) },
    remedy: { kind: remedy.kind, why: sayIn(lang, remedy.why, { zone }) },
    at: iso(area.at),
    since: iso(area.since),
  };
}

function cellName(directory: Directory, id: string, lang: Lang): string | undefined {
  const cell = directory.get(id)?.cell;
  return (lang === 'zh' && cell?.nameZh) || cell?.name;
}

async function windowOf(query: CoverageQuery, coverage: Coverage) {
  const slices = (await coverage.slices()).filter((slice) => isAsked(slice, query));
  const samples = slices.reduce((sum, slice) => sum + slice.samples, 0);
  const from =
    query.from ?? slices.reduce<number | null>((low, slice) => Math.min(low ?? slice.from, slice.from), null);
  const to = query.to ?? slices.reduce<number | null>((high, slice) => Math.max(high ?? slice.to, slice.to), null);
  return { samples, from, to };
}

function isAsked(slice: CoverageSlice, { operator, radio, kind }: CoverageQuery): boolean {
  const isOperator = operator === undefined || (operator === 'ours' ? slice.ours : slice.operator === operator);
  return isOperator && (radio === undefined || slice.radio === radio) && (kind === undefined || slice.kind === kind);
}

async function reportOf(query: CoverageQuery, lang: Lang, rooms: CoverageRooms): Promise<CoverageReport> {
  const { coverage, directory, zone } = rooms;
  const [areas, slices, window] = await Promise.all([
    rankedAreas(query, rooms),
    coverage.slices(),
    windowOf(query, coverage),
  ]);
  const asked = slices.filter((slice) => isAsked(slice, query));
  return {
    areas,
    hexagons: await reportHexagons(query, coverage),
    sites: sitesOf(directory, lang),
    slice: asked.find((slice) => slice.ours) ?? asked[0],
    from: window.from,
    to: window.to,
    cellName: (id, language) => cellName(directory, id, language) ?? id,
    lang,
    zone,
  };
}

/** The finest hexagons that a page of paper can show, and of which at least half have enough samples. */
async function reportHexagons(query: CoverageQuery, coverage: Coverage) {
  for (let resolution = FINEST_REPORT_RESOLUTION; ; resolution--) {
    const hexagons = await coverage.hexagons({ ...query, resolution, most: REPORT_HEXAGONS });
    const known = hexagons.samples.filter((samples) => samples >= hexagons.leastSamples).length;
    const isTold = !hexagons.cut && 2 * known >= hexagons.samples.length;
    if (isTold || resolution <= COARSEST_REPORT_RESOLUTION) return hexagons;
  }
}

function sitesOf(directory: Directory, lang: Lang): ReportSite[] {
  const sites = new Map<string, ReportSite & { azimuths: number[] }>();
  for (const { siteId, cell } of directory.cells()) {
    if (!cell || !isPlaced(cell)) continue;
    const name = (lang === 'zh' && cell.nameZh) || cell.name || siteId;
    const site = sites.get(siteId) ?? { name, lat: cell.lat, lon: cell.lon, azimuths: [] };
    if (cell.azimuthDeg !== undefined && !site.azimuths.includes(cell.azimuthDeg)) site.azimuths.push(cell.azimuthDeg);
    sites.set(siteId, site);
  }
  return [...sites.values()];
}
