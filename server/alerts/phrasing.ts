// What an alert is said to be, as codes and values: the title, and the findings' own sentences with what they leave open.

import type { AlertRecord } from '../model/alert.ts';
import type { Finding, Said } from '../model/finding.ts';
import type { SiteMap } from './neighbours.ts';
import { isWholeOutage } from './severity.ts';

/** What alerts need to know of places. An unknown cell has no site and goes by its id. */
export interface Places {
  cell(id: string): { siteId: string; name?: string; nameZh?: string; isTdd?: boolean } | undefined;
  /** Ids of the cells that stand on a site now. */
  cellsOf(siteId: string): readonly string[];
  /** The area of a cell, as people name areas. */
  areaOf?(cell: string): string | undefined;
  /** Where sites stand; without it none is next to another. */
  map?: SiteMap;
}

type Values = Said['values'];

export function placeValues(key: string, name: string, nameZh: string | undefined): Values {
  return nameZh === undefined ? { [key]: name } : { [key]: name, [`${key}Zh`]: nameZh };
}

function titleCode(finding: Finding): string {
  if (finding.kind === 'weak-coverage') return 'title-weak-coverage';
  if (finding.kind === 'silent') return finding.why.code === 'shared-gap' ? 'title-shared-gap' : 'title-silent';
  if (finding.prediction) return 'title-foretold';
  if (finding.kind === 'source-silent') return 'title-source-quiet';
  if (/^(wide|crept)-/.test(finding.why.code)) return `title-${finding.why.code}`;
  if (finding.why.code === 'stands-still') return 'title-stands-still';
  if (finding.why.code === 'sleeping') return 'title-asleep';
  if (finding.why.code === 'crowded-again') return 'title-crowded';
  if (finding.why.code === 'overslept') return 'title-overslept';
  if (finding.kind === 'fault') return isWholeOutage(finding) ? 'title-down' : 'title-partly-down';
  return finding.why.code.endsWith('below-usual') || finding.why.code.endsWith('-below')
    ? 'title-below'
    : 'title-above';
}

/** Figures and names of the finding's own sentence that a title may quote: of senders, and of areas. */
const TITLE_KEYS = [
  ...['lastAt', 'source', 'cells'],
  ...['siteName', 'siteNameZh', 'awayM', 'bearing', 'lat', 'lon', 'rule', 'sharePct', 'operator', 'points'],
];

/** Place first, then what is wrong; carries the figures that the title may quote. */
export function titleOf(finding: Finding, places: Places): Said {
  const values: Values = { ...placeOf(finding.subject, places), at: finding.at };
  const { observed, expected } = finding.evidence;
  if (finding.kpi !== undefined) values.kpi = finding.kpi;
  if (observed !== null) values.observed = observed;
  if (expected !== null) values.expected = expected;
  return {
    code: titleCode(finding),
    values: { ...values, ...foretoldValues(finding), ...picked(finding.why.values, TITLE_KEYS) },
  };
}

function placeOf({ scope, id }: Finding['subject'], places: Places): Values {
  if (scope === 'site') {
    const cells = places.cellsOf(id);
    return placeValues('place', siteName(cells, places, 'name') ?? id, siteName(cells, places, 'nameZh'));
  }
  const cell = places.cell(id);
  return placeValues('place', cell?.name ?? id, cell?.nameZh);
}

function foretoldValues({ prediction }: Finding): Values {
  if (!prediction) return {};
  const { mode, expectedAt, probability } = prediction;
  return { mode, expectedMs: expectedAt, probability };
}

function picked(values: Values, keys: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

/** The finding's sentence with its time and period, so that it can tell clock times and how long periods last. */
export function withPeriod(said: Said, finding: Finding): Said {
  return { code: said.code, values: { at: finding.at, periodSeconds: finding.periodSeconds, ...said.values } };
}

/** Worst kind of site trouble first. */
const LEADS = [
  'title-down',
  'title-partly-down',
  'title-asleep',
  'title-overslept',
  'title-silent',
  'title-below',
  'title-above',
];

const WHY_OF: Record<string, string> = {
  'title-down': 'site-down',
  'title-partly-down': 'site-down',
  'title-asleep': 'site-asleep',
  'title-overslept': 'site-overslept',
  'title-silent': 'site-silent',
};

/** Place of a title among the kinds of trouble of a cell or site, worst first. */
export function leadRank(titleCode: string): number {
  const rank = LEADS.indexOf(titleCode);
  return rank < 0 ? LEADS.length : rank;
}

/** The member whose trouble is told for the whole site: worst kind first, then the earliest. */
export function leadOf(members: readonly AlertRecord[]): AlertRecord | undefined {
  const rank = (alert: AlertRecord) => leadRank(alert.title.code);
  return [...members].sort((a, b) => rank(a) - rank(b) || (a.since ?? 0) - (b.since ?? 0) || (a.id < b.id ? -1 : 1))[0];
}

/** The sentences of a site's alert: so many of so many cells, led by one of them. */
export function siteSentences(
  lead: AlertRecord,
  failing: number,
  siteId: string,
  since: number,
  places: Places,
): Pick<AlertRecord, 'title' | 'why' | 'wouldClear'> {
  const siteCells = places.cellsOf(siteId);
  const [name, nameZh] = [siteName(siteCells, places, 'name') ?? siteId, siteName(siteCells, places, 'nameZh')];
  const counts = { cells: failing, siteCells: Math.max(siteCells.length, failing) };
  // One cell's figures are not the site's: only what holds for all is taken over.
  const shared = { ...picked(lead.title.values, ['at', 'kpi', 'lastAt']), ...counts };
  return {
    title: { code: lead.title.code, values: { ...shared, ...placeValues('place', name, nameZh) } },
    why: {
      code: WHY_OF[lead.title.code] ?? 'site-worse',
      values: { ...shared, ...placeValues('siteName', name, nameZh), sinceMs: since },
    },
    wouldClear: {
      code: 'site-back',
      values: { cells: failing, periods: 2, ...picked(lead.wouldClear.values, ['periods', 'periodSeconds']) },
    },
  };
}

/** What several sites share: an outage, a link to the core, the clock that one of them lost, or something not told apart. */
export type AreaCause = 'down' | 'worse' | 'link' | 'clock';

/** The sentences of an area's alert: so many of so many sites around the one that it began with. */
export function areaSentences(
  area: AlertRecord,
  bad: readonly string[],
  cause: AreaCause,
  places: Places,
): Pick<AlertRecord, 'title' | 'why' | 'wouldClear'> {
  const sitesOf = (cells: readonly string[]) => new Set(cells.map((id) => places.cell(id)?.siteId ?? area.siteId));
  const [failing, all] = [sitesOf(bad), sitesOf(area.cells)];
  const siteId = area.siteId ?? area.subject;
  const own = places.cellsOf(siteId);
  const [name, nameZh] = [siteName(own, places, 'name') ?? siteId, siteName(own, places, 'nameZh')];
  const counts = { areaSites: failing.size, areaAll: all.size };
  const shared = picked(area.title.values, ['at', 'kpi', 'lastAt']);
  // A lost clock is the trouble of one place, whatever it does to those around.
  const where = cause === 'clock' ? {} : counts;
  return {
    title: { code: area.title.code, values: { ...shared, ...where, ...placeValues('place', name, nameZh) } },
    why: {
      code: `area-${cause}`,
      values: { ...shared, ...counts, ...placeValues('place', name, nameZh), sinceMs: area.since ?? area.raisedAt },
    },
    wouldClear: {
      code: 'area-back',
      values: { ...counts, ...picked(area.wouldClear.values, ['periods', 'periodSeconds']) },
    },
  };
}

/** What the names of a site's cells have in common: `Old Harbour 7` of `Old Harbour 7-A` and `Old Harbour 7-B`. */
export function siteName(cells: readonly string[], places: Places, key: 'name' | 'nameZh'): string | undefined {
  const names = cells.map((id) => places.cell(id)?.[key]).filter((name) => name !== undefined);
  const first = names[0];
  if (first === undefined || names.length < cells.length) return undefined;
  let length = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length -= 1;
  // A name that goes on with a letter or digit was cut inside a word: step back to where the word began.
  const inside = names.some((name) => /^[A-Za-z0-9]/.test(name.slice(length)));
  const common = inside ? first.slice(0, length).replace(/[A-Za-z0-9]+$/, '') : first.slice(0, length);
  const trimmed = common.replace(/[\s\-_/.,·:]+$/, '');
  return trimmed === '' ? undefined : trimmed;
}
