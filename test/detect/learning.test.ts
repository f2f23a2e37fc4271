// A network learns in the open: a new model must beat the one in force on weeks that neither has seen, and a person can go back.

import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SIGNALS } from '../../server/detect/foretellers/first-passage/signals.ts';
import { LEARNING_MODES, type Learn, openLearn } from '../../server/detect/learn.ts';
import { labelled } from '../../server/detect/learning/labels.ts';
import { ModelShelf } from '../../server/detect/learning/model-shelf.ts';
import { followedAlarms, followingOf, sequenceFit, signsOf } from '../../server/detect/learning/sequences.ts';
import { type TrainingAsk, train } from '../../server/detect/learning/training.ts';
import { createLearningDoors } from '../../server/doors/learning.ts';
import { JournalFailed } from '../../server/journal/journal.ts';
import { seededRandom } from '../../server/maths/seeded-random.ts';
import type { Example, LearnedModel } from '../../server/model/learning.ts';
import { startThread } from '../../server/threads.ts';
import { Turns } from '../../server/turns.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 0, 5);

/** One case a day: on this network a battery that is used to a third always runs out, unless `came` says otherwise. */
function cases(days: number, came: (day: number) => boolean = () => true): Example[] {
  return Array.from({ length: days }, (_, day) => ({
    ...{ mode: 'battery' as const, subject: `site-${day % 7}`, since: START + day * DAY_MS, seen: [[1, 0.1, 0.01]] },
    ...{ endedAt: START + day * DAY_MS + 4 * HOUR_MS, came: came(day), leadHours: came(day) ? 4 : null, most: 0.4 },
  }));
}

let folder: string;
const lines: string[] = [];
const opened: Learn[] = [];
/** The journal takes nothing now. */
let fails = false;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'learn-'));
  lines.length = 0;
  fails = false;
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  rmSync(folder, { recursive: true });
});

/** The same work without a thread, which takes its time to start. */
function inProcess(_: string, ask: TrainingAsk): Worker {
  const worker = new EventEmitter();
  setImmediate(() => worker.emit('message', { trained: train(ask, () => undefined) }));
  return Object.assign(worker, { terminate: async () => 0 }) as unknown as Worker;
}

function open(
  examples: () => Example[],
  now: () => number,
  start: (entry: string, ask: TrainingAsk) => Worker = inProcess,
): { learn: Learn; inForce: () => readonly LearnedModel[] } {
  let adopted: readonly LearnedModel[] = [];
  const learn = openLearn({
    ...{ startThread: start, folder, dataNow: now, log: (line) => lines.push(line), examples: async () => examples() },
    turns: new Turns(),
    adopt: async (models) => {
      if (fails) throw new JournalFailed('ENOSPC: no space left on device', 5);
      adopted = models;
    },
    history: { settled: async () => [], troubles: async () => ({ faults: [], causes: [] }), alarms: async () => [] },
  });
  opened.push(learn);
  return { learn, inForce: () => adopted };
}

const versionOf = (learn: Learn) => learn.inForce().find(({ mode }) => mode === 'battery')!.version;
const newest = (learn: Learn) => learn.status().comparisons.find(({ mode }) => mode === 'battery')!;

describe('a training', () => {
  it('replaces a model that is worse on the weeks held back, tells both scores, and the next word goes by it', async () => {
    const { learn, inForce } = open(
      () => cases(60),
      () => START + 60 * DAY_MS,
      startThread,
    );
    const running = learn.train();
    expect(learn.status().running).toMatchObject({ step: 'history' });
    await running;
    expect(learn.status().running).toBeUndefined();
    const { verdict, learned, held, came, inForce: before, candidate } = newest(learn);
    expect({ verdict, all: learned + held, came }).toEqual({ verdict: 'replaced', all: 60, came: held });
    expect(held).toBeGreaterThanOrEqual(15);
    expect(candidate!.logScore).toBeLessThan(before!.logScore);
    expect(candidate!.brier).toBeLessThan(before!.brier);
    expect([before!.version, candidate!.version, versionOf(learn)]).toEqual([1, 2, 2]);
    expect(inForce().find(({ mode }) => mode === 'battery')).toMatchObject({ version: 2, examples: learned });
  });

  it('goes on for every mode that a trend announces', () => {
    expect(LEARNING_MODES).toEqual(expect.arrayContaining(SIGNALS.map(({ mode }) => mode)));
  });

  it('keeps the model in force where the new one is no better, and says so', async () => {
    // What it could learn from no longer holds in the weeks held back.
    const { learn } = open(
      () => cases(60, (day) => day >= 42),
      () => START + 60 * DAY_MS,
    );
    await learn.train();
    expect(newest(learn)).toMatchObject({ verdict: 'kept' });
    expect(newest(learn).candidate!.logScore).toBeGreaterThanOrEqual(newest(learn).inForce!.logScore);
    expect(versionOf(learn)).toBe(1);
  });

  it('compares nothing where there is too little', async () => {
    const { learn } = open(
      () => cases(12),
      () => START + 12 * DAY_MS,
    );
    await learn.train();
    expect(newest(learn)).toMatchObject({ verdict: 'too-few' });
    expect(newest(learn).candidate).toBeUndefined();
  });

  it('never holds against a model what it has learned from', async () => {
    let days = 60;
    const { learn } = open(
      () => cases(days),
      () => START + days * DAY_MS,
    );
    await learn.train();
    const { learnedTo } = learn.inForce().find(({ mode }) => mode === 'battery')!;
    days = 75;
    await learn.train();
    expect(newest(learn).heldFrom).toBeGreaterThanOrEqual(learnedTo!);
  });

  it('comes by itself a week of data time after the last', async () => {
    let now = START + 60 * DAY_MS;
    const { learn } = open(
      () => cases(60),
      () => now,
    );
    learn.look();
    now += 6 * DAY_MS;
    learn.look();
    expect(learn.status().running).toBeUndefined();
    now += DAY_MS;
    learn.look();
    expect(learn.status().running).toBeDefined();
    await learn.train();
    expect(learn.status().trainedAt).toBe(now);
  });

  it('comes as soon where the server is started anew every few days', async () => {
    let now = START + 60 * DAY_MS;
    for (let start = 0; start < 3; start++, now += 3 * DAY_MS) {
      const { learn } = open(
        () => cases(60),
        () => now,
      );
      learn.look();
      expect(learn.status().running).toBeUndefined();
    }
    const { learn } = open(
      () => cases(60),
      () => now,
    );
    learn.look();
    expect(learn.status().running).toBeDefined();
    await learn.train();
  });
});

describe('going back', () => {
  it('brings the version before into force at once, over a restart too, and the same cases do not bring the newer one back', async () => {
    const first = open(
      () => cases(60),
      () => START + 60 * DAY_MS,
    );
    await first.learn.train();
    expect(await first.learn.rollback('battery')).toMatchObject({ models: [{ mode: 'battery', version: 1 }] });
    expect(first.inForce().find(({ mode }) => mode === 'battery')).toMatchObject({ version: 1 });
    const { learn } = open(
      () => cases(60),
      () => START + 60 * DAY_MS,
    );
    expect(versionOf(learn)).toBe(1);
    await learn.train();
    expect(newest(learn).verdict).toBe('too-few');
    expect(versionOf(learn)).toBe(1);
    expect(await learn.rollback('battery')).toEqual({ refused: 'no-earlier' });
  });

  it('and forward again, to any version that is kept; cases that come later decide again, under a new number', async () => {
    let days = 60;
    const { learn } = open(
      () => cases(days),
      () => START + days * DAY_MS,
    );
    await learn.train();
    await learn.rollback();
    expect(await learn.rollback('battery', 7)).toEqual({ refused: 'unknown-version' });
    expect(await learn.rollback('battery', 2)).toMatchObject({ models: [{ version: 2 }] });
    await learn.rollback('battery', 1);
    days = 90;
    await learn.train();
    expect(versionOf(learn)).toBe(3);
  });

  it('changes nothing, and the person is asked to come again, while the journal does not take it', async () => {
    const { learn, inForce } = open(
      () => cases(60),
      () => START + 60 * DAY_MS,
    );
    await learn.train();
    fails = true;
    const doors = createLearningDoors({ learn, zone: 'UTC' });
    await expect(doors.rollBackModels({ mode: 'battery' }, 'en')).rejects.toMatchObject({
      ...{ status: 503, headers: { 'Retry-After': expect.stringMatching(/^\d+$/) } },
    });
    expect(versionOf(learn)).toBe(2);
    fails = false;
    await doors.rollBackModels({ mode: 'battery' }, 'en');
    expect([versionOf(learn), inForce().find(({ mode }) => mode === 'battery')!.version]).toEqual([1, 1]);
  });

  it('is refused as a whole where one mode has no such version', async () => {
    const { learn } = open(
      () => cases(60),
      () => START + 60 * DAY_MS,
    );
    await learn.train();
    expect(await learn.rollback(undefined, 2)).toEqual({ refused: 'unknown-version' });
    await learn.rollback();
    expect(await learn.rollback(undefined, 2)).toEqual({ refused: 'unknown-version' });
    expect(versionOf(learn)).toBe(1);
  });

  it('is told in the end, though the journal did not take it at first, and at the start wherever it differs', async () => {
    const told: (readonly LearnedModel[])[] = [];
    let failures = 1;
    const options = {
      ...{ startThread: inProcess, folder, examples: async () => cases(60), dataNow: () => START + 60 * DAY_MS },
      history: { settled: async () => [], troubles: async () => ({ faults: [], causes: [] }), alarms: async () => [] },
      log: (line: string) => lines.push(line),
      turns: new Turns(),
      adopt: async (models: readonly LearnedModel[]) => {
        if (failures-- > 0) throw new Error('the disk is full');
        told.push(models);
      },
    };
    const learn = openLearn(options);
    opened.push(learn);
    await learn.train();
    expect([told, lines]).toEqual([[], expect.arrayContaining([expect.stringContaining('the disk is full')])]);
    learn.look();
    await expect.poll(() => told).toEqual([learn.inForce()]);
    const again = openLearn(options);
    await again.settle(told[0]!);
    expect(told).toHaveLength(1);
    await again.settle([]);
    expect(told).toHaveLength(2);
  });

  it('a file of models that is damaged is set aside, and those shipped are in force', async () => {
    const { learn } = open(
      () => cases(60),
      () => START + 60 * DAY_MS,
    );
    await learn.train();
    writeFileSync(join(folder, 'models.bin'), 'nonsense');
    const again = ModelShelf.open(folder, (line) => lines.push(line));
    expect(again.inForce().every(({ version }) => version === 1)).toBe(true);
    expect(lines.at(-1)).toContain('set aside');
  });
});

describe('what people and the record say', () => {
  const [example] = cases(1);
  const word = {
    ...{ id: 'x', subject: 'site-0', mode: 'battery' as const, model: 'first-passage@1', told: true },
    counts: true,
  };
  const first = { expectedAt: 0, earliestAt: 0, latestAt: 0, probability: 0.6 };
  const settled = { ...word, first, saidAt: START + HOUR_MS, settledAt: START + DAY_MS };

  it('counts more than the readings: the newest word of the record, and above it what somebody found', () => {
    const cameOf = (...args: Parameters<typeof labelled>) => labelled(...args)[0]!.came;
    expect(cameOf([example!], [{ ...settled, outcome: 'false' }], [])).toBe(false);
    expect(cameOf([example!], [{ ...settled, outcome: 'withdrawn' }], [])).toBe(true);
    const at = START + 2 * HOUR_MS;
    expect(cameOf([example!], [{ ...settled, outcome: 'hit' }], [{ at, subjects: ['site-0'], mode: 'optics' }])).toBe(
      false,
    );
    expect(
      cameOf([example!], [{ ...settled, outcome: 'false' }], [{ at, subjects: ['site-0'], mode: 'battery' }]),
    ).toBe(true);
    expect(cameOf([example!], [], [{ at, subjects: ['site-1'], mode: null }])).toBe(true);
  });

  it('that nothing was found of a warning is no word about other signs of the same site', () => {
    const came = (foretold: 'battery' | 'cooling') =>
      labelled([example!], [], [{ at: START + 2 * HOUR_MS, subjects: ['site-0'], mode: null, foretold }])[0]!.came;
    expect([came('battery'), came('cooling')]).toEqual([false, true]);
  });
});

describe('sequences of alarms', () => {
  /** Door open alone means nothing; after it, fan stopped is followed by a fault six hours later. */
  const random = seededRandom(5);
  const alarms = Array.from({ length: 120 }, (_, i) => {
    const [at, siteId] = [START + i * 3 * DAY_MS, `site-${i % 9}`];
    const isPair = random() < 0.5;
    return [
      { at, siteId, condition: isPair ? 'FanStopped' : 'FilterOld' },
      { at: at + 2 * HOUR_MS, siteId, condition: 'DoorOpen' },
    ];
  });
  const faults = alarms
    .filter(([first]) => first!.condition === 'FanStopped')
    .map(([first]) => ({ at: first!.at + 8 * HOUR_MS, endedAt: first!.at + 10 * HOUR_MS, siteId: first!.siteId }));
  const followed = followedAlarms(alarms.flat(), faults, START + 400 * DAY_MS);

  it('are told apart by what came before, with the hours that are left', () => {
    const fitted = sequenceFit(followed);
    const after = (before: string) => followingOf(fitted, signsOf('DoorOpen', [before]));
    expect(after('FanStopped').probability).toBeGreaterThan(0.85);
    expect(Math.exp(after('FanStopped').lead!.middle)).toBeCloseTo(6, 0);
    expect(followingOf(fitted, ['FilterOld']).probability).toBeLessThan(0.15);
    expect(followingOf(fitted, ['NeverSeen']).probability).toBeCloseTo(fitted.base, 6);
  });

  it('alarms of a site that is broken already, or whose time is not up, count for nothing', () => {
    const broken = [{ at: START, endedAt: null, siteId: 'site-0' }];
    expect(
      followedAlarms([{ at: START + HOUR_MS, siteId: 'site-0', condition: 'X' }], broken, START + 9 * DAY_MS),
    ).toEqual([]);
    expect(followedAlarms([{ at: START, siteId: 'site-1', condition: 'X' }], [], START + DAY_MS)).toEqual([]);
  });

  it('alarms by the thousand from one site are looked at some dozen times each, and only the newest of a day stand before the next', () => {
    let looks = 0;
    const flood = Array.from({ length: 5_000 }, (_, n) => ({
      get at() {
        looks += 1;
        return START + n * 1000;
      },
      ...{ siteId: 'site-0', condition: `C${n % 50}` },
    }));
    const last = followedAlarms(flood, [], START + 400 * DAY_MS).at(-1)!;
    expect(last.signs).toHaveLength(1 + 16);
    expect(last.signs.slice(0, 2)).toEqual(['C49', 'C48 → C49']);
    expect(looks).toBeLessThan(60 * flood.length);
  });

  it('are a model like any other: compared on weeks held back, and in force when better', () => {
    const inForce = ModelShelf.open(folder, () => undefined).inForce();
    const { better } = train(
      {
        now: START + 400 * DAY_MS,
        examples: [],
        alarms: followed,
        inForce,
        learnedTo: [],
        next: inForce.map(({ mode }) => [mode, 2]),
      },
      () => undefined,
    );
    expect(better.map(({ mode, version }) => [mode, version])).toEqual([['other', 2]]);
  });
});
