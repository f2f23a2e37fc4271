// What a backtest is asked, read and checked: cells, time, and a rule or settings; refused with what is wrong and how much is too much.

import type { BacktestAsk } from '../../api/contract.ts';
import { badRequest, notFound } from '../../api/problem.ts';
import { type FixedRule, readRule } from '../../detect/backtest/fixed-rule.ts';
import { problemOf } from '../../detect/shipped-profile.ts';
import type { Directory } from '../../live/directory.ts';
import { DAY_MS, HOUR_MS } from '../../maths/local-time.ts';
import { parseMoment } from '../../maths/parse-moment.ts';
import { localOffset } from '../../maths/zone-offset.ts';

/** Named maximums of one backtest; days of cells with those that are learned from. */
export const MOST_BACKTEST_CELLS = 2000;
export const MOST_CELL_DAYS = 100_000;
/** What was usual longer ago than eight weeks has left no trace in the detector's memory. */
export const MOST_LEARNED_DAYS = 56;

export interface BacktestPlan {
  /** Ids. */
  cells: string[];
  /** Data time, epoch milliseconds; what is judged lies in `from < at <= to`. */
  from: number;
  to: number;
  /** Read from here on. */
  readFrom: number;
  rule?: FixedRule;
  settings: Record<string, number>;
}

export interface AskRooms {
  directory: Pick<Directory, 'find' | 'get' | 'cells' | 'cellsOf'>;
  /** Newest data time. */
  dataAt: number;
  zone: string;
}

/** Throws ApiError. */
export function readAsk(ask: BacktestAsk, rooms: AskRooms): BacktestPlan {
  if (ask.rule !== undefined && ask.set !== undefined)
    throw badRequest('rule and set are both given: a rule has no settings, so give one of them');
  const [from, to] = [momentOf('from', ask.from, rooms), momentOf('to', ask.to, rooms)];
  if (from >= to) throw badRequest(`from (${ask.from}) is not before to (${ask.to})`);
  const rule = ask.rule === undefined ? undefined : ruleOf(ask.rule);
  const settings = settingsOf(ask.set ?? {});
  const cells = cellsOf(ask, rooms);
  return { rule, settings, cells, from, to, readFrom: from - lookBackMs(rule, cells.length, to - from) };
}

/** A day alone is its local midnight. */
function momentOf(name: string, text: string, { dataAt, zone }: AskRooms): number {
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text;
  const at = parseMoment(whole, dataAt, localOffset(zone));
  if (at !== undefined && Math.abs(at) < FARTHEST_MS) return at;
  throw badRequest(`${name} is "${text}": give ISO 8601, a day such as 2026-03-17, or for example now-7d`);
}

/** The year 9999: what is no moment to a calendar is none here. */
const FARTHEST_MS = Date.UTC(9999, 11, 31);

function ruleOf(text: string): FixedRule {
  const reading = readRule(text);
  if ('problem' in reading) throw badRequest(`rule: ${reading.problem}`);
  return reading.rule;
}

function settingsOf(settings: Record<string, number>): Record<string, number> {
  const problem = problemOf(settings);
  if (problem !== undefined) throw badRequest(`set: ${problem}`);
  return settings;
}

function cellsOf({ cells, site }: BacktestAsk, { directory }: AskRooms): string[] {
  if (cells && site !== undefined) throw badRequest('cells and site are both given: give one of them');
  const ids = cells ? knownOf(cells, directory) : site !== undefined ? cellsOfSite(site, directory) : allOf(directory);
  if (ids.length <= MOST_BACKTEST_CELLS) return ids;
  throw badRequest(`${ids.length} cells are asked for, at most ${MOST_BACKTEST_CELLS}: give cells or a site`);
}

function knownOf(names: readonly string[], directory: AskRooms['directory']): string[] {
  const ids = names.map((name) => {
    const id = directory.find(name) ?? name;
    if (!directory.get(id)) throw notFound(`no cell "${name}" is known; GET /api/cells lists them`);
    return id;
  });
  return [...new Set(ids)];
}

function cellsOfSite(site: string, directory: AskRooms['directory']): string[] {
  const ids = directory.cellsOf(site).filter((id) => directory.get(id));
  if (ids.length === 0) throw notFound(`no site "${site}" is known; GET /api/cells tells the site of each cell`);
  return ids.sort();
}

function allOf(directory: AskRooms['directory']): string[] {
  const ids = Array.from(directory.cells(), ({ id }) => id);
  if (ids.length === 0) throw notFound('there are no cells yet');
  return ids;
}

/** A rule looks back over its own periods, the detector as far as it remembers and as the bound on the whole allows. */
function lookBackMs(rule: FixedRule | undefined, cells: number, spanMs: number): number {
  const cellDays = (cells * spanMs) / DAY_MS;
  if (cellDays > MOST_CELL_DAYS) {
    const most = Math.floor(MOST_CELL_DAYS / cells);
    throw badRequest(
      `${cells} cells over ${Math.ceil(spanMs / DAY_MS)} days are too much at once: at most ${most} days of so many cells`,
    );
  }
  if (rule) return Math.max(...rule.conditions.map(({ outOf }) => outOf)) * HOUR_MS;
  return Math.min(MOST_LEARNED_DAYS, Math.floor((MOST_CELL_DAYS - cellDays) / cells)) * DAY_MS;
}
