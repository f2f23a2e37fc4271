// Counters as people call them: each one that a shipped ratio rests on has a name, and formulas read as sentences.

import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../server/maths/expression.ts';
import { findKpi, KPI_CATALOGUE } from '../../server/model/catalogue.ts';
import { byName, counterName, spelledOut } from '../../web/text/counters.ts';

describe('counters', () => {
  it('are called in the reader’s language, and by their own name where people have no other', () => {
    expect(counterName('ERAB.RelActNbr', 'en')).toBe('Abnormal releases');
    expect(counterName('ERAB.RelActNbr', 'zh')).toBe('异常释放');
    expect(counterName('North.Lost', 'zh')).toBe('North.Lost');
  });

  it('of the ratios that people feel all have a name', () => {
    const felt = ['setup_success_pct', 'drop_rate_pct', 'handover_success_pct', 'dl_throughput_mbps', 'traffic_gb'];
    const names = KPI_CATALOGUE.filter(({ id }) => felt.includes(id))
      .flatMap(({ formulas }) => formulas.flatMap(({ expression }) => compileExpression(expression).variables))
      .filter((name) => !findKpi(name));
    expect(names.filter((name) => counterName(name, 'en') === name)).toEqual([]);
  });

  it('stand in the order of their numbers', () => {
    expect(['X[10]', 'X[2]', 'X[0]', 'A11', 'A2'].sort(byName)).toEqual(['A2', 'A11', 'X[0]', 'X[2]', 'X[10]']);
  });

  it('stand in a formula by those names, with a true minus', () => {
    const spell = (text: string) => spelledOut(text, (name) => counterName(name, 'en'));
    expect(spell('period - RRU.CellUnavailableTime')).toBe('seconds of the period − seconds off air');
    expect(spell('L.E-RAB.AbnormRel + L.E-RAB.NormRel')).toBe('Abnormal releases + Normal releases');
    expect(spell('2 * a-b')).toBe('2 * a-b');
  });
});
