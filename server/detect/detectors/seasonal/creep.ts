// One KPI of one cell that has crept: what is kept of it from night to night, and what is said of those of a cell.

import { hingeLine } from '../../../maths/hinge-line.ts';
import { strengthScore } from '../../../maths/strength-score.ts';
import { findKpi } from '../../../model/catalogue.ts';
import type { Said } from '../../../model/finding.ts';
import { NIGHTS } from './trail.ts';

const DAY_MS = 86_400_000;
/** Nights on either side of a bend, at least. */
const LEAST_SIDE = 2;
/** Level, bend and slope. */
const STICK_PARAMETERS = 3;
const DAYS_PER_WEEK = 7;

export interface Creep {
  /** Index of the memory, and slot of the cell. */
  memory: number;
  slot: number;
  /** When it began, epoch milliseconds. */
  since: number;
  /** Nights in a row that it was found. */
  nights: number;
  isTold: boolean;
  isOver: boolean;
  strength: number;
  kpi: string;
  /** In the unit of the KPI: where it stood weeks ago, and where it would stand had it moved as the cells alike. */
  reference: number;
  expected: number;
  /** Where it stands now, the ends of what would be no creep, and where it is over. */
  observed: number;
  low: number;
  high: number;
  clearsAt: number;
  /** Usual attempts behind a share; null: none are counted. */
  attempts: number | null;
  /** How many cells alike it was held against. */
  alike: number;
}

/** The broken stick that fits the nights best: how many days ago it bends, and by how much single nights lie beside it. */
export function courseOf(nights: readonly number[]): { daysAgo: number; unrest: number } {
  const stick = hingeLine(nights, LEAST_SIDE);
  if (!stick) return { daysAgo: nights.length - 1, unrest: 0 };
  return {
    daysAgo: nights.length - 1 - stick.at,
    unrest: Math.sqrt(stick.misfit / (nights.length - STICK_PARAMETERS)),
  };
}

/** What is said of a cell's creeps: the farthest leads, the others stand beside it. At least one. */
export function sayCreeps(creeps: readonly Creep[], at: number, since: number) {
  const [lead, ...others] = [...creeps].sort((a, b) => b.strength - a.strength || a.memory - b.memory);
  const { kpi, reference, observed, expected, low, high, clearsAt, attempts, alike, strength } = lead!;
  const alsoKpis = others.map((other) => other.kpi);
  const values: Said['values'] = {
    kpi,
    from: reference,
    expected,
    observed,
    days: Math.max(1, Math.round((at - since) / DAY_MS)),
  };
  if (alike > 1) values.alike = alike;
  if (alsoKpis.length > 0) values.also = alsoKpis.join(',');
  const score = strengthScore(strength);
  const worse = findKpi(kpi)?.worse;
  const clearing = {
    kpi,
    value: clearsAt,
    side: worse === 'lower' ? 'least' : 'most',
    weeks: NIGHTS / DAYS_PER_WEEK - 1,
  };
  return {
    kpi,
    ...(alsoKpis.length > 0 && { alsoKpis }),
    evidence: { observed, expected, low, high, score, ...(attempts !== null && { attempts: Math.round(attempts) }) },
    why: { code: observed < expected ? 'crept-below' : 'crept-above', values },
    wouldClear: { code: 'crept-back', values: clearing },
  };
}
