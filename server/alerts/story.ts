// One cell, one story: drops and outages that take turns on a cell stand behind the one that came first, and it waits for both.

import { type AlertKind, type AlertRecord, isCreeping, type Spell } from '../model/alert.ts';
import { isWorse } from '../model/health.ts';
import { told, wasClearedByHand, withSeverity } from './alert-state.ts';
import { overAfterRest, recovered, rested } from './ending.ts';
import { spellsTogether, withSpell } from './flapping.ts';
import { leadRank } from './phrasing.ts';
import { joined } from './widening.ts';

/** Kinds of one cell's trouble that have one cause. */
const TURNS: readonly AlertKind[] = ['fault', 'anomaly'];

/** The kind that takes turns with this one; undefined: none. */
export function turnsWith(kind: AlertKind): AlertKind | undefined {
  return TURNS.includes(kind) ? TURNS.find((each) => each !== kind) : undefined;
}

/** Spells of the alert and of the one that takes turns with it; a person's word that one is over begins a new count. */
export function spellsOf(alert: AlertRecord | undefined, other: AlertRecord | undefined): Spell[] {
  const [own, others] = [alert, other].map((each) => (each && !wasClearedByHand(each) ? each.spells : undefined));
  return spellsTogether(own, others);
}

export interface StoryTime {
  /** Data time, epoch milliseconds. */
  at: number;
  flapMs: number;
  wallMs: number;
}

/**
 * What changes among the alerts about one cell once its own are up to date: of two that stand by themselves the later
 * becomes part of the earlier, which tells the worse of both and is over once both are.
 *
 * @param active active alerts about the cell
 * @returns changed alerts only; deterministic, for ties are broken by kind
 */
export function storied(active: readonly AlertRecord[], cell: string, time: StoryTime): AlertRecord[] {
  const [first, second] = active.filter((alert) => isOwn(alert, cell)).sort(byBeginning);
  if (!first || first.partOf !== undefined) return [];
  const part = second && (second.partOf ?? first.id) === first.id ? second : undefined;
  if (!part) return waitsInVain(first) ? [rested(first, time.at, time.flapMs, time.wallMs)] : [];
  // What creeps goes on for weeks, whatever breaks meanwhile, and is heard of once a night.
  if (part.partOf === undefined) return [first, part].some(isCreeping) ? [] : together(first, part, time);
  const next = ledBy(part, first, time.wallMs);
  return next === first ? [] : [next];
}

/** After a cell has been heard at data time `at`: what waits for that is over, or goes on waiting. */
export function waited(alert: AlertRecord, isAlone: boolean, { at, flapMs, wallMs }: StoryTime): AlertRecord {
  if (!alert.calm || !isAlone) return alert;
  if (waitsInVain(alert)) return rested(alert, at, flapMs, wallMs);
  // Whoever held it back is not to be told of it once it is well.
  return at >= alert.calm.until! || alert.mutedBy !== undefined ? overAfterRest(alert, wallMs) : alert;
}

function isOwn({ kind, scope, subject, alarmsOn }: AlertRecord, cell: string): boolean {
  return TURNS.includes(kind) && scope === 'cell' && subject === cell && alarmsOn === undefined;
}

function byBeginning(a: AlertRecord, b: AlertRecord): number {
  return a.raisedAt - b.raisedAt || TURNS.indexOf(a.kind) - TURNS.indexOf(b.kind);
}

/** Its own spell is over; it is open for what stood behind it. */
const waitsInVain = ({ calm }: AlertRecord) => calm !== undefined && calm.until === undefined;

function together(first: AlertRecord, second: AlertRecord, { at, wallMs }: StoryTime): AlertRecord[] {
  const part = joined(second, first, wallMs);
  if (part.calm) return [recovered(part, at, wallMs)];
  const back = first.calm && {
    calm: { since: first.calm.since },
    spells: withSpell(first.spells, part.since ?? at),
    history: told(first, { at: wallMs, what: 'returned' }),
  };
  return [ledBy(part, { ...first, ...back }, wallMs), part];
}

/** Told by the words of its part where these are the worse news, or the only ones. */
function ledBy(part: AlertRecord, first: AlertRecord, wallMs: number): AlertRecord {
  const isWorseNews = leadRank(part.title.code) <= leadRank(first.title.code);
  const { title, why, wouldClear, kpi, evidence, cause } = part;
  const isTold = first.title === title || !(first.calm || isWorseNews);
  const words = isTold ? first : { ...first, title, why, wouldClear, kpi, evidence, cause };
  return isWorse(part.severity, first.severity) ? withSeverity(words, part.severity, wallMs) : words;
}
