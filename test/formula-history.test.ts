// A chart that crosses a change of formulas says so: values of two variants are no one line.

import { expect, it } from 'vitest';
import type { Series } from '../server/api/contract.ts';
import { openFormulaHistory, withFormulaChange } from '../server/formula-history.ts';
import { type Catalogue, SHIPPED_CATALOGUE } from '../server/model/catalogue.ts';

function memory() {
  const numbers = new Map<string, number>();
  return {
    number: async (name: string) => numbers.get(name),
    setNumber: async (name: string, value: number) => void numbers.set(name, value),
  };
}

const changed: Catalogue = {
  ...SHIPPED_CATALOGUE,
  kpis: SHIPPED_CATALOGUE.kpis.map((kpi) =>
    kpi.id === 'latency_ms'
      ? { ...kpi, formulas: [{ variant: 'own', source: 'deployment', expression: 'My.Delay' }] }
      : kpi,
  ),
};

const series = (kpi: string, ...at: number[]): Series => ({
  ...{ kpi, unit: 'ms', step: 0, level: 'raw', spread: [], band: [], forecast: [], marks: [] },
  points: at.map((one) => [one, 1]),
});

it('The first start and one with the same file remember nothing', async () => {
  const ledger = memory();
  expect((await openFormulaHistory(ledger, SHIPPED_CATALOGUE, 0)).size).toBe(0);
  expect((await openFormulaHistory(ledger, SHIPPED_CATALOGUE, 500)).size).toBe(0);
});

it('Another formula is marked at the data time of the change, in charts that lie on both sides of it', async () => {
  const ledger = memory();
  await openFormulaHistory(ledger, SHIPPED_CATALOGUE, 100);
  const history = await openFormulaHistory(ledger, changed, 500);
  expect([...history]).toEqual([['latency_ms', 500]]);
  expect(withFormulaChange(series('latency_ms', 400, 600), history).marks).toEqual([
    { at: 500, kind: 'changed', field: 'formula' },
  ]);
  for (const one of [series('latency_ms', 600, 700), series('latency_ms', 300, 500), series('rtt_ms', 400, 600)]) {
    expect(withFormulaChange(one, history).marks).toEqual([]);
  }
  expect(withFormulaChange(series('latency_ms'), history).marks).toEqual([]);
});

it('It is still known after more starts, and moves with the next change', async () => {
  const ledger = memory();
  await openFormulaHistory(ledger, SHIPPED_CATALOGUE, 100);
  await openFormulaHistory(ledger, changed, 500);
  expect([...(await openFormulaHistory(ledger, changed, 900))]).toEqual([['latency_ms', 500]]);
  expect([...(await openFormulaHistory(ledger, SHIPPED_CATALOGUE, 950))]).toEqual([['latency_ms', 950]]);
});
