// A fixed rule as people write it, `drop_rate_pct > 2 for 2 of 3 and active_users > 20`, read into conditions or refused with a reason.

import { findKpi } from '../../model/catalogue.ts';

export const SIGNS = ['>', '>=', '<', '<='] as const;
export type Sign = (typeof SIGNS)[number];

/** Met in a period once the value was beyond the line in `need` of the last `outOf` periods, this one among them. */
export interface Condition {
  kpi: string;
  sign: Sign;
  /** In the unit of the KPI. */
  line: number;
  need: number;
  outOf: number;
}

/** It fires while all its conditions are met; at least one. */
export interface FixedRule {
  conditions: Condition[];
}

export type RuleReading = { rule: FixedRule } | { problem: string };

/** Named maximums: a rule is for people to read. */
export const LONGEST_RULE = 1000;
export const MOST_CONDITIONS = 8;
/** A day of quarters. */
export const MOST_PERIODS = 96;

const FORM = 'write it as "drop_rate_pct > 2 for 2 of 3", several joined with "and"';
const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?';
const CONDITION = new RegExp(
  `^(\\S+?)\\s*(>=|<=|≥|≤|>|<)\\s*(${NUMBER})(?:\\s+for\\s+(\\d+)\\s+of\\s+(\\d+)(?:\\s+periods?)?)?$`,
  'i',
);
const PLAIN_SIGNS: Readonly<Record<string, Sign>> = { '≥': '>=', '≤': '<=' };

/** Never throws; `problem` says which part is wrong and how it is written. */
export function readRule(text: string): RuleReading {
  if (text.length > LONGEST_RULE) return { problem: `the rule has ${text.length} characters: at most ${LONGEST_RULE}` };
  const parts = text.trim().split(/\s+and\s+/i);
  if (parts.length > MOST_CONDITIONS)
    return { problem: `the rule has ${parts.length} conditions: at most ${MOST_CONDITIONS}` };
  const conditions: Condition[] = [];
  for (const part of parts) {
    const condition = readCondition(part);
    if (typeof condition === 'string') return { problem: condition };
    conditions.push(condition);
  }
  return { rule: { conditions } };
}

/** As `readRule` takes it; one rule has one text. */
export function ruleText({ conditions }: FixedRule): string {
  return conditions
    .map(({ kpi, sign, line, need, outOf }) => `${kpi} ${sign} ${line}${outOf > 1 ? ` for ${need} of ${outOf}` : ''}`)
    .join(' and ');
}

/** The condition, or what is wrong with it. */
function readCondition(text: string): Condition | string {
  const [, name = '', sign = '', number, needed = '1', all = '1'] = CONDITION.exec(text.trim()) ?? [];
  if (number === undefined) return `"${text}" is no condition: ${FORM}`;
  const kpi = findKpi(name);
  if (!kpi) return `"${name}" is no KPI: GET /api/kpis lists them`;
  const [line, need, outOf] = [Number(number), Number(needed), Number(all)];
  const [least, most] = kpi.range;
  if (!(line >= least && line <= most)) return `"${number}" is outside of what ${name} can be, ${least} to ${most}`;
  if (outOf < 1 || outOf > MOST_PERIODS) return `"of ${all}": give 1 to ${MOST_PERIODS} periods`;
  if (need < 1 || need > outOf) return `"for ${needed} of ${all}": give 1 to ${all}, of ${all} periods`;
  return { kpi: name, sign: PLAIN_SIGNS[sign] ?? (sign as Sign), line, need, outOf };
}

/** How far beyond the line, in the unit of the KPI; below 0, or NaN, when it is not beyond. */
export function beyond({ sign, line }: Pick<Condition, 'sign' | 'line'>, value: number): number {
  const distance = sign.startsWith('>') ? value - line : line - value;
  return distance > 0 || (distance === 0 && sign.endsWith('=')) ? distance : -1;
}
