// What people read: every sentence in both languages, complete, short enough, and in the words of the house.

import { describe, expect, test } from 'vitest';
import { ALERT_KINDS, ALERT_STATES } from '../../server/model/alert.ts';
import { KPI_CATALOGUE } from '../../server/model/catalogue.ts';
import { HEALTHS, SEVERITIES } from '../../server/model/health.ts';
import { kpisEn } from '../../server/words/kpis-en.ts';
import { kpisZh } from '../../server/words/kpis-zh.ts';
import { kpiName, type Lang, languageFor, sayIn, WORDS } from '../../server/words/say.ts';
import { TITLE_MAXIMUM, titleLength } from '../../server/words/title.ts';

const zone = 'Asia/Shanghai';
const at = Date.UTC(2026, 2, 17, 13, 45);
const LANGUAGES: Lang[] = ['en', 'zh'];
const PLACE = { place: 'Lighthouse Point 4-B', placeZh: '灯塔角 4-B' };
const SITE = { siteName: 'Lighthouse Point 4', siteNameZh: '灯塔角 4 站', cells: 3, siteCells: 6 };

/** Everything that a detector may tell; each code reads what it needs. */
const FULL = {
  ...PLACE,
  ...SITE,
  kpi: 'drop_rate_pct',
  observed: 2.083,
  expected: 0.4,
  low: 0.2,
  high: 0.5,
  attempts: 1824,
  periods: 3,
  periodSeconds: 900,
  downSeconds: 540,
  usualUsers: 40.4,
  sinceMs: at - 7_200_000,
  lastAt: at - 2_700_000,
  missedSeconds: 2700,
  source: 'Kestrel Ridge',
  usualSeconds: 300,
  also: 'latency_ms,packet_loss_pct',
  at,
};

const say = (lang: Lang, code: string, values: Record<string, string | number> = {}) =>
  sayIn(lang, { code, values: { at, ...values } }, { zone });
const both = (code: string, values: Record<string, string | number>) =>
  LANGUAGES.map((lang) => say(lang, code, values));
const CODES = Object.keys(WORDS.en.sentences);

const BROKEN = /undefined|NaN|null|Infinity|\{|\}|\s\s|^\s|\s$|\[object/;
const FORBIDDEN = /!|！|您|系统检测到|anomaly detected|your call/i;

function expectWhole(text: string): void {
  expect(text).not.toMatch(BROKEN);
  expect(text).not.toMatch(FORBIDDEN);
  expect(text.length).toBeGreaterThan(1);
}

describe('every sentence in both languages', () => {
  test.each(CODES)('%s is whole with all its values, and with none', (code) => {
    for (const lang of LANGUAGES) {
      expectWhole(say(lang, code, FULL));
      expectWhole(say(lang, code, { place: 'A', source: 'B', siteName: 'C 1', kpi: 'drop_rate_pct' }));
    }
  });

  test('every why and wouldClear ends with a full stop; a Chinese one has no half-width comma between words', () => {
    // What a visit is worth is a sum, not a sentence.
    for (const code of CODES.filter((each) => !/^(title-|place-|visit-worth$)/.test(each))) {
      expect(say('en', code, FULL)).toMatch(/\.$/);
      expect(say('zh', code, FULL)).toMatch(/。$/);
      expect(say('zh', code, FULL)).not.toMatch(/[㐀-鿿][,;:]/);
    }
  });

  test('a Chinese sentence has a space wherever a 汉字 touches a digit, a letter or a sign', () => {
    for (const code of CODES) expect(say('zh', code, FULL)).not.toMatch(/[㐀-鿿][A-Za-z0-9−]|[A-Za-z0-9%°][㐀-鿿]/);
  });

  test('a code from a newer version is shown as it stands instead of an empty line', () => {
    expect(sayIn('en', { code: 'moonlight', values: { lux: 3 } }, { zone })).toBe('moonlight: lux 3');
    expect(sayIn('zh', { code: 'constructor', values: {} }, { zone })).toBe('constructor');
  });

  test('names exist for all severities, healths, states, kinds and reasons, and differ between the languages', () => {
    for (const lang of LANGUAGES) {
      const words = WORDS[lang];
      const names = [
        ...SEVERITIES.map((each) => words.severities[each]),
        ...HEALTHS.map((each) => words.healths[each]),
        ...ALERT_STATES.map((each) => words.states[each]),
        ...ALERT_KINDS.map((each) => words.kinds[each]),
        ...Object.values(words.rejections),
        ...Object.values(words.events),
      ];
      for (const name of names) expectWhole(name);
    }
    for (const reason of Object.keys(WORDS.en.rejections) as (keyof typeof WORDS.en.rejections)[]) {
      expect(WORDS.zh.rejections[reason]).not.toBe(WORDS.en.rejections[reason]);
    }
  });
});

/** Far above the usual, far below it, and nothing known. */
const FIGURES: Record<string, number>[] = [{ observed: 2.1, expected: 0.42 }, { observed: 22, expected: 100 }, {}];

describe('each KPI of the catalogue', () => {
  test('has phrases of its own in both languages, and nothing else has', () => {
    const ids = KPI_CATALOGUE.map((kpi) => kpi.id).sort();
    expect(Object.keys(kpisEn).sort()).toEqual(ids);
    expect(Object.keys(kpisZh).sort()).toEqual(ids);
  });

  test('ends each list of phrasings with one that needs no figure', () => {
    for (const phrases of [...Object.values(kpisEn), ...Object.values(kpisZh)]) {
      expect(phrases.above.at(-1)).not.toMatch(/\{(?!observed)/);
      expect(phrases.below.at(-1)).not.toMatch(/\{(?!observed)/);
    }
  });

  test.each(KPI_CATALOGUE.map((kpi) => kpi.id))('%s has a title within the limits, above and below', (kpi) => {
    for (const lang of LANGUAGES) {
      for (const code of ['title-above', 'title-below']) {
        for (const figures of FIGURES) {
          const title = say(lang, code, { ...PLACE, kpi, ...figures });
          expectWhole(title);
          expect(title).toContain(lang === 'en' ? ': ' : '：');
          expect(titleLength(lang, title)).toBeLessThanOrEqual(TITLE_MAXIMUM[lang]);
        }
      }
    }
  });

  test('speaks of a class of service by its name', () => {
    expect(kpiName('en', 'drop_rate_pct.qci1')).toBe('Drop rate (QCI 1)');
    expect(kpiName('zh', 'drop_rate_pct.5qi1')).toBe('掉话率 (5QI 1)');
    expect(kpiName('en', 'my_own_kpi')).toBe('my_own_kpi');
  });
});

describe('titles', () => {
  test('name the place first, then what is wrong with a figure', () => {
    expect(both('title-above', { ...PLACE, kpi: 'drop_rate_pct', observed: 2.1, expected: 0.42 })).toEqual([
      'Lighthouse Point 4-B: calls drop 5× as often',
      '灯塔角 4-B：掉话率为平时的 5 倍',
    ]);
    expect(both('title-below', { ...PLACE, kpi: 'setup_success_pct', observed: 88, expected: 99.5 })).toEqual([
      'Lighthouse Point 4-B: 12 % of setups fail',
      '灯塔角 4-B：12 % 的接入失败',
    ]);
  });

  test('tell a whole site from a part of it', () => {
    const site = { place: 'Lighthouse Point 4', placeZh: '灯塔角 4 站', siteCells: 6 };
    expect(both('title-down', { ...site, cells: 6 })).toEqual([
      'Lighthouse Point 4: whole site off air',
      '灯塔角 4 站：整站中断',
    ]);
    expect(both('title-down', { ...site, cells: 3 })).toEqual([
      'Lighthouse Point 4, 3 of 6 cells: off air',
      '灯塔角 4 站 3/6 小区：中断',
    ]);
  });

  test('quote what the equipment says in whole, and then give up some of the place', () => {
    const condition = 'S1 connection failure for mobility';
    const [en, zh] = both('title-alarm', { ...PLACE, condition, alarms: 3 });
    expect(en).toContain(condition);
    expect(zh).toBe(`灯塔角 4-B：${condition}`);
  });

  test('stay within the limits for the longest of places, keeping both ends of its name', () => {
    const place = 'ManagedElement=ENB-LONGNAME-0042/EUtranCellFDD=Harbour-West-700-1';
    for (const lang of LANGUAGES) {
      for (const code of CODES.filter((each) => each.startsWith('title-'))) {
        const title = say(lang, code, { ...FULL, place, placeZh: place, source: place });
        expect(titleLength(lang, title)).toBeLessThanOrEqual(TITLE_MAXIMUM[lang]);
      }
      expect(say(lang, 'title-above', { place, kpi: 'drop_rate_pct' })).toMatch(/^Managed.*….*-1/);
    }
  });
});

describe('why', () => {
  test('counts what went wrong, against what usually does, and says what else moved', () => {
    const ratio = { kpi: 'drop_rate_pct', observed: 2.083, low: 0.2, high: 0.5, attempts: 1824 };
    expect(both('ratio-above', ratio)).toEqual([
      '38 of 1,824 sessions dropped (2.1 %); at this hour 4 to 9 usually do (0.2–0.5 %). Nothing else on this cell is out of line but for causes elsewhere.',
      '1,824 次会话中掉话 38 次（2.1 %）；此时段通常 4 至 9 次（0.2–0.5 %）。本小区其他指标正常，或另有外部原因。',
    ]);
    expect(say('en', 'ratio-above', { ...ratio, also: 'latency_ms' })).toMatch(/Delay is out of line too\.$/);
  });

  test('turns a success ratio round: people care for what failed', () => {
    const setups = { kpi: 'setup_success_pct', observed: 88.2, low: 99.1, high: 99.8, attempts: 1000 };
    expect(say('en', 'ratio-below', setups)).toMatch(
      /^118 of 1,000 setups failed \(11\.8 %\); at this hour 2 to 9 usually do/,
    );
  });

  test('writes negative ranges with words and a true minus', () => {
    const noise = { kpi: 'ul_interference_dbm', observed: -98, low: -112, high: -108 };
    expect(say('en', 'above-usual', noise)).toMatch(
      /^Uplink noise is −98 dBm; at this hour it is usually −112 to −108 dBm\./,
    );
    expect(say('zh', 'above-usual', noise)).toMatch(/^上行干扰 −98 dBm；此时段通常 −112 至 −108 dBm。/);
  });

  test('writes what is just beyond its usual range so that it does not read as if it were within', () => {
    const noise = { kpi: 'ul_interference_dbm', observed: -109.6, low: -118.92, high: -109.89 };
    expect(say('en', 'above-usual', noise)).toMatch(
      /^Uplink noise is −109\.6 dBm; at this hour it is usually −118\.9 to −109\.9 dBm\./,
    );
    const drops = { kpi: 'drop_rate_pct', observed: 2.14, low: 0.2, high: 2.11, attempts: 10_000 };
    expect(say('en', 'ratio-above', drops)).toContain('(2.14 %); at this hour 20 to 211 usually do (0.2–2.11 %)');
  });

  test('does not foretell a moment that is there: the value is where such a fault begins', () => {
    const hot = { mode: 'cooling', kpi: 'temperature_c', observed: 55, expected: 33, limit: 54.6, probability: 0.71 };
    const dates = { expectedMs: at, earliestMs: at, latestMs: at };
    expect(both('foretold-trend', { ...hot, ...dates })).toEqual([
      'Cabinet temperature is 55 °C, where 33 °C is usual. It is where such a fault begins. That the cooling of the cabinet fails: 71 %.',
      '机柜温度为 55 °C，平时为 33 °C。已到此类故障发生的程度：机柜散热故障的可能性为 71 %。',
    ]);
    expect(say('en', 'foretold-trend', { ...hot, ...dates, latestMs: at + 3_600_000 })).toContain('it reaches 55 °C');
  });

  test('says off and on where a KPI is only ever one or the other', () => {
    const mains = { kpi: 'mains_on', observed: 0, low: 1, high: 1, periods: 2, periodSeconds: 300 };
    expect(say('en', 'below-usual', mains)).toMatch(/^Mains power is off; at this hour it is usually on\./);
    expect(say('en', 'back-in-range', mains)).toBe(
      'Clears when the mains power is back to on for 2 periods in a row (10 min).',
    );
  });

  test('names clock times in the zone of the network, with the day when it is another one', () => {
    expect(say('en', 'sleeping', { usualUsers: 40, sinceMs: at - 7_200_000 })).toContain('since 19:45');
    expect(say('en', 'sleeping', { usualUsers: 40, sinceMs: at - 86_400_000 })).toContain('since Mon 16 Mar 21:45');
    expect(say('zh', 'sleeping', { usualUsers: 40, sinceMs: at - 86_400_000 })).toContain('3 月 16 日 21:45');
  });

  test('admits what is not known when nothing is heard', () => {
    expect(say('en', 'no-readings', FULL)).toBe(
      'The last reading is from 21:00; the next 3 (45 min) are missing, while its sender goes on reporting other cells. Whether people are served is not known.',
    );
  });
});

describe('what would clear it', () => {
  test('is a line on the harmful side only, for so many periods and minutes', () => {
    const target = { low: 0.2, high: 0.5, periods: 3, periodSeconds: 900 };
    expect(both('back-in-range', { kpi: 'drop_rate_pct', ...target })).toEqual([
      'Clears when the drop rate is at most 0.5 % for 3 periods in a row (45 min).',
      '掉话率连续 3 个周期（45 分钟）不高于 0.5 % 即清除。',
    ]);
    expect(say('en', 'back-in-range', { kpi: 'setup_success_pct', low: 99.1, high: 99.8, periods: 1 })).toBe(
      'Clears when the setup success is at least 99.1 % for one period.',
    );
  });
});

describe('what all cells of a region do', () => {
  const values = { kpi: 'latency_ms', cells: 150, low: 18, high: 31 };

  test('is told against the usual range, or as still within it', () => {
    expect(both('wide-above', { ...values, observed: 44 })).toEqual([
      expect.stringContaining('has 44 ms instead of 18–31 ms'),
      expect.stringContaining('为 44 ms，平时 18–31 ms'),
    ]);
    expect(both('wide-above', { ...values, observed: 28 })).toEqual([
      expect.stringContaining('has 28 ms, still within 18–31 ms'),
      expect.stringContaining('为 28 ms，仍在平时范围 18–31 ms'),
    ]);
  });
});

describe('what has crept', () => {
  const values = { kpi: 'dl_throughput_mbps', from: 42.37, observed: 37.26, expected: 42.37, days: 12, alike: 148 };

  test('is told with where it came from, in how many days, and how cells alike fared', () => {
    expect(both('crept-below', values)).toEqual([
      expect.stringContaining('Downlink speed has crept from 42.4 Mbit/s to 37.3 Mbit/s within 12 days'),
      expect.stringContaining('下行速率 12 天内逐日由 42.4 Mbit/s 变为 37.3 Mbit/s'),
    ]);
    expect(both('crept-below', values)).toEqual([
      expect.stringContaining('; 148 cells alike have not.'),
      expect.stringContaining('，148 个同类小区没有这样变化。'),
    ]);
    expect(both('crept-below', { ...values, expected: 41.2 })).toEqual([
      expect.stringContaining('; 148 cells alike would have it at 41.2 Mbit/s.'),
      expect.stringContaining('，148 个同类小区的变化相当于 41.2 Mbit/s。'),
    ]);
  });

  test('clears half way back, or once it has stayed for weeks', () => {
    expect(both('crept-back', { kpi: 'dl_throughput_mbps', value: 40.6, side: 'least', weeks: 4 })).toEqual([
      'Clears when downlink speed is at least 40.6 Mbit/s on the average of some days, or has stayed as it is for about 4 weeks.',
      '下行速率数日平均不低于 40.6 Mbit/s，或约 4 周不再变化即清除。',
    ]);
  });
});

describe('the language of the reader', () => {
  test.each([
    ['zh', 'en-GB', 'zh'],
    [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    [undefined, 'fr, en;q=0.2, zh;q=0.7', 'zh'],
    [undefined, 'zh;q=0, en', 'en'],
    ['klingon', undefined, 'en'],
    [undefined, undefined, 'en'],
  ])('asked for %s with Accept-Language %s is %s', (asked, header, expected) => {
    expect(languageFor(asked, header)).toBe(expected);
  });
});
