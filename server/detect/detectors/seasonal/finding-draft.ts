// Puts findings together: subject, phase, evidence, and the codes of why and of what would clear it.

import { strengthScore } from '../../../maths/strength-score.ts';
import type { Evidence, Finding, FindingKind, Said, Subject } from '../../../model/finding.ts';
import type { Cells } from './cells.ts';
import type { SeasonalProfile } from './profile.ts';
import { evidenceOf, type Hit } from './series.ts';
import type { Overslept } from './waking.ts';

export const NO_EVIDENCE: Evidence = { observed: null, expected: null, low: null, high: null, score: 0 };

export interface Draft {
  kind: FindingKind;
  cell: string;
  /** Left out: the cell alone. */
  wide?: { subject: Subject; cells: string[] };
  phase: Finding['phase'];
  at: number;
  since: number;
  periodSeconds: number;
  kpi?: string;
  alsoKpis?: string[];
  evidence: Evidence;
  why: Said;
  wouldClear: Said;
}

export function findingOf({ cell, wide, ...rest }: Draft, detector: string): Finding {
  const { subject, cells } = wide ?? { subject: { scope: 'cell' as const, id: cell }, cells: [cell] };
  return { ...rest, subject, cells, detector };
}

/** What an anomaly says: the worst KPI leads, the others stand beside it. `hits` worst first, at least one. */
export function sayAnomaly(hits: readonly Hit[], profile: SeasonalProfile) {
  const lead = hits[0]!;
  const kpi = lead.memory.rule.kpi.id;
  const alsoKpis = hits.slice(1).map((hit) => hit.memory.rule.kpi.id);
  return {
    kpi,
    ...(alsoKpis.length > 0 && { alsoKpis }),
    evidence: evidenceOf(lead, lead.value, strengthScore(lead.strength), lead.attempts),
    why: whyAnomaly(lead, alsoKpis),
    wouldClear: backInRange(lead, profile),
  };
}

function whyAnomaly(hit: Hit, alsoKpis: readonly string[]): Said {
  const { rule } = hit.memory;
  const byAttempts = rule.model === 'ratio';
  const side = hit.value > hit.mid ? 'above' : 'below';
  const values: Said['values'] = { kpi: rule.kpi.id, observed: hit.value, low: hit.low, high: hit.high };
  if (hit.attempts !== undefined) values.attempts = hit.attempts;
  if (byAttempts) {
    const failedPct = rule.flipped ? 100 - hit.value : hit.value;
    values.events = Math.round((failedPct / 100) * hit.attempts!);
  }
  // Levels in dBm or degrees have no meaningful quotient.
  if (rule.kpi.range[0] === 0 && hit.mid > 0) values.factor = hit.value / hit.mid;
  if (alsoKpis.length > 0) values.also = alsoKpis.join(',');
  if (hit.channel === 'shift') return { code: `shift-${side}`, values };
  if (hit.channel === 'still')
    return { code: 'stands-still', values: { ...values, times: hit.memory.timesAlike(hit.series) } };
  return { code: byAttempts ? `ratio-${side}` : `${side}-usual`, values };
}

/** Many cells at once: one in the middle of them speaks for all, or, once it is over, its KPI. */
export function sayWideMove(middle: Hit | string, cells: number, alsoKpis: readonly string[]) {
  if (typeof middle === 'string') {
    const over = { code: 'wide-over', values: { kpi: middle } };
    return { kpi: middle, evidence: NO_EVIDENCE, why: over, wouldClear: over };
  }
  const kpi = middle.memory.rule.kpi.id;
  const values: Said['values'] = { kpi, cells, observed: middle.value, low: middle.low, high: middle.high };
  if (alsoKpis.length > 0) values.also = alsoKpis.join(',');
  return {
    kpi,
    ...(alsoKpis.length > 0 && { alsoKpis: [...alsoKpis] }),
    evidence: evidenceOf(middle, middle.value, strengthScore(middle.strength), middle.attempts),
    why: { code: middle.value < middle.mid ? 'wide-below' : 'wide-above', values },
    wouldClear: { code: 'wide-over', values: { kpi } },
  };
}

export function backInRange(band: Pick<Hit, 'low' | 'high' | 'memory'>, profile: SeasonalProfile): Said {
  const { memory, low, high } = band;
  return { code: 'back-in-range', values: { kpi: memory.rule.kpi.id, low, high, periods: profile.clearPeriods } };
}

export function sayDown(lostShare: number, periodSeconds: number, profile: SeasonalProfile) {
  const observed = 100 * (1 - lostShare);
  return {
    kpi: 'availability_pct',
    evidence: {
      observed,
      expected: 100,
      low: 100 * (1 - profile.downShare),
      high: 100,
      // At the line when exactly the tolerated share is lost, 0.91 when all is.
      score: lostShare / (lostShare + profile.downShare),
    },
    why: {
      code: 'down',
      values: { kpi: 'availability_pct', observed, downSeconds: Math.round(lostShare * periodSeconds), periodSeconds },
    },
    wouldClear: { code: 'available-again', values: { periods: profile.faultClearPeriods } },
  };
}

export function saySleeping(users: Hit, periods: number, sinceMs: number, profile: SeasonalProfile) {
  return {
    kpi: users.memory.rule.kpi.id,
    evidence: evidenceOf(users, users.value, strengthScore(users.strength)),
    why: { code: 'sleeping', values: { usualUsers: users.mid, periods, sinceMs } },
    wouldClear: { code: 'used-again', values: { periods: profile.faultClearPeriods } },
  };
}

export function sayOverslept({ wakeMinute, overdueMinutes, sinceMs }: Overslept, profile: SeasonalProfile) {
  return {
    kpi: 'saving_s',
    evidence: { ...NO_EVIDENCE, score: overdueMinutes / (overdueMinutes + 30) },
    why: {
      code: 'overslept',
      values: { wakeMinute: Math.round(wakeMinute), overdueSeconds: overdueMinutes * 60, sinceMs },
    },
    wouldClear: { code: 'awake-again', values: { periods: profile.faultClearPeriods } },
  };
}

export function saySilent(lastAt: number, at: number, periodSeconds: number, profile: SeasonalProfile) {
  const missedSeconds = (at - lastAt) / 1000;
  const periods = Math.floor(missedSeconds / periodSeconds);
  return {
    evidence: { ...NO_EVIDENCE, score: periods / (periods + profile.silentPeriods) },
    why: { code: 'no-readings', values: { lastAt, periods, missedSeconds } },
    wouldClear: { code: 'reading-arrives', values: {} },
  };
}

/** What is known of cells that share a collector, or some way to it. */
interface SharedGap {
  source: string;
  lastAt: number;
  at: number;
  periodSeconds: number;
  cells: number;
  sites: number;
}

export function saySharedGap({ at, periodSeconds, ...values }: SharedGap, profile: SeasonalProfile) {
  const periods = Math.floor((at - values.lastAt) / 1000 / periodSeconds);
  return {
    evidence: { ...NO_EVIDENCE, score: periods / (periods + profile.silentPeriods) },
    why: { code: 'shared-gap', values: { ...values, periods, missedSeconds: (at - values.lastAt) / 1000 } },
    wouldClear: { code: 'gap-ends', values: {} },
  };
}

/** The ends of all findings that are open about a cell which leaves the network. */
export function draftsOfLeaving(cells: Cells, slot: number): Draft[] {
  const f = cells.columns.fields;
  const open: [FindingKind, number][] = [
    ['anomaly', f.anomalySince[slot]!],
    ['fault', f.faultSince[slot]!],
    ['silent', f.gap[slot]! > 0 ? 0 : f.silentSince[slot]!],
  ];
  const at = f.lastAt[slot]!;
  const periodSeconds = f.periodSeconds[slot]!;
  const said = { code: 'reading-arrives', values: {} };
  return open
    .filter(([, since]) => since > 0)
    .map(([kind, since]) => ({
      ...{ kind, cell: cells.names[slot]!, phase: 'ends' as const, at, since, periodSeconds },
      ...{ evidence: NO_EVIDENCE, why: said, wouldClear: said },
    }));
}
