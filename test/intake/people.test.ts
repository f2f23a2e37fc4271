// People at the door: what is taken under which pseudonym, what is refused, and that nobody's own id is kept anywhere.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatContext } from '../../server/collect/format.ts';
import { peopleCsv } from '../../server/collect/formats/people-csv.ts';
import { peopleJson } from '../../server/collect/formats/people-json.ts';
import { peopleNdjson } from '../../server/collect/formats/people-ndjson.ts';
import type { PeopleFormat } from '../../server/collect/record-format.ts';
import { acceptPeople } from '../../server/intake/people.ts';
import { pseudonyms } from '../../server/intake/pseudonym.ts';
import { PEOPLE_KINDS, type PeopleKind, PSEUDONYM } from '../../server/model/person.ts';
import { NOW } from './shelf.ts';

const pseudonymOf = pseudonyms(new Uint8Array(32).fill(7));
const cells = new Map([
  ['harbour-7-A', 'harbour-7-A'],
  ['ManagedElement=7', 'harbour-7-A'],
]);
const options = { pseudonymOf, cellIdOf: (name: string) => cells.get(name) };

async function read(format: PeopleFormat, text: string, kind: PeopleKind) {
  const context: FormatContext = { zoneOffsetMinutes: 0 };
  const taken = await acceptPeople(format.parse(text, kind, context), kind, options, {
    now: NOW,
    zoneOffsetMinutes: 0,
  });
  const all = taken.deliveries.flatMap((one) => [
    ...one.subscribers,
    ...one.exposures,
    ...one.complaints,
    ...one.surveys,
  ]);
  return { ...taken, all, notes: [...(context.notes ?? []), ...(taken.receipt.notes ?? [])] };
}

const csv = (kind: PeopleKind, ...lines: string[]) => read(peopleCsv, lines.join('\n'), kind);
const json = (kind: PeopleKind, ...records: unknown[]) => read(peopleJson, JSON.stringify({ [kind]: records }), kind);

describe('people at the door', () => {
  it('are the same people however their fields are written: CSV, JSON, NDJSON, snake or camel case', async () => {
    const expected = {
      subscriber: pseudonymOf('13800000000'),
      tier: 'gold',
      plan: 'Flex',
      price: 19.9,
      tenureMonths: 30,
      monthlySpend: 25.5,
      minutes: 300,
      dataGb: 12,
      activatedAt: Date.UTC(2023, 8, 1),
    };
    const snake = {
      tier: 'gold',
      plan: 'Flex',
      price: '19.9',
      tenure_months: 30,
      monthly_spend: 25.5,
      minutes: 300,
      data_gb: 12,
    };
    const asCsv = await csv(
      'subscribers',
      'subscriber,tier,plan,price,tenure_months,monthly_spend,minutes,data_gb,activated_at',
      '13800000000,gold,Flex,19.9,30,25.5,300,12,2023-09-01',
    );
    const asJson = await json('subscribers', {
      subscriber: 13_800_000_000,
      ...snake,
      activated_at: '2023-09-01T00:00:00Z',
    });
    const { tenure_months, monthly_spend, data_gb, ...rest } = snake;
    const camel = { ...rest, tenureMonths: tenure_months, monthlySpend: monthly_spend, dataGb: data_gb };
    const asLines = await read(
      peopleNdjson,
      `\n${JSON.stringify({ subscriber: ' 13800000000 ', ...camel, activatedAt: Date.UTC(2023, 8, 1) })}\n`,
      'subscribers',
    );
    expect(asCsv.all).toEqual([expected]);
    expect(asJson.all).toEqual([expected]);
    expect(asLines.all).toEqual([expected]);
  });

  it('use cells by the inventory’s name where it is known, else as named; a share that is not given is all of it', async () => {
    const { all, receipt } = await csv(
      'exposure',
      'subscriber,cell,share,day,hour',
      'a-1,ManagedElement=7,,,',
      'a-1,far-1,0.25,2026-03-17,9',
    );
    expect(receipt.rejected).toBe(0);
    expect(all).toEqual([
      { subscriber: pseudonymOf('a-1'), cell: 'harbour-7-A', share: 1 },
      { subscriber: pseudonymOf('a-1'), cell: 'far-1', share: 0.25, day: '2026-03-17', hour: 9 },
    ]);
  });

  it('who already have a pseudonym’s form get one of their own: nobody can write under another’s', async () => {
    const given = pseudonymOf('13800000000');
    const { all } = await json('subscribers', { subscriber: given });
    expect(all[0]!.subscriber).toMatch(PSEUDONYM);
    expect(all[0]!.subscriber).not.toBe(given);
  });

  it('say what a score means: by its scale, or by the only scale that can hold it', async () => {
    const { all, rejections } = await csv(
      'surveys',
      'subscriber,at,score,scale',
      'a,2026-03-01,9,',
      'a,2026-03-01,4.5,',
      'a,2026-03-01,4,CSAT',
      'a,2026-03-01,4,',
      'a,2026-03-01,7,csat',
      'a,2026-03-01,3,stars',
    );
    expect(all.map((one) => 'scale' in one && one.scale)).toEqual(['nps', 'csat', 'csat']);
    expect(rejections.map(({ line, field, reason }) => [line, field, reason])).toEqual([
      [5, 'scale', 'missing-field'],
      [6, 'score', 'out-of-range'],
      [7, 'scale', 'wrong-shape'],
    ]);
  });

  it.each<[PeopleKind, Record<string, unknown>, string, string]>([
    ['subscribers', {}, 'subscriber', 'missing-field'],
    ['subscribers', { subscriber: 'NULL' }, 'subscriber', 'missing-field'],
    ['subscribers', { subscriber: { id: 1 } }, 'subscriber', 'wrong-type'],
    ['subscribers', { subscriber: 2 ** 60 }, 'subscriber', 'wrong-type'],
    ['subscribers', { subscriber: '1.38E+10' }, 'subscriber', 'wrong-type'],
    ['subscribers', { subscriber: 'x', price: -1 }, 'price', 'out-of-range'],
    ['subscribers', { subscriber: 'x', price: 'free' }, 'price', 'not-a-number'],
    ['subscribers', { subscriber: 'x', minutes: 44_641 }, 'minutes', 'out-of-range'],
    ['subscribers', { subscriber: 'x', calls: 3, dropped_calls: 4 }, 'droppedCalls', 'out-of-range'],
    ['subscribers', { subscriber: 'x', month: '2026-13' }, 'month', 'bad-time'],
    ['subscribers', { subscriber: 'x', left: 'perhaps' }, 'left', 'wrong-type'],
    ['subscribers', { subscriber: 'x', activatedAt: '2027-01-01' }, 'activatedAt', 'future-time'],
    ['exposure', { subscriber: 'x' }, 'cell', 'missing-field'],
    ['exposure', { subscriber: 'x', cell: 'c', share: 40 }, 'share', 'out-of-range'],
    ['exposure', { subscriber: 'x', cell: 'c', share: '40%' }, 'share', 'not-a-number'],
    ['exposure', { subscriber: 'x', cell: 'c', share: -0.1 }, 'share', 'out-of-range'],
    ['exposure', { subscriber: 'x', cell: 'c', hour: 24 }, 'hour', 'out-of-range'],
    ['exposure', { subscriber: 'x', cell: 'c', day: '2026-02-30' }, 'day', 'bad-time'],
    ['exposure', { subscriber: 'x-111', cell: 'x-111' }, 'cell', 'wrong-shape'],
    ['complaints', { subscriber: 'x' }, 'at', 'missing-field'],
    ['complaints', { subscriber: 'x', at: 1_700_000_000 }, 'at', 'ancient-time'],
    ['complaints', { subscriber: 'x', at: '2026-03-01', lat: 4 }, 'lon', 'missing-field'],
    ['complaints', { subscriber: 'x', at: '2026-03-01', lat: 91, lon: 4 }, 'lat', 'out-of-range'],
    ['complaints', { subscriber: 'x', at: '2026-03-01', lat: 0, lon: 0 }, 'lat', 'out-of-range'],
    ['complaints', { subscriber: 'x', at: '2026-03-02', answered_at: '2026-03-01' }, 'answeredAt', 'out-of-range'],
    ['surveys', { subscriber: 'x', at: '2026-03-01' }, 'score', 'missing-field'],
    ['surveys', { subscriber: 'x', at: '2026-03-01', score: 6.5, scale: 'nps' }, 'score', 'not-a-number'],
  ])('of %s, %j is refused for its %s: %s', async (kind, record, field, reason) => {
    const { receipt, rejections } = await json(kind, record);
    expect(receipt).toMatchObject({ accepted: 0, rejected: 1 });
    expect(rejections[0]).toMatchObject({ index: 0, field, reason });
    expect(rejections[0]!.detail.length).toBeGreaterThan(20);
  });

  it('write of themselves and of others by number; what could be an id is taken out of their words', async () => {
    const { all } = await json('complaints', {
      subscriber: 'Kim.Lee+7',
      at: '2026-03-01',
      category: 'call kim.lee+7 back',
      text: 'I am KIM.LEE+7,\nmy number is +86 138-0000 0000 since 2019, my mother’s １３９００００００００; no signal at 21:45',
    });
    expect(all[0]).toMatchObject({
      category: 'call … back',
      text: 'I am …, my number is … since 2019, my mother’s …; no signal at 21:45',
    });
  });

  it('who are known by a short number keep the names of their tiers and plans', async () => {
    const { all } = await csv('subscribers', 'subscriber,tier,plan', '5,5,Flex 5');
    expect(all[0]).toMatchObject({ tier: '5', plan: 'Flex 5' });
  });

  it('who send a row with an open quote do not get their neighbours’ rows as their words', async () => {
    const { all, rejections } = await csv(
      'complaints',
      'subscriber,at,category,text',
      'anna-1,2026-03-01,voice,"no signal',
      'berta-2,2026-03-01,voice,still none',
    );
    expect(all).toEqual([]);
    expect(rejections).toMatchObject([{ line: 2, reason: 'wrong-shape' }]);
  });

  it('of 45,000 rows come in pieces of at most 20,000, and the others get their turn meanwhile', async () => {
    const lines = Array.from({ length: 45_000 }, (_, i) => `user-${i},gold`);
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    const { deliveries, receipt } = await csv('subscribers', 'subscriber,tier', ...lines);
    clearInterval(counting);
    expect(receipt.accepted).toBe(45_000);
    expect(deliveries.map(({ subscribers }) => subscribers.length)).toEqual([20_000, 20_000, 5000]);
    expect(turns).toBeGreaterThan(3);
  });
});

/** An id that no ordinary word or number holds by chance. */
const rawId = fc.oneof(
  fc.integer({ min: 10_000_000_000, max: 19_999_999_999 }).map(String),
  fc.stringMatching(/^[q-z]{3}[@#]?[Q-Z]{4}$/),
);
const anything = fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.boolean(), fc.object({ maxDepth: 1 }));

/** A value that names the person in some way. */
const naming = (id: string) =>
  fc.oneof(
    anything,
    fc.constant(id),
    fc.string().map((rest) => `${rest} ${id} ${rest}`),
    fc.constant([id]),
    fc.constant({ [id]: id }),
  );

const FIELDS = [
  'at',
  'tier',
  'plan',
  'price',
  'cell',
  'share',
  'day',
  'text',
  'category',
  'score',
  'scale',
  'lat',
  'service',
  'note',
];

describe('whatever is sent about people', () => {
  it('never makes a format throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PEOPLE_KINDS), fc.oneof(fc.string(), fc.json()), async (kind, text) => {
        for (const format of [peopleJson, peopleNdjson, peopleCsv]) {
          format.kindOf(text);
          await read(format, text, kind);
        }
      }),
    );
  });

  it('leaves nobody’s own id in what is kept, refused or noted', async () => {
    const record = rawId.chain((id) =>
      fc.record({
        id: fc.constant(id),
        record: fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.constant(id)), naming(id)),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PEOPLE_KINDS), fc.array(record), fc.nat(), async (kind, records, cut) => {
        const bodies = records.map((one) => ({
          subscriber: one.id,
          at: '2026-03-01',
          cell: 'c',
          score: 9,
          ...one.record,
        }));
        const whole = JSON.stringify({ [kind]: bodies });
        const heading = ['subscriber', ...FIELDS].join(',');
        const written = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value ?? ''));
        const quoted = (value: unknown) => `"${written(value).replaceAll('"', '""')}"`;
        const rows = bodies.map((body) =>
          ['subscriber', ...FIELDS].map((field) => quoted((body as Record<string, unknown>)[field])).join(','),
        );
        const results = [
          await read(peopleJson, whole, kind),
          await read(peopleJson, whole.slice(0, cut % (whole.length + 1)), kind),
          await read(peopleNdjson, bodies.map((body) => JSON.stringify(body)).join('\n'), kind),
          await read(peopleNdjson, whole, kind),
          await read(peopleCsv, [heading, ...rows].join('\n'), kind),
          await read(peopleCsv, rows.join('\n'), kind),
        ];
        for (const { all, receipt, rejections, notes } of results) {
          const shown = JSON.stringify([all, receipt, rejections, notes]);
          for (const { id } of records) expect(shown).not.toContain(id);
        }
      }),
      { numRuns: 200 },
    );
  });
});
