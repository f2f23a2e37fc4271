// What planners read about weak areas, in both languages, with all figures and with the few that are known.

import { describe, expect, test } from 'vitest';
import { type Lang, sayIn, WORDS } from '../../server/words/say.ts';
import { TITLE_MAXIMUM, titleLength } from '../../server/words/title.ts';

const at = Date.UTC(2026, 2, 17, 13, 45);
const FULL = {
  ...{ siteName: 'Ferry Hill 9', siteNameZh: '渡口山 9 站', awayM: 904, bearing: 'east' },
  ...{ cell: 'Ferry Hill 9-B', cellZh: '渡口山 9-B', distanceM: 1930, spacingM: 500, scenario: 'urban' },
  ...{ levelDbm: -113.2, weakDbm: -110, sinrDb: 4.2, poorSinrDb: -3, meanM: 420, samples: 9310, cells: 5, withinDb: 6 },
  ...{ prbPct: 92, users: 60, dlMbps: 2.14, operator: 'Rival', points: 12, rule: 'cluster', areaKm2: 1.234 },
  ...{ sharePct: 33.4, shareLowPct: 31, shareHighPct: 36, radiusM: 612, lengthM: 1220, lat: 31.2304, lon: 121.4737 },
  ...{ nearM: 500, farM: 1260, leastSamples: 20 },
  ...{ sinceMs: at - 3_600_000, untilMs: at, at, radio: 'LTE', cause: 'distance' },
};
const say = (lang: Lang, code: string, values: Record<string, string | number> = FULL) =>
  sayIn(lang, { code, values }, { zone: 'UTC' });
const CODES = Object.keys(WORDS.en.sentences).filter((code) =>
  /^(place|cause|remedy|timing)-|^(weak-area|area-good-again|title-weak-coverage)$/.test(code),
);

describe('the sentences of weak coverage', () => {
  test.each(CODES)('%s is whole in both languages', (code) => {
    for (const lang of ['en', 'zh'] as const) {
      for (const values of [FULL, { at }]) {
        const text = say(lang, code, values);
        expect(text).not.toMatch(/undefined|NaN|null|\s\s|^\s|\s$|\[object|，，|。。|\.\./);
        if (!/^(place|title)-/.test(code)) expect(text).toMatch(lang === 'en' ? /\.$/ : /。$/);
        if (lang === 'zh') expect(text).not.toMatch(/[㐀-鿿][,;:]|[㐀-鿿][A-Za-z0-9−]|[A-Za-z0-9%°][㐀-鿿]/);
      }
    }
  });

  test('name the place, then what is wrong, within the row of the list', () => {
    expect(say('en', 'title-weak-coverage')).toBe('Ferry Hill 9, 900 m east: 33 % of samples are weak');
    expect(say('zh', 'title-weak-coverage')).toBe('渡口山 9 站以东 900 米：33 % 采样偏弱');
    const near = { ...FULL, awayM: 0, siteName: 'Ferry Hill 9' };
    expect(say('en', 'title-weak-coverage', { ...near, bearing: '' })).toBe(
      'Ferry Hill 9: one sample in three is weak',
    );
    expect(say('en', 'title-weak-coverage', { ...FULL, rule: 'competitor' })).toBe(
      'Ferry Hill 9, 900 m east: Rival is 12 points better',
    );
    for (const lang of ['en', 'zh'] as const) {
      for (const rule of ['cluster', 'competitor', 'overlap', 'overshoot']) {
        const title = say(lang, 'title-weak-coverage', {
          ...FULL,
          rule,
          siteName: 'Lighthouse Point Industrial Park 12',
        });
        expect(titleLength(lang, title)).toBeLessThanOrEqual(TITLE_MAXIMUM[lang]);
      }
    }
  });

  test('give the evidence, compare it with the usual, and say what was ruled out', () => {
    expect(say('en', 'cause-distance')).toBe(
      'Ferry Hill 9-B is 1.9 km away, where sites in a city usually stand 500 m apart; the median level is −113 dBm. Noise is normal (SINR 4.2 dB), so it is the level, not interference.',
    );
    expect(say('zh', 'cause-distance')).toBe(
      '渡口山 9-B 距此 1.9 公里，而城区站距通常约 500 米；电平中位数 −113 dBm。信噪比正常（4.2 dB），是电平问题，不是干扰。',
    );
    expect(say('en', 'weak-area', { ...FULL, operator: '' })).toBe(
      '33 % of 9,310 samples (likely 31–36 %) are at or below −110 dBm, over 1.2 km²; the median level is −113 dBm.',
    );
    expect(say('en', 'remedy-new-site')).toMatch(
      /^A new site near 31\.2304, 121\.4737 would serve all of the area from at most 610 m\./,
    );
  });
});
