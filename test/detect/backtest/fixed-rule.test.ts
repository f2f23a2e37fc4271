// Fixed rules are read as people write them, and told back the same; what is no rule is refused with a reason.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Condition,
  type FixedRule,
  MOST_CONDITIONS,
  MOST_PERIODS,
  readRule,
  ruleText,
  SIGNS,
} from '../../../server/detect/backtest/fixed-rule.ts';
import { SHIPPED_KPIS } from '../../../server/model/shipped-kpis.ts';

const conditions: fc.Arbitrary<Condition> = fc
  .record({
    kpi: fc.constantFrom(...SHIPPED_KPIS),
    sign: fc.constantFrom(...SIGNS),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    outOf: fc.integer({ min: 1, max: MOST_PERIODS }),
    needShare: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ kpi: { id: kpi, range }, sign, share, outOf, needShare }) => ({
    kpi,
    sign,
    line: Math.min(range[1], range[0] + share * (range[1] - range[0])),
    need: 1 + Math.floor(needShare * (outOf - 1)),
    outOf,
  }));
const rules: fc.Arbitrary<FixedRule> = fc
  .array(conditions, { minLength: 1, maxLength: MOST_CONDITIONS })
  .map((all) => ({ conditions: all }));

const ruleOf = (text: string) => {
  const reading = readRule(text);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.rule;
};
const problemOf = (text: string) => {
  const reading = readRule(text);
  return 'problem' in reading ? reading.problem : undefined;
};

describe('a fixed rule', () => {
  test('of any kind is read back from its own text', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(ruleOf(ruleText(rule))).toEqual(rule);
      }),
    );
  });

  test('is read with and without periods, in any case and spacing', () => {
    const two = { kpi: 'drop_rate_pct', sign: '>', line: 2, need: 2, outOf: 3 };
    expect(ruleOf('drop_rate_pct > 2 for 2 of 3').conditions).toEqual([two]);
    expect(ruleOf('  drop_rate_pct>2.0  FOR 2 of 3 periods ').conditions).toEqual([two]);
    expect(ruleOf('setup_success_pct ≤ 98 and active_users >= 20').conditions).toEqual([
      { kpi: 'setup_success_pct', sign: '<=', line: 98, need: 1, outOf: 1 },
      { kpi: 'active_users', sign: '>=', line: 20, need: 1, outOf: 1 },
    ]);
    expect(ruleOf('rsrp_dbm < -110 for 4 of 8').conditions[0]).toMatchObject({ line: -110, need: 4, outOf: 8 });
    expect(ruleOf('drop_rate_pct.qci1 > 1').conditions[0]!.kpi).toBe('drop_rate_pct.qci1');
  });

  test('that is none is refused with what is wrong with it', () => {
    expect(problemOf('')).toMatch(/"" is no condition: write it as "drop_rate_pct > 2 for 2 of 3"/);
    expect(problemOf('drop_rate_pct > 2 and')).toMatch(/is no condition/);
    expect(problemOf('drop_rate > 2')).toBe('"drop_rate" is no KPI: GET /api/kpis lists them');
    expect(problemOf('drop_rate_pct > 200')).toBe('"200" is outside of what drop_rate_pct can be, 0 to 100');
    expect(problemOf('drop_rate_pct > 2 for 4 of 3')).toBe('"for 4 of 3": give 1 to 3, of 3 periods');
    expect(problemOf('drop_rate_pct > 2 for 0 of 3')).toMatch(/give 1 to 3/);
    expect(problemOf('drop_rate_pct > 2 for 1 of 97')).toBe('"of 97": give 1 to 96 periods');
    expect(problemOf('drop_rate_pct > 1e999')).toMatch(/outside of what/);
    expect(problemOf(Array(9).fill('latency_ms > 1').join(' and '))).toBe('the rule has 9 conditions: at most 8');
    expect(problemOf('x'.repeat(1001))).toBe('the rule has 1001 characters: at most 1000');
  });

  test('is never the end of anything, whatever text stands for it', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.array(fc.constantFrom('latency_ms', '>', '5', 'for', 'of', 'and')),
        (text, words) => {
          for (const one of [text, words.join(' '), words.join('')]) {
            const reading = readRule(one);
            if ('problem' in reading) expect(reading.problem).not.toBe('');
            else expect(reading.rule.conditions.length).toBeGreaterThan(0);
          }
        },
      ),
    );
  });
});
