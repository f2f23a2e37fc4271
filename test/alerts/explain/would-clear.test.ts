// What would clear an alert is told once: the list, the story and the explanation name the same value.

import { describe, expect, it } from 'vitest';
import { clearingOf, wouldClearIn } from '../../../server/alerts/explain/would-clear.ts';
import type { Finding } from '../../../server/model/finding.ts';
import { sayIn } from '../../../server/words/say.ts';
import { bench, dropping, finding } from '../network.ts';

const say = (one: Finding, lang: 'en' | 'zh' = 'en') => sayIn(lang, clearingOf(one), { zone: 'UTC' });

/** Uplink noise, in dBm. */
function noise(code: string): Finding {
  const evidence = { observed: -97, expected: -112, low: -114, high: -109, score: 0.8 };
  const values = { kpi: 'ul_interference_dbm', low: -114, high: -109, periods: 3 };
  return finding('anomaly', 'H-B', 'begins', 0, 0, {
    ...{ kpi: 'ul_interference_dbm', evidence, why: { code, values }, wouldClear: { code: 'back-in-range', values } },
  });
}

describe('what would clear an alert', () => {
  it('is a value inside the usual range, where the detector lets go, with the failures that it takes', async () => {
    const one = await bench();
    await one.take(finding('anomaly', 'H-B', 'begins', 0, 0, dropping(2.1)));
    const alert = one.about('H-B');
    const { value, said } = wouldClearIn(alert)!;
    expect(value).toBeGreaterThan(0.35);
    expect(value).toBeLessThan(0.5);
    expect(said).toEqual(alert.wouldClear);
    expect(sayIn('en', said, { zone: 'UTC' })).toMatch(
      /^Clears when the drop rate is at most 0\.38 % for 3 periods in a row \(45 min\): 31 fewer of 1,824 sessions dropped would do\.$/,
    );
    expect(sayIn('zh', said, { zone: 'UTC' })).toMatch(/：1,824 次.*中少 31 次.*即可。$/);
  });

  it('is nearer to the usual for what has kept above it for hours', () => {
    // Up to whole decibels on the safe side, but never beyond the middle of what is usual.
    expect(clearingOf(noise('above-usual')).values.value).toBe(-111);
    expect(clearingOf(noise('shift-above')).values.value).toBe(-111.25);
    expect(say(noise('above-usual'))).toMatch(/is at most −111 dBm/);
  });

  it('is any change for what stands still, and as it was for what clears by no value', () => {
    expect(say(noise('stands-still'))).toBe('Clears when uplink noise varies again.');
    expect(say(noise('stands-still'), 'zh')).toMatch(/再有变化即清除。$/);
    const down = finding('fault', 'H-B', 'begins', 0);
    expect(clearingOf(down)).toBe(down.wouldClear);
  });
});
