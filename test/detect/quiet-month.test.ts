// What the detector says of a network in which nothing happens: next to nothing.

import { describe, expect, it } from 'vitest';
import type { Row } from './synthetic-network.ts';
import { begun, Watched } from './watched.ts';

const COUNTS = ['setup_attempts', 'session_releases', 'handover_attempts'];

function mostPerCell(findings: ReturnType<typeof begun>): number {
  const perCell = new Map<string, number>();
  for (const { subject } of findings) perCell.set(subject.id, (perCell.get(subject.id) ?? 0) + 1);
  return Math.max(0, ...perCell.values());
}

/** Half a million values take their time to invent on a busy machine. */
const PATIENT = { timeout: 300_000 };

describe('a quiet month', PATIENT, () => {
  it.each([900, 300])(
    'of 50 cells by periods of %i s raises at most one finding a cell, and under one a thousand days',
    (seconds) => {
      const network = new Watched(50, seconds);
      const findings = begun(network.liveDays(30));
      expect(mostPerCell(findings)).toBeLessThanOrEqual(1);
      expect(findings.length / (50 * 30)).toBeLessThan(1 / 1000);
    },
  );

  it('whose senders tell no attempts, so that one failure in ten at night reads 10 %, raises at most one finding a cell', () => {
    const network = new Watched(50);
    const withoutCounts = (_cell: string, _at: number, row: Row): Row =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !COUNTS.includes(name)));
    const findings = begun(network.liveDays(30, withoutCounts));
    expect(mostPerCell(findings)).toBeLessThanOrEqual(1);
    expect(findings.length / (50 * 30)).toBeLessThan(5 / 1000);
  });

  it('of constant values raises nothing, though their scatter is nought', () => {
    const network = new Watched(3);
    const constant = (): Row => ({
      latency_ms: 20,
      rsrp_dbm: -95,
      active_users: 30,
      drop_rate_pct: 0.2,
      session_releases: 500,
      mains_on: 1,
    });
    expect(network.liveDays(15, constant)).toEqual([]);
  });
});
