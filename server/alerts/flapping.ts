// A trouble that comes and goes: its spells of a day, how long it must stay well to be over, and what is said of it.

import type { AlertRecord, Spell } from '../model/alert.ts';
import type { Said } from '../model/finding.ts';

const HOUR_MS = 3_600_000;
/** Spells are counted over so long before the newest. */
const REMEMBERED_MS = 24 * HOUR_MS;
const MOST_SPELLS = 50;
/** So many spells within that time are one trouble that comes and goes. *Default.* */
const FLAPPING_SPELLS = 3;
/** It is over once it has been well for so many times as long as it usually was between two spells. *Default.* */
const TIMES_USUAL_GAP = 2;
/** And after so long at most. *Default.* */
const LONGEST_REST_MS = 12 * HOUR_MS;

/** The spells of a day with one that begins at `from`; while one lasts, no other begins. What began before others ended holds them: it is one with them. */
export function withSpell(spells: readonly Spell[] = [], from: number): Spell[] {
  const remembered = spells.filter((each) => each.from > from - REMEMBERED_MS);
  const last = remembered.at(-1);
  if (last && last.to === undefined) return remembered;
  const before = remembered.filter(({ to }) => to! < from);
  const held = remembered[before.length];
  return [...before, { from: Math.min(from, held?.from ?? from) }].slice(-MOST_SPELLS);
}

/** The newest spell ended at data time `at`, if it had not before. */
export function withEnd(spells: readonly Spell[] = [], at: number): Spell[] {
  const last = spells.at(-1);
  return last && last.to === undefined ? [...spells.slice(0, -1), { ...last, to: at }] : [...spells];
}

/** The spells of two alerts that are over, or of which the first is not: what overlaps is one spell. */
export function spellsTogether(own: readonly Spell[] = [], other: readonly Spell[] = []): Spell[] {
  const together: Spell[] = [];
  const all = [...own, ...other.filter(({ to }) => to !== undefined)].sort((a, b) => a.from - b.from);
  for (const { from, to = Number.POSITIVE_INFINITY } of all) {
    const last = together.at(-1);
    if (last && from <= last.to!) last.to = Math.max(last.to!, to);
    else together.push({ from, to });
  }
  return together.map(({ from, to }) => (to === Number.POSITIVE_INFINITY ? { from } : { from, to: to! }));
}

export function comesAndGoes(spells: readonly Spell[]): boolean {
  return spells.length >= FLAPPING_SPELLS;
}

/** What begins at `from` is the next spell of what has come and gone before. */
export function isNextSpell(spells: readonly Spell[] = [], from: number): boolean {
  const endedAt = spells.at(-1)?.to;
  return endedAt !== undefined && from - endedAt <= LONGEST_REST_MS && comesAndGoes(withSpell(spells, from));
}

/** Milliseconds that it has to stay well after its newest spell; what is back within `flapMs` never was over. */
export function restOf(spells: readonly Spell[], flapMs: number): number {
  const gaps = spells.flatMap(({ to }, i) => (to !== undefined && spells[i + 1] ? [spells[i + 1]!.from - to] : []));
  const usual = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  return Math.min(LONGEST_REST_MS, Math.max(flapMs, TIMES_USUAL_GAP * usual));
}

/** How often it has come and gone; undefined where it has not. */
export function flapsOf({ spells = [], calm }: AlertRecord): Said | undefined {
  if (!comesAndGoes(spells)) return undefined;
  const values = { times: spells.length, sinceMs: spells[0]!.from };
  return { code: 'came-and-went', values: calm ? { ...values, wellMs: calm.since } : values };
}

/** When it is over, of one that waits whether it comes back. */
export function restSentence({ calm }: AlertRecord): Said | undefined {
  return calm?.until === undefined ? undefined : { code: 'stays-well', values: { untilMs: calm.until } };
}
