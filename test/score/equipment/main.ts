// `npx tsx test/score/equipment/main.ts [SCENARIO [SEEDS [FOLDER]]]`: what is foretold of equipment, mode by mode, from kept runs.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { USEFUL_LEAD } from '../../../simulators/ceiling.ts';
import { type OddsTally, scoreDailyOdds, skillOf } from '../daily-odds.ts';
import { oracle } from '../oracle.ts';
import { brierSkillOf, type Outcome, reliabilityOf, scorePrediction } from '../prediction-score.ts';
import { windowOf } from '../score-run.ts';
import { isForetellable, type Truth } from '../truth.ts';
import { scoreVisits, type VisitTally } from '../visit-score.ts';
import { keptRun } from './kept-run.ts';
import { type ModedAlert, replay } from './replay.ts';
import { visitsIn } from './visits.ts';

const RUNS: Record<string, { cells: number; days: number }> = {
  mixed: { cells: 300, days: 35 },
  'slow-failure': { cells: 300, days: 56 },
};
/** By the kind of fault that each foretells. */
const KINDS = {
  'power-loss': 'battery',
  'cooling-failure': 'cooling',
  'feeder-decay': 'feeder',
  'backhaul-degradation': 'optics',
  'clock-drift': 'clock',
  'intermittent-hardware': 'hardware',
} as const;

async function main([scenario = 'mixed', seeds = '11,12,13', folder = join(tmpdir(), 'cellstar-equipment')]: string[]) {
  const runs: { truth: Truth; alerts: ModedAlert[]; visits: VisitTally }[] = [];
  for (const seed of seeds.split(',').map(Number)) {
    console.error(`seed ${seed} …`);
    const run = await keptRun(folder, { scenario, seed, ...RUNS[scenario]! });
    const visits = scoreVisits(run.truth, await visitsIn(run), windowOf(run.truth));
    runs.push({ truth: run.truth, alerts: replay(run), visits });
  }
  console.log(`${scenario}, seeds ${seeds}`);
  for (const kind of Object.keys(KINDS)) console.log(lineOf(kind, runs));
  console.log(lineOf('all', runs));
  const [made, confirmed] = (['visits', 'confirmed'] as const).map((of) =>
    runs.reduce((sum, one) => sum + one.visits[of], 0),
  );
  console.log(`of the first ten visits of each day ${percent(confirmed!, made!)} of ${made} are confirmed`);
}

function lineOf(kind: string, runs: readonly { truth: Truth; alerts: ModedAlert[] }[]): string {
  const isAll = kind === 'all';
  const odds: OddsTally[] = [];
  const best: OddsTally[] = [];
  const tallies = runs.map(({ truth, alerts }) => {
    const own = alerts.filter(({ mode }) => isAll || mode === KINDS[kind as keyof typeof KINDS]);
    const isOwn = (one: { kind: string }) => isAll || one.kind === kind;
    const faults = truth.faults.filter(isOwn);
    const falsePrecursors = truth.falsePrecursors.filter(isOwn);
    odds.push(scoreDailyOdds({ ...truth, faults }, own, windowOf(truth)));
    best.push(scoreDailyOdds({ ...truth, faults }, oracle({ ...truth, faults }), windowOf(truth)));
    // What came true may be another fault; events are of the kind alone.
    const foretellable = { ...truth, faults: faults.filter(isForetellable), falsePrecursors };
    const events = scorePrediction(foretellable, own, windowOf(truth));
    return { events, made: scorePrediction(truth, own, windowOf(truth)) };
  });
  const sum = (of: (tally: (typeof tallies)[number]) => number) => tallies.reduce((total, one) => total + of(one), 0);
  const outcomes: Outcome[] = tallies.flatMap(({ made }) => made.outcomes);
  const leads = tallies.flatMap(({ events }) => events.leadHours).sort((a, b) => a - b);
  const [events, foretold, inTime] = [
    sum((t) => t.events.foretellable),
    sum((t) => t.events.foretold),
    sum((t) => t.events.inGoodTime),
  ];
  const [made, came] = [outcomes.length, outcomes.filter(({ cameTrue }) => cameTrue).length];
  const apart = tallies.flatMap((tally) => tally.events.signs);
  const bins = reliabilityOf(outcomes).map(
    (bin) => `${bin.said.toFixed(2)}→${bin.came.toFixed(2)}(${bin.predictions})`,
  );
  const inInterval = outcomes.filter((one) => one.inInterval).length;
  const signs = sum((t) => t.made.falseSigns);
  return [
    kind.padEnd(22),
    `signs ${events}: foretold ${percent(foretold, events)}, in time ${percent(inTime, events)} (least ${((USEFUL_LEAD as Record<string, number>)[kind] ?? 0) / 3_600_000} h), lead ${(leads[leads.length >> 1] ?? 0).toFixed(1)} h`,
    `made ${made}: true ${percent(came, made)}, within ${percent(inInterval, came)}`,
    `skill of warnings ${signed(brierSkillOf(outcomes))}, over all signs ${signed(brierSkillOf(apart))}, daily ${skill(odds)} of ${skill(best)}`,
    ...(isAll
      ? [
          `false signs told ${percent(
            sum((t) => t.made.falseSignsTold),
            signs,
          )} of ${signs}`,
        ]
      : []),
    bins.join(' '),
  ].join(' | ');
}

const percent = (part: number, all: number) => `${all === 0 ? '–' : Math.round((100 * part) / all)} %`;

const signed = (skill: number | null) => skill?.toFixed(2) ?? '–';

function skill(all: readonly OddsTally[]): string {
  const sum = (of: (one: OddsTally) => number) => all.reduce((total, one) => total + of(one), 0);
  return signed(skillOf({ rows: sum((o) => o.rows), came: sum((o) => o.came), squares: sum((o) => o.squares) }));
}

main(process.argv.slice(2));
