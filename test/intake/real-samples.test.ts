// Real drive tests of CELLSTAR_SAMPLES, read by the house and counted a second time by plain means from the same bytes.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FormatContext } from '../../server/collect/format.ts';
import { detectFormat } from '../../server/collect/formats.ts';
import { hexagonOf } from '../../server/coverage/hexagon-of.ts';
import { SampleIntake } from '../../server/intake/samples.ts';
import { RADIOS } from '../../server/model/cell.ts';
import type { SampleBatch } from '../../server/model/sample.ts';

/** Folder of real files; without it these tests are left out, and the runner says so. */
const samples = process.env.CELLSTAR_SAMPLES;
const IRELAND = 'coverage/uccmisl-5G';
const DAKAR = 'coverage/gnettrack-senegal/raw_logs/Orange_log.txt';

async function read(file: string) {
  const text = readFileSync(join(samples!, file), 'utf8');
  const detected = detectFormat(text);
  if (detected?.kind !== 'samples') throw new Error(`${file} is not taken for samples`);
  const context: FormatContext = { zoneOffsetMinutes: 0, file };
  const intake = new SampleIntake({
    names: { find: () => undefined },
    radioOf: () => undefined,
    hexOf: hexagonOf,
    dayEndOf: (at) => at,
  });
  const batches: SampleBatch[] = [];
  const { receipt } = await intake.accept(
    detected.format.parse(text, context),
    { source: 's', digest: 'd' },
    { now: Date.UTC(2026, 0), zoneOffsetMinutes: 0 },
    async (batch) => {
      batches.push(batch);
    },
  );
  return { text, receipt, notes: [...(receipt.notes ?? []), ...(context.notes ?? [])], batches };
}

/** By technology: samples, those with a level, and the sum of the levels. */
function byRadio(batches: readonly SampleBatch[]) {
  const counts: Record<string, { samples: number; measured: number; sum: number }> = {};
  for (const { rows, radio, values } of batches) {
    for (let row = 0; row < rows; row++) {
      const name = RADIOS[radio[row]!] ?? 'none';
      const count = counts[name] ?? { samples: 0, measured: 0, sum: 0 };
      counts[name] = count;
      const level = values[0]![row]!;
      count.samples++;
      if (!Number.isNaN(level)) count.measured++;
      if (!Number.isNaN(level)) count.sum += level;
    }
  }
  return counts;
}

/** The rows of a log by the headings of its own first line. */
function rowsOf(text: string, delimiter: string): Record<string, string>[] {
  const [head, ...lines] = text.trim().split(/\r?\n/);
  const names = head!.split(delimiter);
  return lines.map((line) => Object.fromEntries(line.split(delimiter).map((value, i) => [names[i] ?? 'extra', value])));
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
const isBetween = (low: number, high: number) => (level: number) => level >= low && level <= high;

describe.skipIf(!samples)('the log of Dakar', () => {
  it('gives every row, the level of 4G where it was measured, and none of 3G', async () => {
    const { text, receipt, notes, batches } = await read(DAKAR);
    expect(receipt).toMatchObject({ accepted: 2625, rejected: 0 });
    const four = rowsOf(text, '\t').filter(({ NetworkTech }) => NetworkTech === '4G');
    const levels = four.map(({ Level }) => Number(Level)).filter(isBetween(-140, -44));
    expect(byRadio(batches)).toEqual({
      LTE: { samples: 1224, measured: levels.length, sum: sum(levels) },
      UMTS: { samples: 1401, measured: 0, sum: 0 },
    });
    expect(levels).toHaveLength(1068);
    expect(notes.join('\n')).toContain(
      '1,557 of 2,625 samples have no level (−24 1,433×, −164 121×, −200 2×, −340 1×)',
    );
    expect(notes.join('\n')).toContain('SNR is 0.0');
    // Nobody measured a SINR here.
    expect(batches.flatMap(({ values }) => [...values[2]!]).every(Number.isNaN)).toBe(true);
    expect(batches[0]!.operators).toEqual(['Orange']);
    expect(batches[0]!.cells).toContain('608-1-7000-5387');
  });

  it('is told apart from its list of events', async () => {
    const { receipt, batches } = await read(DAKAR.replace('.txt', '_events.txt'));
    expect(receipt).toMatchObject({ accepted: 0, rejected: 1, rejections: [{ reason: 'wrong-shape' }] });
    expect(batches).toEqual([]);
  });
});

const traces = samples
  ? readdirSync(join(samples, IRELAND), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.csv'))
  : ['(CELLSTAR_SAMPLES is not set)'];

describe.skipIf(!samples)('a 5G trace of Ireland', () => {
  it.each(traces)('keeps technologies apart: %s', async (name) => {
    const { text, receipt, batches } = await read(join(IRELAND, name));
    const rows = rowsOf(text, ',');
    const levels = (modes: string[], column: string, fits: (level: number) => boolean) =>
      rows
        .filter(({ NetworkMode }) => modes.includes(NetworkMode!))
        .map((row) => Number.parseFloat(row[column]!))
        .filter(fits);
    const expected = {
      LTE: levels(['LTE', '5G'], 'RSRP', isBetween(-140, -44)),
      NR: levels(['5G'], 'NRxRSRP', isBetween(-156, -31)),
      UMTS: levels(['UMTS', 'HSPA+', 'HSUPA'], 'RSRP', isBetween(-120, -25)),
    };
    expect(receipt).toMatchObject({ accepted: rows.length, rejected: 0 });
    const counts = byRadio(batches);
    for (const [radio, wanted] of Object.entries(expected)) {
      expect([radio, counts[radio]?.measured ?? 0]).toEqual([radio, wanted.length]);
      expect(counts[radio]?.sum ?? 0).toBeCloseTo(sum(wanted), 3);
    }
    expect(counts.NR?.samples).toBe(rows.filter(({ NetworkMode }) => NetworkMode === '5G').length);
  });
});
