// Alerts of cells that leave the network or get other names: they end without a word, or go on under the new name.

import { describe, expect, test } from 'vitest';
import type { Finding } from '../../server/model/finding.ts';
import { bench, finding, MemoryLedger, period } from './network.ts';

const names = (...pairs: [string, string][]) => ({ retired: [], names: new Map(pairs) });
const retired = (...cells: string[]) => ({ retired: cells, names: new Map<string, string>() });

/** Records of the journal by number: `bench` counts its own from 1. */
let seq = 100;
const next = () => ++seq;

describe('a cell that gets another name', () => {
  test('keeps its alert, under the id that it had, and the next finding is of the same one', async () => {
    const { take, alerts, about, health, published } = await bench();
    await take(finding('fault', 'S-A', 'begins', 0));
    const { id } = about('S-A');
    await alerts.take([], next(), names(['S-A', 'S-Z']));
    expect(about('S-Z')).toMatchObject({ id, state: 'open', cells: ['S-Z'], subject: 'S-Z' });
    expect([alerts.openByCell('S-A'), alerts.openByCell('S-Z').length]).toEqual([[], 1]);
    expect(published.at(-1)!.alert.cells).toEqual(['S-Z']);
    expect(health.slice(-2)).toEqual([
      ['S-A', undefined],
      ['S-Z', 'critical'],
    ]);
    await alerts.take([finding('fault', 'S-Z', 'ends', 4, 0)], next());
    expect(about('S-Z')).toMatchObject({ id, state: 'cleared' });
  });

  test('keeps its part of a weak area', async () => {
    const { take, alerts } = await bench();
    const area = finding('weak-coverage', 'area-1', 'begins', 0, 0, { cells: ['L-A', 'S-A'] });
    const said = { ...area, subject: { scope: 'area' as const, id: 'area-1' } };
    await take({ ...said, why: { ...said.why, values: { ...said.why.values, useParts: '0.1 0.9' } } });
    await alerts.take([], next(), names(['L-A', 'T-A']));
    const [alert] = alerts.list({ state: 'all', limit: 10 })!.alerts;
    expect([alert!.subject, alert!.cells, alert!.why.values.useParts]).toEqual(['area-1', ['S-A', 'T-A'], '0.9 0.1']);
  });

  test('exchanges its alerts with another, the past ones too', async () => {
    const { take, alerts, about } = await bench();
    await take(finding('fault', 'L-A', 'begins', 0));
    await take(finding('fault', 'S-A', 'begins', 1), finding('fault', 'L-A', 'ends', 1, 0));
    const [past, open] = [about('L-A').id, about('S-A').id];
    await alerts.take([], next(), names(['L-A', 'S-A'], ['S-A', 'L-A']));
    expect([about('S-A').id, about('L-A').id]).toEqual([past, open]);
    expect(alerts.openByCell('L-A').map(({ id }) => id)).toEqual([open]);
  });

  test('has its new name after a crash once, and not twice', async () => {
    const ledger = new MemoryLedger();
    const swap = names(['L-A', 'S-A'], ['S-A', 'L-A']);
    const records: [Finding[], number, ReturnType<typeof names>?][] = [
      [[finding('fault', 'L-A', 'begins', 0)], next()],
      // Counts that are not worth telling wait in memory: they must not keep the names from being durable.
      [[finding('fault', 'L-A', 'lasts', 1, 0)], next()],
      [[finding('fault', 'L-A', 'lasts', 2, 0)], next()],
      [[], next(), swap],
      [[finding('fault', 'S-A', 'lasts', 3, 0)], next()],
    ];
    for (const [findings, at, change] of records) await (await bench(ledger)).alerts.take(findings, at, change);
    const { alerts, about } = await bench(ledger);
    for (const [findings, at, change] of records) await alerts.take(findings, at, change);
    expect(alerts.openByCell('L-A')).toEqual([]);
    expect(about('S-A')).toMatchObject({ state: 'open', changedAt: period(3) });
  });
});

describe('a cell that leaves the network', () => {
  test('takes its alert along: nobody has to look at it, and nothing says that it is well', async () => {
    const { take, alerts, about } = await bench();
    await take(finding('silent', 'S-A', 'begins', 3, 1));
    await alerts.take([finding('silent', 'S-A', 'ends', 0, 1)], next(), retired('S-A'));
    const alert = about('S-A', 'silent');
    expect(alert).toMatchObject({ state: 'cleared', clearedAt: period(3) });
    expect(alert.history.map(({ what }) => what)).toEqual(['raised', 'left']);
    expect(alerts.list({ state: 'listed', limit: 10 })!.alerts).toEqual([]);
  });

  test('leaves the alert of its site to the others, and the last of them ends it', async () => {
    const { take, alerts } = await bench();
    await take(finding('fault', 'L-A', 'begins', 0), finding('fault', 'L-B', 'begins', 0));
    const wide = () => alerts.list({ state: 'all', limit: 10 })!.alerts.find(({ scope }) => scope === 'site')!;
    await alerts.take([finding('fault', 'L-A', 'ends', 0)], next(), retired('L-A'));
    expect(wide()).toMatchObject({ state: 'open', recovered: ['L-A'] });
    await alerts.take([finding('fault', 'L-B', 'ends', 0)], next(), retired('L-B'));
    expect([wide().state, wide().history.at(-1)!.what]).toEqual(['cleared', 'left']);
  });
});
