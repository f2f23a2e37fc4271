// `npm run score -- history`: the same weeks foretold by a network without history, with a month of it, and with a year, each after a training.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelShelf } from '../../../server/detect/learning/model-shelf.ts';
import { type FollowedAlarm, followedAlarms } from '../../../server/detect/learning/sequences.ts';
import { type Trained, train } from '../../../server/detect/learning/training.ts';
import type { Example, LearnedModel } from '../../../server/model/learning.ts';
import { scoreDailyOdds, skillOf } from '../daily-odds.ts';
import { brierOf, type Outcome, type PredictionTally, scorePrediction } from '../prediction-score.ts';
import { windowOf } from '../score-run.ts';
import { table } from '../tables.ts';
import { type KeptRun, keptRun } from './kept-run.ts';
import { newForeteller, replay } from './replay.ts';

const DAY_MS = 24 * 3_600_000;
/** Equipment that wears out, in a network where signs lead nowhere `falseAlarms` times as often as they lead to a fault. */
const RUN = { scenario: 'slow-failure', cells: 75, days: 56 };
/** One after another these are a year, lived by networks of the same kind; those that are scored are others. */
const PAST_SEEDS = [21, 22, 23, 24, 25, 26];
const SCORED_SEEDS = [27, 28, 29, 30];
const HISTORIES = { none: 0, 'a month': 30, 'a year': 365 };
/** A network that is kinder than its signs, and one as the shipped models expect it. */
const FALSE_ALARMS = [4, 1];

interface Past {
  examples: Example[];
  alarms: FollowedAlarm[];
  now: number;
}

/** A table for each network as soon as it is known: some minutes the first time; runs are kept in the folder. */
export async function* historyScore(
  say: (line: string) => void,
  folder = join(tmpdir(), 'cellstar-equipment'),
): AsyncGenerator<string> {
  for (const falseAlarms of FALSE_ALARMS) {
    const kept = async (seed: number) => {
      say(`signs that lead nowhere × ${falseAlarms}, seed ${seed} …`);
      return keptRun(folder, { ...RUN, seed, falseAlarms });
    };
    const past = pastOf(await inTurn(PAST_SEEDS, kept));
    const scored = await inTurn(SCORED_SEEDS, kept);
    const rows = Object.entries(HISTORIES).map(([name, days]) => {
      const { models, trained } = trainedOn(past, days);
      return { name, ...resultOf(scored, models), cases: casesIn(trained), better: trained.better.length };
    });
    yield `For each sign that leads to a fault ${falseAlarms} that lead${falseAlarms === 1 ? 's' : ''} nowhere:\n\n${table(rowsOf(rows))}\n`;
  }
}

async function inTurn<T>(seeds: readonly number[], make: (seed: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (const seed of seeds) all.push(await make(seed));
  return all;
}

/** Run after run, as if one network had lived them all. */
function pastOf(runs: readonly KeptRun[]): Past {
  const past: Past = { examples: [], alarms: [], now: 0 };
  for (const [i, run] of runs.entries()) {
    const later = i * RUN.days * DAY_MS;
    const foreteller = newForeteller(run);
    replay(run, undefined, foreteller);
    const examples = foreteller.examples().sort((a, b) => a.endedAt - b.endedAt);
    past.examples.push(...examples.map((one) => ({ ...one, since: one.since + later, endedAt: one.endedAt + later })));
    past.alarms.push(...alarmsOf(run).map((one) => ({ ...one, endedAt: one.endedAt + later })));
    past.now = run.truth.until + later;
  }
  return past;
}

function alarmsOf({ alarms, findings, cells, truth }: KeptRun): FollowedAlarm[] {
  const sites = new Map(cells.map(({ id, siteId }) => [id, siteId]));
  const broken = findings.filter(({ kind }) => kind === 'fault' || kind === 'silent');
  const faults = broken
    .filter(({ phase }) => phase === 'begins')
    .map(({ kind, subject, since, cells: own }) => {
      const end = broken.find(
        (one) => one.phase === 'ends' && one.kind === kind && one.subject.id === subject.id && one.at > since,
      );
      return { at: since, endedAt: end?.at ?? null, siteId: sites.get(own[0] ?? '') ?? subject.id };
    });
  const raised = alarms.filter(({ severity, at, raisedAt }) => severity !== 'cleared' && at === raisedAt);
  return followedAlarms(
    raised.map(({ at, condition, subject }) => ({ at, condition, siteId: subject.siteId })),
    faults,
    truth.until,
  );
}

/** By the newest days of the past, as a running server does. */
function trainedOn({ examples, alarms, now }: Past, days: number): { models: LearnedModel[]; trained: Trained } {
  const inForce = ModelShelf.shipped();
  const isOf = ({ endedAt }: { endedAt: number }) => endedAt > now - days * DAY_MS;
  const trained = train(
    {
      ...{ now, inForce, learnedTo: [], next: inForce.map(({ mode }): [LearnedModel['mode'], number] => [mode, 2]) },
      ...{ examples: examples.filter(isOf), alarms: alarms.filter(isOf) },
    },
    () => undefined,
  );
  const better = new Map(trained.better.map((model) => [model.mode, model]));
  return { models: inForce.map((model) => better.get(model.mode) ?? model), trained };
}

const casesIn = ({ comparisons }: Trained) =>
  comparisons.filter(({ mode }) => mode !== 'other').reduce((sum, { learned, held }) => sum + learned + held, 0);

function resultOf(runs: readonly KeptRun[], models: readonly LearnedModel[]) {
  const odds = { rows: 0, came: 0, squares: 0 };
  const tallies = runs.map((run): PredictionTally => {
    const foreteller = newForeteller(run);
    foreteller.adopt(models);
    const alerts = replay(run, undefined, foreteller);
    const own = scoreDailyOdds(run.truth, alerts, windowOf(run.truth));
    for (const key of ['rows', 'came', 'squares'] as const) odds[key] += own[key];
    return scorePrediction(run.truth, alerts, windowOf(run.truth));
  });
  const sum = (of: (tally: PredictionTally) => number) => tallies.reduce((total, one) => total + of(one), 0);
  const leads = tallies.flatMap(({ slowLeadHours }) => slowLeadHours).sort((a, b) => a - b);
  const outcomes = tallies.flatMap((one) => one.outcomes);
  return {
    ...{ events: sum((one) => one.foretellable), inTime: sum((one) => one.inGoodTime), outcomes, skill: skillOf(odds) },
    ...{
      lead: leads[leads.length >> 1],
      falseTold: sum((one) => one.falseSignsTold),
      falseSigns: sum((one) => one.falseSigns),
    },
  };
}

type Row = ReturnType<typeof resultOf> & { name: string; cases: number; better: number };

function rowsOf(rows: readonly Row[]): string[][] {
  const line = (title: string, of: (row: Row) => string) => [title, ...rows.map(of)];
  return [
    line('history', ({ name }) => name),
    line('cases, models replaced', ({ cases, better }) => `${cases}, ${better}`),
    line('foretold with the lead of its kind', ({ inTime, events }) => `${percent(inTime, events)} of ${events}`),
    line(
      'warnings that came true',
      ({ outcomes }) => `${percent(cameIn(outcomes), outcomes.length)} of ${outcomes.length}`,
    ),
    line('said, on average', ({ outcomes }) => percent(saidIn(outcomes), outcomes.length)),
    line('Brier score of warnings', ({ outcomes }) => brierOf(outcomes)?.toFixed(3) ?? '–'),
    line('median lead, slow kinds', ({ lead }) => (lead === undefined ? '–' : `${lead.toFixed(1)} h`)),
    line('skill day by day', ({ skill }) => skill?.toFixed(2) ?? '–'),
    line('false signs told', ({ falseTold, falseSigns }) => `${percent(falseTold, falseSigns)} of ${falseSigns}`),
  ];
}

const cameIn = (outcomes: readonly Outcome[]) => outcomes.filter(({ cameTrue }) => cameTrue).length;
const saidIn = (outcomes: readonly Outcome[]) => outcomes.reduce((sum, { probability }) => sum + probability, 0);
const percent = (part: number, all: number) => (all === 0 ? '–' : `${Math.round((100 * part) / all)} %`);
