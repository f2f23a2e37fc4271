// The rule that a reader tries on a cell: kept in the address, begun with a line worth a try, and told as a command that any shell takes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '../../server/api/contract.ts';
import { readRule } from '../../server/detect/backtest/fixed-rule.ts';
import {
  commandOf,
  filtersOf,
  firstLine,
  lineSpan,
  MOST_PERIODS,
  ruleChoice,
  ruleText,
} from '../../web/pages/cell/rule-choice.ts';
import { address, parseRoute } from '../../web/routes.ts';

const KPIS = ['drop_rate_pct', 'setup_success_pct', 'latency_ms', 'rsrp_dbm'];
const choose = (query: string) => ruleChoice(new URLSearchParams(query), KPIS);

function series(kpi: string, values: (number | null)[], band: Series['band'] = []): Series {
  const points = values.map((value, i): [number, number | null] => [i * 900_000, value]);
  return { kpi, unit: '', step: 0, level: 'raw', points, spread: [], band, forecast: [], marks: [] };
}

describe('the rule of a cell’s page', () => {
  it('begins with the first value, its harmful side and two of three periods', () => {
    expect(choose('')).toEqual({ kpi: 'drop_rate_pct', sign: '>', line: null, need: 2, outOf: 3 });
    expect(choose('kpi=setup_success_pct')).toMatchObject({ kpi: 'setup_success_pct', sign: '<' });
  });

  it('takes nothing from the address that is no rule', () => {
    expect(choose('kpi=nothing&sign=!&line=x&need=9&of=99')).toEqual({
      ...{ kpi: 'drop_rate_pct', sign: '>', line: null },
      ...{ need: 3, outOf: 3 },
    });
  });

  it('comes back from the address as it went in, and is a rule to the server', () => {
    const choice = fc.record({
      kpi: fc.constantFrom(...KPIS),
      sign: fc.constantFrom('>' as const, '<' as const),
      line: fc.integer({ min: -100, max: -20 }).map((tenths) => -tenths / 10),
      outOf: fc.integer({ min: 1, max: MOST_PERIODS }),
    });
    fc.assert(
      fc.property(choice, fc.integer({ min: 1, max: MOST_PERIODS }), (one, need) => {
        const whole = { ...one, need: Math.min(need, one.outOf) };
        const { query } = parseRoute(address('cell', 'a', filtersOf(whole)));
        expect(ruleChoice(query, KPIS)).toEqual(whole);
        const line = one.kpi === 'rsrp_dbm' ? -100 : one.line;
        expect(readRule(ruleText(whole, line))).toMatchObject({ rule: { conditions: [{ kpi: one.kpi, line }] } });
      }),
    );
  });

  it('begins at the line that operators run by, else at the end of what is usual, on the slider in any case', () => {
    expect(firstLine(series('drop_rate_pct', [0.1, 0.3]), '>')).toBe(0.5);
    expect(firstLine(series('latency_ms', [20, 22], [[0, 15, 30]]), '>')).toBeCloseTo(30, 0);
    for (const values of [[], [null], [7], [20, 22, 400]]) {
      const one = series('latency_ms', values);
      const { least, most, step } = lineSpan(one);
      expect(step).toBeGreaterThan(0);
      expect(firstLine(one, '<')).toBeGreaterThanOrEqual(least);
      expect(firstLine(one, '>')).toBeLessThanOrEqual(most);
    }
  });

  it('is told as a command whose words no shell mistakes', () => {
    expect(commandOf('ferry-2-A', 'latency_ms > 30 for 2 of 3', 0, 86_400_000)).toBe(
      "npx cellstar backtest --from 1970-01-01T00:00:00Z --to 1970-01-02T00:00:00Z --cells ferry-2-A --rule 'latency_ms > 30 for 2 of 3'",
    );
    expect(commandOf("O'Hare 7", 'latency_ms > 30', 0, 1000)).toContain("--cells 'O'\\''Hare 7'");
  });
});
