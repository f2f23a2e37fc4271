// The strength of a link says what ranks show, with its interval, and "not shown" where nothing is.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aucError, aucOf, linkOf } from '../../server/experience/link-evidence.ts';
import { sayIn } from '../../server/words/say.ts';

/** Folder of real files; without it that test is left out, and the runner says so. */
const samples = process.env.CELLSTAR_SAMPLES;

const floats = (...values: number[]) => Float64Array.from(values);

describe('the area under the curve', () => {
  it('is one where all cases stand higher, nil where all stand lower, a half where all are alike', () => {
    expect(aucOf(floats(3, 4), floats(1, 2))).toBe(1);
    expect(aucOf(floats(1, 2), floats(3, 4))).toBe(0);
    expect(aucOf(floats(1, 1, 1), floats(1, 1))).toBe(0.5);
    expect(aucOf(floats(1, 3), floats(2))).toBe(0.5);
  });

  it('is the share of pairs in the right order, ties by half', () => {
    const values = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (cases, others) => {
        const pairs = cases.flatMap((a) => others.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const share = pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length;
        expect(aucOf(floats(...cases), floats(...others))).toBeCloseTo(share, 10);
      }),
    );
  });

  it('has at chance the error of the Mann–Whitney statistic: √((m + n + 1) / 12mn)', () => {
    expect(aucError(0.5, 51, 58)).toBeCloseTo(Math.sqrt((51 + 58 + 1) / (12 * 51 * 58)), 10);
    expect(aucError(1, 51, 58)).toBe(0);
  });
});

/** Ranks spread evenly, those of cases moved up by so much. */
function spread(people: number, cases: number, up: number) {
  const hasOutcome = Uint8Array.from({ length: people }, (_, i) => (i < cases ? 1 : 0));
  const risks = Float64Array.from({ length: people }, (_, i) =>
    i < cases ? i / cases + up : (i - cases) / (people - cases),
  );
  return { risks, hasOutcome };
}

describe('the strength of a link', () => {
  const strengthAt = (people: number, cases: number, up: number) => {
    const { risks, hasOutcome } = spread(people, cases, up);
    return linkOf('left', 'network', risks, hasOutcome)!.strength;
  };

  it('goes from not shown to strong with the area', () => {
    expect([0, 0.05, 0.15, 0.3].map((up) => strengthAt(10_000, 2000, up))).toEqual([
      'not-shown',
      'weak',
      'moderate',
      'strong',
    ]);
  });

  it('is not shown on fewer than fifty cases, nor where the interval holds chance, nor when it points the other way', () => {
    expect(strengthAt(10_000, 49, 0.5)).toBe('not-shown');
    expect(strengthAt(300, 60, 0.05)).toBe('not-shown');
    expect(strengthAt(10_000, 2000, -0.3)).toBe('not-shown');
  });

  it('is not known without anybody on either side', () => {
    expect(linkOf('left', 'network', floats(1, 2), Uint8Array.of(0, 0))).toBeUndefined();
    expect(linkOf('left', 'network', floats(1, 2), Uint8Array.of(1, 1))).toBeUndefined();
  });

  it('is said with its figures in both languages, and without promising anything', () => {
    const { risks, hasOutcome } = spread(10_000, 2000, 0.05);
    const { text } = linkOf('left', 'network', risks, hasOutcome)!;
    expect(sayIn('en', text, { zone: 'UTC' })).toBe(
      "A person's network score tells little about who leaves (area under the curve 0.55, likely 0.53–0.56; 0.5 is chance). 2,000 of 10,000 people left.",
    );
    expect(sayIn('zh', text, { zone: 'UTC' })).toBe(
      '个人的网络得分只能略微说明谁会离网（曲线下面积 0.55，多半在 0.53–0.56 之间；0.5 等于碰运气）。10,000 人中 2,000 人离网。',
    );
  });

  it.skipIf(!samples)('is at most weak on real people: dropped calls as a rate against who left', () => {
    const [head, ...rows] = readFileSync(join(samples!, 'customers', 'cell2cell_first5000.csv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map((field) => field.replaceAll('"', '')));
    const at = (name: string) => head!.indexOf(name);
    const used = rows
      .map((row) => ({
        left: row[at('Churn')] === 'Yes',
        minutes: Number(row[at('MonthlyMinutes')]),
        dropped: Number(row[at('DroppedCalls')]),
      }))
      .filter(({ minutes, dropped }) => minutes >= 100 && Number.isFinite(dropped));
    const hasOutcome = Uint8Array.from(used, ({ left }) => (left ? 1 : 0));
    const rate = linkOf(
      'left',
      'network',
      Float64Array.from(used, ({ dropped, minutes }) => dropped / minutes),
      hasOutcome,
    )!;
    const bare = linkOf(
      'left',
      'network',
      Float64Array.from(used, ({ dropped }) => dropped),
      hasOutcome,
    )!;
    expect(rate.auc).toBeGreaterThan(0.49);
    expect(rate.auc).toBeLessThan(0.56);
    expect(['not-shown', 'weak']).toContain(rate.strength);
    expect(bare.auc).toBeLessThan(0.5);
    expect(bare.strength).toBe('not-shown');
  });
});
