// Numbers of people that may be shown: small groups as `<10`, and others hidden so that no small one can be worked out.

import { LEAST_GROUP, type PeopleCount } from '../model/star.ts';

export interface ShownList {
  total: PeopleCount;
  counts: PeopleCount[];
}

export interface ShownTable {
  total: PeopleCount;
  rows: PeopleCount[];
  columns: PeopleCount[];
  cells: PeopleCount[][];
}

/** Groups that part the same people, and their sum. */
export function shownList(counts: readonly number[]): ShownList {
  const sheet = new Sheet();
  const cells = counts.map((count) => sheet.add(0, 1, count, 'group'));
  const total = sheet.add(0, 1, sum(counts), 'total');
  sheet.protect();
  return { total: total.shown, counts: cells.map((cell) => cell.shown) };
}

/** Groups by two keys, rows of equal length, with the sums of rows, of columns and of all. */
export function shownTable(counts: readonly (readonly number[])[]): ShownTable {
  const sheet = new Sheet();
  const [height, width] = [counts.length, counts[0]?.length ?? 0];
  const column = (at: number) => height + 1 + at;
  const cells = counts.map((row, r) => row.map((count, c) => sheet.add(r, column(c), count, 'group')));
  const rows = counts.map((row, r) => sheet.add(r, column(width), sum(row), 'total'));
  const sums = Array.from({ length: width }, (_, c) => sum(counts.map((row) => row[c]!)));
  const columns = sums.map((count, c) => sheet.add(height, column(c), count, 'total'));
  const total = sheet.add(height, column(width), sum(sums), 'grand');
  sheet.protect();
  const shown = (entries: readonly Entry[]) => entries.map((entry) => entry.shown);
  return { total: total.shown, rows: shown(rows), columns: shown(columns), cells: cells.map(shown) };
}

/** A count that stands alone. */
export function shownCount(count: number): PeopleCount {
  return isSmall(count) ? '<10' : count;
}

type Role = 'group' | 'total' | 'grand';

interface Entry {
  /** The two sums that it stands in. */
  lines: readonly [number, number];
  value: number;
  role: Role;
  shown: PeopleCount;
}

const isSmall = (count: number) => count > 0 && count < LEAST_GROUP;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/**
 * Every line of a table, sums included, adds up to nothing when its sum is counted as negative; a reader knows that, the
 * figures that are shown, and that `<10` is 1 to 9 and `hidden` is 10 or more. A second table that fits all he knows
 * exists just when one unit can be moved around a ring of unshown entries, lines by turns (the difference of two such
 * tables is made of such rings). So a small group is safe when it lies on a ring: an exact test, not a rule of thumb.
 */
class Sheet {
  private readonly entries: Entry[] = [];
  private readonly byLine = new Map<number, Entry[]>();

  add(row: number, column: number, value: number, role: Role): Entry {
    const entry: Entry = { lines: [row, column], value, role, shown: shownCount(value) };
    this.entries.push(entry);
    for (const line of entry.lines) this.lineOf(line).push(entry);
    return entry;
  }

  /** What is hidden only ever makes others safer, so each entry needs looking at once. */
  protect(): void {
    for (const line of this.byLine.keys()) this.blurUnion(line);
    for (const entry of this.entries) {
      while (entry.shown === '<10' && this.isPinned(entry) && this.hideMore(entry));
    }
  }

  private lineOf(line: number): Entry[] {
    const known = this.byLine.get(line);
    if (known) return known;
    const entries: Entry[] = [];
    this.byLine.set(line, entries);
    return entries;
  }

  /** The unshown ones of a line are one group, whose number is the rest: it must not be small either. */
  private blurUnion(line: number): void {
    const entries = this.lineOf(line);
    const whole = entries.find(({ role }) => role === 'grand') ?? entries.find(({ role }) => role === 'total');
    if (typeof whole?.shown !== 'number') return;
    if (isSmall(sum(unshown(entries).map((entry) => entry.value)))) this.hideSmallest(entries);
  }

  /** Best where a line has a single unshown entry, and so that a ring closes; groups go before their sums. */
  private hideMore(entry: Entry): boolean {
    const around = this.joinedTo(entry);
    const ends = [...around].filter((line) => unshown(this.lineOf(line)).length === 1);
    for (const line of [...ends, ...entry.lines]) {
      const groups = this.lineOf(line).filter(({ role }) => role === 'group');
      const closing = groups.filter(({ lines }) => lines.every((each) => around.has(each)));
      if (this.hideSmallest(closing) || this.hideSmallest(groups)) return true;
    }
    return this.hideSmallest(this.entries) || this.hideSums();
  }

  /** Lines that unshown entries join to this one. */
  private joinedTo(entry: Entry): Set<number> {
    const lines = new Set(entry.lines);
    for (const line of lines) {
      for (const other of unshown(this.lineOf(line))) for (const next of other.lines) lines.add(next);
    }
    return lines;
  }

  private hideSmallest(entries: readonly Entry[]): boolean {
    const visible = entries.filter((entry) => typeof entry.shown === 'number' && entry.value > 0);
    const order = (entry: Entry) => (entry.role === 'group' ? 0 : entry.role === 'total' ? 1 : 2);
    const [next] = visible.sort((a, b) => order(a) - order(b) || a.value - b.value);
    if (next) next.shown = 'hidden';
    return next !== undefined;
  }

  /** Nine groups of one person in a sum that shows as `<10` give themselves away: then the sum says nothing at all. */
  private hideSums(): boolean {
    const sums = this.entries.filter((entry) => entry.role !== 'group' && entry.shown === '<10');
    for (const entry of sums) entry.shown = 'hidden';
    return sums.length > 0;
  }

  private isPinned(entry: Entry): boolean {
    const [row, column] = entry.lines;
    const isFree =
      (canMove(entry, 1) && this.leads(row, column, entry)) || (canMove(entry, -1) && this.leads(column, row, entry));
    return !isFree;
  }

  /** Whether a unit can go on from line to line: out of a first line by taking away, into it by adding. */
  private leads(from: number, to: number, without: Entry): boolean {
    const reached = new Set([from]);
    for (const line of reached) {
      for (const entry of this.lineOf(line)) {
        const isFirst = entry.lines[0] === line;
        if (entry === without || typeof entry.shown === 'number' || !canMove(entry, isFirst ? -1 : 1)) continue;
        reached.add(entry.lines[isFirst ? 1 : 0]);
      }
      if (reached.has(to)) return true;
    }
    return false;
  }
}

const unshown = (entries: readonly Entry[]) => entries.filter((entry) => typeof entry.shown !== 'number');

/** Whether the entry, counted negative when it is a sum, could be one more (or less) for all a reader knows. */
function canMove({ value, role, shown }: Entry, by: 1 | -1): boolean {
  const next = role === 'total' ? value - by : value + by;
  if (shown === '<10') return isSmall(next);
  return next >= (role === 'group' ? LEAST_GROUP : 1);
}
