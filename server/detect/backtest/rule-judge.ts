// Judges readings by a fixed rule, as tools with thresholds do; what it finds has the shape of any detector's findings.

import { findKpi } from '../../model/catalogue.ts';
import type { Evidence, Finding, Said } from '../../model/finding.ts';
import type { ReadingBatch } from '../../model/reading.ts';
import { beyond, type Condition, type FixedRule, ruleText } from './fixed-rule.ts';

/** A condition of one cell: the newest times at which the value was beyond the line, as many as it needs. */
interface Tally {
  times: number[];
}

interface Watched {
  /** Newest period that was judged. */
  lastAt: number;
  tallies: Tally[];
  /** Since when it fires; 0 when it does not. */
  since: number;
}

/** A value beyond its line; of several the one that the rule names first leads. */
interface Exceeding {
  condition: Condition;
  value: number;
  score: number;
}

export class RuleJudge {
  readonly version: string;
  private readonly cells = new Map<string, Watched>();

  constructor(private readonly rule: FixedRule) {
    this.version = `rule: ${ruleText(rule)}`;
  }

  /** Rows in order of time, of one end the shortest period first: a longer one, and what goes back, is not looked at. */
  observe(batch: ReadingBatch): Finding[] {
    const columns = this.rule.conditions.map(({ kpi }) => batch.kpis.find(({ name }) => name === kpi)?.values);
    const findings: Finding[] = [];
    for (let row = 0; row < batch.rows; row++) {
      const isSuspect = batch.suspect[row] === 1;
      const values = columns.map((column) => (isSuspect ? Number.NaN : (column?.[row] ?? Number.NaN)));
      const found = this.judge(batch.cells[batch.cell[row]!]!, batch.at[row]!, batch.periodSeconds[row]!, values);
      if (found) findings.push(found);
    }
    return findings;
  }

  private judge(cell: string, at: number, periodSeconds: number, values: readonly number[]): Finding | undefined {
    const watched = this.watched(cell);
    if (at <= watched.lastAt) return undefined;
    watched.lastAt = at;
    const exceeding = this.rule.conditions.flatMap((condition, i) => exceedingOf(condition, values[i]!));
    this.rule.conditions.forEach((condition, i) => {
      if (exceeding.some((one) => one.condition === condition)) noteTime(watched.tallies[i]!, at, condition.need);
    });
    const isMet = this.rule.conditions.every((condition, i) =>
      isEnough(watched.tallies[i]!, at, periodSeconds, condition),
    );
    if (!isMet && watched.since === 0) return undefined;
    const phase = !isMet ? 'ends' : watched.since === 0 ? 'begins' : 'lasts';
    const since = watched.since || at;
    watched.since = isMet ? since : 0;
    return this.finding({ cell, at, since, periodSeconds, phase }, exceeding[0]);
  }

  private watched(cell: string): Watched {
    const known = this.cells.get(cell);
    if (known) return known;
    const tallies = this.rule.conditions.map(() => ({ times: [] }));
    const watched: Watched = { lastAt: Number.NEGATIVE_INFINITY, tallies, since: 0 };
    this.cells.set(cell, watched);
    return watched;
  }

  private finding(
    { cell, ...when }: Pick<Finding, 'at' | 'since' | 'periodSeconds' | 'phase'> & { cell: string },
    lead: Exceeding | undefined,
  ): Finding {
    const condition = lead?.condition ?? this.rule.conditions[0]!;
    const why = whyMet(condition, lead?.value);
    return {
      ...{ kind: 'anomaly' as const, subject: { scope: 'cell' as const, id: cell }, cells: [cell], ...when },
      ...{ kpi: condition.kpi, evidence: evidenceOf(condition, lead), why, wouldClear: why, detector: this.version },
    };
  }
}

function exceedingOf(condition: Condition, value: number): Exceeding[] {
  const distance = beyond(condition, value);
  if (!(distance >= 0)) return [];
  // At the line 0.5, and nearer to 1 the more of the KPI's least changes it is beyond.
  const changes = distance / (findKpi(condition.kpi)?.leastChange || 1);
  return [{ condition, value, score: (1 + 2 * changes) / (2 + 2 * changes) }];
}

function noteTime({ times }: Tally, at: number, need: number): void {
  times.push(at);
  if (times.length > need) times.shift();
}

/** A period that was not measured is one of the last periods all the same. */
function isEnough({ times }: Tally, at: number, periodSeconds: number, { need, outOf }: Condition): boolean {
  return times.length === need && times[0]! > at - outOf * periodSeconds * 1000;
}

function evidenceOf({ sign, line }: Condition, lead: Exceeding | undefined): Evidence {
  const isCeiling = sign.startsWith('>');
  return {
    observed: lead?.value ?? null,
    expected: null,
    low: isCeiling ? null : line,
    high: isCeiling ? line : null,
    score: lead?.score ?? 0,
  };
}

function whyMet({ kpi, sign, line, need, outOf }: Condition, value: number | undefined): Said {
  const code = sign.startsWith('>') ? 'rule-above' : 'rule-below';
  return { code, values: { kpi, line, need, outOf, ...(value !== undefined && { observed: value }) } };
}
