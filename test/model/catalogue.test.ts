// The KPI catalogue: complete, consistent, in two languages, every formula computable.

import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../server/maths/expression.ts';
import { findKpi, KPI_CATALOGUE } from '../../server/model/catalogue.ts';

/** What every deployment may rely on. */
const CANONICAL = `availability_pct setup_success_pct drop_rate_pct handover_success_pct dl_throughput_mbps
  ul_throughput_mbps latency_ms rtt_ms packet_loss_pct prb_util_pct active_users traffic_gb rsrp_dbm sinr_db
  ul_interference_dbm voice_setup_success_pct voice_setup_time_s voice_drop_pct voice_loss_pct epsfb_success_pct
  endc_setup_success_pct scg_drop_pct temperature_c vswr_ratio supply_voltage_v mains_on optical_rx_dbm sync_ok
  fault_unavail_s planned_unavail_s saving_s setup_attempts setup_successes session_releases abnormal_releases
  handover_attempts handover_successes retainability_per_s cqi_mean session_time_s voice_setup_attempts voice_releases
  epsfb_attempts endc_setup_attempts scg_releases`.split(/\s+/);

describe('the catalogue', () => {
  it.each(CANONICAL)('knows %s by an English and a Chinese name', (id) => {
    const { name } = findKpi(id) ?? { name: { en: '', zh: '' } };
    expect(name.en).toMatch(/^[A-Z0-9][\w -]+$/);
    expect(name.zh).toMatch(/\p{Script=Han}/u);
  });

  it('names each KPI once, in both languages', () => {
    for (const of of [
      (k: (typeof KPI_CATALOGUE)[0]) => k.id,
      (k: (typeof KPI_CATALOGUE)[0]) => k.name.en,
      (k: (typeof KPI_CATALOGUE)[0]) => k.name.zh,
    ]) {
      expect(new Set(KPI_CATALOGUE.map(of)).size).toBe(KPI_CATALOGUE.length);
    }
  });

  const formulas = KPI_CATALOGUE.flatMap((kpi) => kpi.formulas.map((formula) => ({ kpi, ...formula })));

  it.each(formulas)('computes $kpi.id by $variant: $expression', ({ kpi, expression, source }) => {
    const { variables, evaluate } = compileExpression(expression);
    expect(variables.filter((name) => name !== 'period').length).toBeGreaterThan(0);
    expect(variables).not.toContain(kpi.id);
    expect(evaluate(variables.map(() => Number.NaN))).toBeNaN();
    expect(evaluate(variables.map(() => 1))).toBeTypeOf('number');
    expect(source).toMatch(/^(3GPP TS \d{2}\.\d{3}|convention$|vendor counter)/);
    // Names of KPIs in a formula must be KPIs: a mistyped one would never be found.
    for (const name of variables.filter((one) => /^[a-z]+_[a-z_]+$/.test(one))) expect(findKpi(name)).toBeDefined();
  });

  it.each(formulas.filter(({ kpi }) => kpi.unit === '%' && kpi.aggregation === 'ratio-of-sums'))(
    'gives no $kpi.id by $variant without attempts, rather than 0 or 100',
    ({ expression }) => {
      const { variables, evaluate } = compileExpression(expression);
      expect(evaluate(variables.map(() => 0))).toBeNaN();
    },
  );

  it.each([...KPI_CATALOGUE])('says of $id what is believed, what is a change and what it rests on', (kpi) => {
    const [low, high] = kpi.range;
    expect(low).toBeLessThan(high);
    expect(kpi.leastChange).toBeGreaterThan(0);
    if (kpi.line !== undefined) expect(kpi.line >= low && kpi.line <= high).toBe(true);
    if (kpi.attempts !== undefined) expect(findKpi(kpi.attempts)?.aggregation).toMatch(/^(sum|mean)$/);
    if (kpi.unit === '%') expect(kpi.range).toEqual([0, 100]);
    if (kpi.aggregation === 'ratio-of-sums') expect(kpi.attempts).toBeDefined();
  });

  it('takes a class of service as the same KPI of that class, and nothing else that has a dot', () => {
    expect(findKpi('drop_rate_pct.qci1')).toMatchObject({ id: 'drop_rate_pct.qci1', unit: '%', worse: 'higher' });
    expect(findKpi('drop_rate_pct.5qi1')?.name).toEqual(findKpi('drop_rate_pct')?.name);
    // A formula is of the whole cell: it must not be computed as that of one class.
    expect(findKpi('drop_rate_pct.qci1')?.formulas).toEqual([]);
    for (const id of ['drop_rate_pct.', 'drop_rate_pct.qci', 'drop_rate_pct.red', '.qci1', 'joy_pct.qci1', '']) {
      expect(findKpi(id)).toBeUndefined();
    }
  });
});
