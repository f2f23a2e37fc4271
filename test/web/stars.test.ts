// The rules of the pages of stars: what the headline says, which step a score gets, how people are counted, what may be said.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promises, sayings } from '../../web/pages/star/advice.ts';
import { scoreAxis, usualBand } from '../../web/pages/star/history-scale.ts';
import { localDayHour, onsets } from '../../web/pages/star/hour-grid.ts';
import { linkCells } from '../../web/pages/star/linked-text.ts';
import { barScale } from '../../web/pages/stars/bar-scale.ts';
import { headline } from '../../web/pages/stars/headline.ts';
import { largestTiers, orderRows, spanOf, tiersOf } from '../../web/pages/stars/matrix.ts';
import { scoreStep, starStep } from '../../web/parts/star-step.ts';
import { en } from '../../web/text/en.ts';
import { formatChange, formatPeople, formatStarsAtRisk, tierName, tierRank } from '../../web/text/people.ts';
import { zh } from '../../web/text/zh.ts';
import { sampleAlert } from './sample-alert.ts';
import { sampleGroup, samplePerson, sampleSummary } from './sample-stars.ts';

describe('the headline of the stars', () => {
  it('says what fell, where most, and why', () => {
    expect(headline(sampleSummary(), en)).toBe(
      'Stars fell to 3.6 this week. Lighthouse Point and Saltmarsh lost most, and the network is the reason',
    );
    expect(headline(sampleSummary(), zh)).toBe('本周降至 3.6 星，Lighthouse Point和Saltmarsh下降最多，主要原因是网络');
  });

  it('says that nothing moved when nothing did', () => {
    const calm = sampleSummary({ before: { meanScore: 71.9, stars: 3.6 }, groups: [sampleGroup('Tidewell', 3.6)] });
    expect(headline(calm, en)).toBe('Stars held at 3.6 this week. They moved little everywhere');
  });

  it('names who fell even while the whole held, without a reason for the whole', () => {
    expect(headline(sampleSummary({ before: { meanScore: 71.9, stars: 3.6 } }), en)).toBe(
      'Stars held at 3.6 this week. Lighthouse Point and Saltmarsh lost most',
    );
  });

  it('names no reason where none makes up half of it', () => {
    const moved = (['network', 'service', 'usage'] as const).map((id) => ({ id, points: -0.5 }));
    expect(headline(sampleSummary({ moved }), en)).not.toContain('reason');
  });

  it('does not compare with a week that is not known', () => {
    expect(headline(sampleSummary({ before: null }), en)).toBe('Stars stand at 3.6; a week earlier is not known');
  });

  it('says a fall that the rounding of stars would hide', () => {
    expect(headline(sampleSummary({ before: { meanScore: 73, stars: 3.6 } }), en)).toContain('slipped this week');
  });

  it('tells a rise as a rise', () => {
    const rise = sampleSummary({
      before: { meanScore: 68, stars: 3.4 },
      groups: [sampleGroup('Pinewater', 4.1, 0.4), sampleGroup('Saltmarsh', 3.2, -0.3)],
      moved: [{ id: 'service', points: 3 }],
    });
    expect(headline(rise, en)).toBe(
      'Stars rose to 3.6 this week. Pinewater gained most, and how we handled complaints is the reason',
    );
  });
});

describe('the seven steps', () => {
  it('change at the limits of the legend, by the decimal that is shown', () => {
    expect([5, 4, 3.95, 3.94, 3.8, 3.6, 3.4, 3.2, 3.0, 2.9, 0].map(starStep)).toEqual([
      0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 6,
    ]);
  });

  it('never rise when a score falls', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          expect(scoreStep(low)).toBeGreaterThanOrEqual(scoreStep(high));
          expect(starStep(low / 20)).toBeGreaterThanOrEqual(starStep(high / 20));
        },
      ),
    );
  });
});

describe('numbers of people', () => {
  it('are numbers only where ten or more may be counted', () => {
    expect(formatPeople(4212, en)).toBe('4,212');
    expect(formatPeople(0, en)).toBe('0');
    expect(formatPeople('<10', en)).toBe('<10');
    expect(formatPeople('hidden', en)).toBe('hidden');
    expect(formatPeople('hidden', zh)).toBe('隐藏');
    expect(formatPeople(undefined, en)).toBe('—');
  });

  it('come with stars at risk and changes of a true minus', () => {
    expect([312.4, 4.14, 0, undefined].map(formatStarsAtRisk)).toEqual(['312', '4.1', '0', '—']);
    expect([-1.7, 0.1, 0.04, -0.04].map(formatChange)).toEqual(['−1.7', '+0.1', '0', '0']);
  });

  it('stand under the tier’s name as the reader or the operator calls it', () => {
    expect(tierName('Gold', zh)).toBe('金卡');
    expect(tierName('VIP blue', en)).toBe('VIP blue');
    expect(tierName(null, en)).toBe('no tier');
    expect(tierRank('Diamond')).toBeGreaterThan(tierRank('silver'));
    expect(tierRank('VIP blue')).toBe(-1);
  });
});

describe('the matrix', () => {
  const withTier = (name: string, stars: number, gold: number | null) => ({
    ...sampleGroup(name, stars),
    across: [
      { key: 'unrated', people: 20, stars },
      { key: 'gold', people: 20, stars: gold },
    ],
  });

  it('puts the worst first, groups without a number last', () => {
    const unknown = { ...sampleGroup('Airport', 0), stars: null };
    const rows = orderRows([unknown, sampleGroup('B', 3.4), sampleGroup('A', 3.4), sampleGroup('C', 2.9)], 'worst', '');
    expect(rows.map(({ name }) => name)).toEqual(['C', 'A', 'B', 'Airport']);
  });

  it('sorts by any tier, by change, by name and by people', () => {
    const groups = [withTier('A', 3, 4), withTier('B', 4, 3), withTier('C', 5, null)];
    const names = (sort: string) => orderRows(groups, sort, '').map(({ name }) => name);
    expect(names('tier:gold')).toEqual(['B', 'A', 'C']);
    expect(names('name')).toEqual(['A', 'B', 'C']);
    const moved = [
      sampleGroup('A', 3, 0.1),
      sampleGroup('B', 3, -0.4),
      { ...sampleGroup('C', 3), people: '<10' as const },
    ];
    expect(orderRows(moved, 'change', '').map(({ name }) => name)).toEqual(['B', 'C', 'A']);
    expect(orderRows(moved, 'people', '').map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  });

  it('finds rows by a piece of their name', () => {
    expect(orderRows([sampleGroup('Old Harbour', 3), sampleGroup('Airport', 3)], 'worst', 'harb')).toHaveLength(1);
  });

  it('has a column for each tier of any group, in their order', () => {
    const other = {
      ...sampleGroup('D', 3),
      across: [
        { key: 'silver', people: 20, stars: 3 },
        { key: 'gold', people: 20, stars: 3 },
      ],
    };
    expect(tiersOf([withTier('A', 3, 4), other])).toEqual(['unrated', 'silver', 'gold']);
  });

  it('keeps the columns of most people where there is no room for all', () => {
    const across = [
      { key: 'unrated', people: '<10' as const, stars: null },
      { key: 'silver', people: 40, stars: 3 },
      { key: 'gold', people: 900, stars: 3 },
    ];
    expect(largestTiers([{ ...sampleGroup('A', 3), across }], 2)).toEqual(['silver', 'gold']);
  });

  it('draws its small lines on one scale of at least a star', () => {
    const { low, high } = spanOf([sampleGroup('A', 3.6), sampleGroup('B', 3.8)]);
    expect(high - low).toBeCloseTo(1);
  });
});

describe('bars both ways', () => {
  it('always fit, and a small move stays small', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 5 }), (points) => {
        const { zero, unit } = barScale(points);
        for (const point of points) {
          expect(zero + point * unit).toBeGreaterThanOrEqual(-1e-6);
          expect(zero + point * unit).toBeLessThanOrEqual(100 + 1e-6);
        }
      }),
    );
    expect(barScale([-0.1]).unit).toBe(100);
  });
});

describe('a reason about cells', () => {
  it('links each name once, the longer of two first, and never a piece of another', () => {
    const cells = [
      { id: 'a', name: 'Old Harbour 7-1' },
      { id: 'b', name: 'Old Harbour 7-12' },
      { id: 'c', name: 'Ferry Hill 2' },
    ];
    const { pieces, others } = linkCells('Served by Old Harbour 7-12 and Old Harbour 7-1 today.', cells);
    expect(pieces.filter(({ cell }) => cell)).toEqual([
      { text: 'Old Harbour 7-12', cell: 'b' },
      { text: 'Old Harbour 7-1', cell: 'a' },
    ]);
    expect(others.map(({ id }) => id)).toEqual(['c']);
  });

  it('keeps every letter of the sentence', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 }), (text, names) => {
        const { pieces } = linkCells(
          text,
          names.map((name, i) => ({ id: String(i), name })),
        );
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      }),
    );
  });
});

describe('the hours of a person', () => {
  it('are local ones: an alert stands at the hour in which it began', () => {
    const at = '2026-03-17T16:38:00.000Z';
    expect(localDayHour(Date.parse(at), 'Asia/Shanghai')).toEqual({ day: '2026-03-18', hour: 0 });
    const found = onsets([sampleAlert({ raisedAt: at }), sampleAlert({ id: 'b', raisedAt: at })], 'Asia/Shanghai');
    expect(found.get('2026-03-18 0')?.id).toBe('a1');
  });
});

describe('the history of a person', () => {
  const days = (scores: number[]) =>
    scores.map((score, i) => ({ day: new Date(Date.UTC(2026, 2, 1 + i)).toISOString().slice(0, 10), score }));

  it('has a usual range from the days before the last seven, and none from a few', () => {
    expect(usualBand(days([50, 69, 69, 70, 70, 70, 70, 70, 71, 71, 90, 20, 20, 20, 20, 20, 20, 20]))).toEqual({
      low: 69,
      high: 71,
    });
    expect(usualBand(days([70, 70, 70]))).toBeNull();
  });

  it('stands on whole twenties that hold every score', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 }), (scores) => {
        const { low, high, lines } = scoreAxis(days(scores));
        for (const score of scores) expect(score >= low && score <= high).toBe(true);
        expect(lines[0]).toBe(low);
        expect(lines.at(-1)).toBe(high);
        expect(high - low).toBeGreaterThanOrEqual(40);
      }),
    );
  });
});

describe('what may be said at the telephone', () => {
  const time = () => '21:38';

  it('is built from what is known: the fault, since when, that nobody knows its end', () => {
    const said = sayings(samplePerson({ now: [sampleAlert()] }), time, en).join(' ');
    expect(said).toContain('Old Harbour 7-B: calls drop 5× as often');
    expect(said).toContain('21:38');
    expect(said).toContain('I do not know yet when it will be over.');
    expect(said).not.toContain('Someone is working');
  });

  it('says that someone works on it only when someone does', () => {
    const taken = samplePerson({ now: [sampleAlert({ state: 'acknowledged' })] });
    expect(sayings(taken, time, en)).toContain('Someone is working on it.');
    expect(promises(taken, en).may).toContain('That someone is working on it.');
    expect(promises(samplePerson({ now: [sampleAlert()] }), en).may).not.toContain('That someone is working on it.');
  });

  it('never promises a minute or a credit', () => {
    const { mayNot } = promises(samplePerson({ now: [sampleAlert()] }), en);
    expect(mayNot).toEqual(
      expect.arrayContaining([expect.stringContaining('exact minute'), expect.stringContaining('credit')]),
    );
  });

  it('does not call the network well where it is not known which cells serve the person', () => {
    const said = sayings(samplePerson({ servedBy: [] }), time, en).join(' ');
    expect(said).not.toContain('nothing wrong');
    expect(said).toContain('cannot see');
  });

  it('says the past days were worse when they plainly were', () => {
    expect(sayings(samplePerson(), time, en).join(' ')).toContain('worse than usual');
  });
});
