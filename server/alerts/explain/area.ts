// The explanation of what a whole area does: what most of its cells have in common, instead of what one of them shows.

import { median } from '../../maths/median.ts';
import type { AlertRecord } from '../../model/alert.ts';
import type { Cause, Moved } from '../../model/explanation.ts';
import type { Said } from '../../model/finding.ts';
import { causeOf, knownCause } from './causes.ts';
import { type CellScene, type Sign, signsOf } from './signs.ts';

/** So many cells of an area are looked at. */
export const MOST_MEMBERS = 12;
/** What so many of them show, the area shows. *Default.* */
const COMMON_SHARE = 0.5;

export interface AreaTime {
  /** 0…23, local. */
  hour: number;
  sunrise?: { at: number; sunriseMs: number };
}

/** True of an alert about many sites at once, for one reason. */
export function isOfArea({ scope, kind }: AlertRecord): boolean {
  return scope === 'area' && ['anomaly', 'fault', 'silent'].includes(kind);
}

/**
 * Those of its cells that are looked at: a cell of each site, then a second one, spread over all of them.
 *
 * @param siteOf of a cell; undefined where it stands on none
 */
export function membersOf(
  { cells, recovered = [] }: AlertRecord,
  siteOf: (cell: string) => string | undefined,
): string[] {
  const left = cells.filter((cell) => !recovered.includes(cell));
  const asked = left.length > 0 ? left : cells;
  const bySite = new Map<string, string[]>();
  for (const cell of asked) {
    const site = siteOf(cell) ?? cell;
    bySite.set(site, [...(bySite.get(site) ?? []), cell]);
  }
  const sites = [...bySite.values()];
  const firsts = spread(sites, MOST_MEMBERS).map(([first]) => first!);
  const others = sites.flatMap(([, ...rest]) => rest);
  return [...firsts, ...spread(others, MOST_MEMBERS - firsts.length)];
}

/** At most so many, evenly from the whole list. */
function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
}

/** The likely cause of what most of the cells show together; that which is known of the alert where nothing fits. */
export function areaCause(alert: AlertRecord, scenes: readonly CellScene[], time: AreaTime): Cause {
  const values = { areaCells: alert.cells.length };
  const isOfOne = alert.why.code === 'area-clock';
  const found = isOfOne ? undefined : causeOf(commonSigns(alert, scenes, time), values);
  if (found && found.code !== 'unknown') return found;
  return alert.cause ? knownCause(alert.cause) : causeOf(new Map(), values);
}

function commonSigns(alert: AlertRecord, scenes: readonly CellScene[], time: AreaTime): Map<Sign, Said> {
  const seen = scenes.length > 0 ? scenes : [UNHEARD];
  const of = seen.length;
  const all = seen.map((own) =>
    signsOf({ own, around: seen.filter((one) => one !== own), why: cellWhyOf(alert), longAgo: {}, breaks: 0, ...time }),
  );
  const common = new Map<Sign, Said>();
  for (const sign of new Set(all.flatMap((signs) => [...signs.keys()]))) {
    const told = all.flatMap((signs) => signs.get(sign) ?? []);
    if (told.length >= COMMON_SHARE * of) common.set(sign, inTheMiddle(told, of));
  }
  // It is told by how many of them are loud, not by what each hears around it.
  const loud = common.get('noise-up')?.values.cells ?? of;
  if (common.has('noise-up-wide'))
    common.set('noise-up-wide', { code: 'sign-noise-area', values: { cells: loud, of } });
  for (const sign of ['noise-up-around', 'clock-lost-around'] as const) common.delete(sign);
  return common;
}

const UNHEARD: CellScene = { cell: '', kpis: {}, moved: new Map(), isTdd: false };

/** What a single cell of it would say. */
function cellWhyOf({ title, why }: AlertRecord): string {
  if (title.code === 'title-silent') return 'site-silent';
  if (title.code === 'title-asleep') return 'sleeping';
  return title.code === 'title-down' ? 'site-down' : why.code;
}

function inTheMiddle(told: readonly Said[], of: number): Said {
  const first = told[0]!;
  const { kpi } = first.values;
  const observed = middleOf(told, 'observed');
  if (kpi === undefined || observed === undefined) return first;
  const expected = middleOf(told, 'expected');
  const values = { kpi, cells: told.length, of, observed, ...(expected !== undefined && { expected }) };
  return { code: 'sign-common', values };
}

function middleOf(told: readonly Said[], key: string): number | undefined {
  return median(told.flatMap(({ values }) => (typeof values[key] === 'number' ? [values[key]] : [])));
}

/** What else most of the cells have out of line to the same side, each told by the cell in the middle; most cells first. */
export function movedTogether(scenes: readonly CellScene[], kpi: string | undefined): Moved[] {
  const groups = new Map<string, Moved[]>();
  for (const moved of scenes.flatMap((scene) => [...scene.moved.values()])) {
    const key = `${moved.kpi} ${moved.direction}`;
    groups.set(key, [...(groups.get(key) ?? []), moved]);
  }
  const of = scenes.length;
  return [...groups.values()]
    .filter((group) => group.length >= Math.max(2, COMMON_SHARE * of) && group[0]!.kpi !== kpi)
    .sort((a, b) => b.length - a.length || (a[0]!.kpi < b[0]!.kpi ? -1 : 1))
    .map((group) => {
      const middle = group.sort((a, b) => a.strength - b.strength || (a.cell < b.cell ? -1 : 1))[group.length >> 1]!;
      const values = { ...middle.said.values, cells: group.length, of };
      return { ...middle, cells: group.length, of, said: { code: `moved-${middle.direction}-area`, values } };
    });
}
