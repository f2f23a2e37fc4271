// The course of a demo: history in order, live never ahead of the clock, and a restart that sends only what is lacking.

import { describe, expect, it } from 'vitest';
import type { Options } from '../../simulators/options.ts';
import { findScenario } from '../../simulators/scenarios/all.ts';
import { Refused } from '../../simulators/sender.ts';
import type { Delivery as Sent } from '../../simulators/senders/delivery.ts';
import { chooseEra, runShow } from '../../simulators/show.ts';
import type { SentReading } from './made.ts';

const NOW = Date.UTC(2026, 2, 17, 21, 47, 8);
const MINUTE = 60_000;
const OPTIONS: Options = {
  server: 'http://localhost:8080',
  seed: 1,
  scenario: findScenario('demo')!,
  world: { kind: 'city', sites: 12 },
  days: 2,
  people: 0,
  samplesPerDay: 0,
  periodSeconds: 300,
  speed: 60,
  behindHours: 6,
  backfillOnly: false,
  send: ['ndjson'],
  elementsAFile: 20,
  events: false,
};

const PEOPLED: Options = { ...OPTIONS, people: 300, samplesPerDay: 600 };

class Over extends Error {}

/** What came in at another door than that of readings, and the newest reading that was in before. */
interface Delivery {
  door: string;
  after: number;
  wall: number;
  rows: Record<string, unknown>[];
}

/** Runs the show in pretended time until `until`; what was sent, with the wall time of sending. */
async function play(options: Options, until: number, known: number | null = null, closed: string[] = []) {
  let now = NOW;
  const sent: { at: number; wall: number; cells: number }[] = [];
  const said: string[] = [];
  const truth: string[] = [];
  let inventory = 0;
  let inFlight = 0;
  const others: Delivery[] = [];
  const beside = (door: string, ndjson: Uint8Array) => {
    if (closed.includes(door)) throw new Refused(`POST /ingest/${door} was answered 404`);
    const rows = new TextDecoder().decode(ndjson).trimEnd().split('\n');
    others.push({ door, after: sent.at(-1)?.at ?? 0, wall: now, rows: rows.map((row) => JSON.parse(row)) });
  };
  const stage = {
    sender: {
      putInventory: async (cells: readonly unknown[]) => {
        inventory = cells.length;
      },
      newestAt: async () => known,
      putCalendar: async () => {},
      postSamples: async (ndjson: Uint8Array) => beside('samples', ndjson),
      postPeople: async (kind: string, ndjson: Uint8Array) => beside(kind, ndjson),
      deliver: async ({ body }: Sent) => {
        expect(++inFlight).toBe(1);
        const lines = new TextDecoder().decode(body).trimEnd().split('\n');
        const ats = lines.map((line) => (JSON.parse(line) as SentReading).at);
        // A period may go on in the next body.
        for (const at of new Set(ats)) {
          const cells = ats.filter((other) => other === at).length;
          if (sent.at(-1)?.at === at) sent.at(-1)!.cells += cells;
          else sent.push({ at, wall: now, cells });
        }
        await Promise.resolve();
        inFlight--;
      },
    },
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
      if (now > until) throw new Over();
    },
    say: (line: string) => void said.push(line),
    showProgress: () => {},
    writeTruth: async (_: string, text: string) => void truth.push(text),
  };
  await runShow(options, stage).catch((error) => {
    if (!(error instanceof Over)) throw error;
  });
  return { sent, said, truth, inventory, others };
}

describe('the course of a demo', () => {
  it('sends the inventory, then every period of the history in order, and stops there when asked', async () => {
    const { sent, inventory } = await play({ ...OPTIONS, backfillOnly: true }, NOW);
    expect(inventory).toBeGreaterThanOrEqual(36);
    expect(sent).toHaveLength(2 * 288);
    expect(sent.every(({ at }, i) => i === 0 || at === sent[i - 1]!.at + 5 * MINUTE)).toBe(true);
    expect(sent.at(-1)?.at).toBe(Date.UTC(2026, 2, 17, 15, 45));
  });

  it('goes on live at sixty times life until it meets the clock, then with the clock and never ahead of it', async () => {
    const { sent } = await play(OPTIONS, NOW + 30 * MINUTE);
    const live = sent.filter(({ wall }) => wall > NOW);
    expect(live[0]).toMatchObject({ at: Date.UTC(2026, 2, 17, 15, 50), wall: NOW + 5000 });
    expect(live[1]!.wall - live[0]!.wall).toBe(5000);
    expect(live.every(({ at, wall }) => wall >= at)).toBe(true);
    const [before, last] = live.slice(-2);
    expect(last!.wall - before!.wall).toBe(5 * MINUTE);
    expect(last!.wall - last!.at).toBe(5000);
    expect(sent.every(({ at }, i) => i === 0 || at === sent[i - 1]!.at + 5 * MINUTE)).toBe(true);
  });

  it('says when the first fault is due, within two minutes of going live', async () => {
    const { said } = await play(OPTIONS, NOW + MINUTE);
    const due = said.find((line) => line.includes('interference'));
    expect(Number(/about (\d+) s/.exec(due ?? '')?.[1])).toBeLessThan(60);
  });

  it('says where planners see the cell that fills up, once weeks of history stand behind it', async () => {
    const { said } = await play({ ...OPTIONS, days: 28, periodSeconds: 3600 }, NOW + MINUTE);
    expect(said.filter((line) => /fills up at .* 12 days later: .* under Capacity$/.test(line))).toHaveLength(1);
  });

  it('after a restart sends only what the server lacks', async () => {
    const known = Date.UTC(2026, 2, 17, 20, 0);
    const { sent } = await play(OPTIONS, NOW + MINUTE, known);
    expect(sent[0]?.at).toBe(known + 5 * MINUTE);
    const longAgo = Date.UTC(2026, 2, 16, 20, 0);
    expect((await play(OPTIONS, NOW + MINUTE, longAgo)).sent[0]?.at).toBe(longAgo + 5 * MINUTE);
  });

  it('starts at once with the clock when the server knows of times to come', () => {
    expect(chooseEra(OPTIONS, NOW, NOW + 90 * MINUTE).liveFrom).toBe(Date.UTC(2026, 2, 17, 21, 45));
  });

  it('writes the answer key where it was asked to', async () => {
    const { truth } = await play({ ...OPTIONS, truth: 'key.json', backfillOnly: true }, NOW);
    expect(JSON.parse(truth[0]!)).toMatchObject({ seed: 1, liveFrom: '2026-03-17T15:45:00.000Z' });
  });
});

describe('what goes beside the readings', () => {
  const time = (row: Record<string, unknown>) => new Date(row.at as string | number).getTime();

  it('begins with people and their cells, then samples by day in the order of time, never ahead of the readings', async () => {
    const { others } = await play({ ...PEOPLED, backfillOnly: true }, NOW);
    const first = others.filter(({ after }) => after === 0).map(({ door }) => door);
    expect(new Set(first)).toEqual(new Set(['subscribers', 'exposure']));
    expect(first.indexOf('subscribers')).toBe(0);
    const samples = others.filter(({ door }) => door === 'samples');
    expect(samples.length).toBeLessThanOrEqual(3);
    const times = samples.flatMap(({ rows }) => rows.map(time));
    expect(times.length).toBeGreaterThan(1000);
    expect(times.every((at, i) => i === 0 || at >= times[i - 1]!)).toBe(true);
    for (const { after, rows } of others.slice(first.length))
      expect(Math.max(...rows.map(time))).toBeLessThanOrEqual(after);
    expect(times.at(-1)).toBeGreaterThan(Date.UTC(2026, 2, 17, 15, 0));
  });

  it('goes on live in small deliveries', async () => {
    const { others } = await play(PEOPLED, NOW + 10 * MINUTE);
    const live = others.filter(({ door, wall }) => door === 'samples' && wall > NOW);
    expect(live.length).toBeGreaterThan(10);
    expect(live.every(({ rows, after }) => rows.every((row) => time(row) <= after))).toBe(true);
  });

  it('after a restart holds only samples and voices that the server lacks', async () => {
    const known = Date.UTC(2026, 2, 17, 20, 0);
    const { others } = await play(PEOPLED, NOW + 10 * MINUTE, known);
    const times = others
      .filter(({ door }) => door === 'samples' || door === 'surveys')
      .flatMap(({ rows }) => rows.map(time));
    expect(times.length).toBeGreaterThan(10);
    expect(Math.min(...times)).toBeGreaterThan(known);
  });

  it('leaves out a door that says no, tells it once, and goes on', async () => {
    const { others, said, sent } = await play({ ...PEOPLED, backfillOnly: true }, NOW, null, ['samples']);
    expect(said.filter((line) => line.includes('without samples'))).toHaveLength(1);
    expect(others.some(({ door }) => door === 'exposure')).toBe(true);
    expect(sent).toHaveLength(2 * 288);
  });
});

describe('a scenario with a first day', () => {
  const OWN: Options = {
    ...OPTIONS,
    scenario: { ...findScenario('spring-festival')!, days: 3, from: '2026-02-13' },
    ...{ days: 3, periodSeconds: 900, speed: undefined, backfillOnly: true, world: { kind: 'city', sites: 4 } },
    truth: 'key.json',
  };

  /** All that leaves, as one text, and the wall time that it took. */
  async function leave(options: Options): Promise<{ bodies: string; truth: string; calendar: string; slept: number }> {
    const [bodies, truth, calendar, slept]: [string[], string[], string[], number[]] = [[], [], [], []];
    const sum = () => slept.reduce((total, ms) => total + ms, 0);
    await runShow(options, {
      sender: {
        putInventory: async (cells) => void bodies.push(JSON.stringify(cells)),
        putCalendar: async (csv) => void calendar.push(csv),
        newestAt: async () => null,
        postSamples: async () => {},
        postPeople: async () => {},
        deliver: async ({ body }) => void bodies.push(new TextDecoder().decode(body)),
      },
      now: () => NOW + sum(),
      sleep: async (ms) => void slept.push(ms),
      say: () => {},
      showProgress: () => {},
      writeTruth: async (_, text) => void truth.push(text),
    });
    return { bodies: bodies.join(''), truth: truth.join(''), calendar: calendar.join(''), slept: sum() };
  }

  it('begins there whatever the clock says, and is the same bytes at any speed', async () => {
    const fast = await leave(OWN);
    const paced = await leave({ ...OWN, speed: 3600 });
    expect(fast.slept).toBe(0);
    expect(paced.slept).toBe(3 * 96 * 250);
    expect(paced.bodies).toBe(fast.bodies);
    expect(paced.truth).toBe(fast.truth);
    const truth = JSON.parse(fast.truth);
    expect(truth).toMatchObject({ scenario: 'spring-festival', from: '2026-02-13T00:00:00.000Z' });
    expect(truth.until).toBe('2026-02-16T00:00:00.000Z');
  });

  it('tells the server which days are special', async () => {
    expect((await leave(OWN)).calendar).toContain('2026-02-15,workday,');
  });
});
