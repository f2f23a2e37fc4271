// Who is scored: our server beside what common tools offer and beside chance, all on the same readings of one run.

import { earlierWeeks } from './baselines/earlier-weeks.ts';
import { rollingZScore } from './baselines/rolling-z-score.ts';
import { staticThresholds } from './baselines/static-thresholds.ts';
import { timeLeft } from './baselines/time-left.ts';
import { TUNED } from './baselines/tuned.ts';
import { oracle, random } from './oracle.ts';
import { type Listener, type RunOptions, runPretendNetwork } from './pretend-run.ts';
import { ReadingsTable } from './readings-table.ts';
import type { Told } from './scored-alert.ts';
import { ServerRun } from './server-run.ts';
import { alertsOf, USUAL_RULE } from './strength.ts';
import type { Truth } from './truth.ts';

export interface Played {
  truth: Truth;
  table: ReadingsTable;
  /** What our server told; absent where it was not asked. */
  ours?: Omit<Told, 'name'>;
}

/** Who plays beside the baselines: nobody, our server by its doors, or our server asked for the causes of its alerts too. */
type With = 'baselines' | 'server' | 'causes';

/** Runs the pretend network once; its readings go into a table and, if asked, to a server by its doors. */
export async function play(run: RunOptions, who: With): Promise<Played> {
  const server = who !== 'baselines' ? await ServerRun.start() : undefined;
  let begun: { truth: Truth; table: ReadingsTable } | undefined;
  const listener: Listener = {
    begin: (truth, cells) => {
      begun = { truth, table: new ReadingsTable(cells, truth.from, truth.until, truth.periodMs) };
    },
    readings: (ndjson) => begun!.table.addNdjson(ndjson),
    delivered: async () => server?.readVisits(),
  };
  try {
    await runPretendNetwork(run, listener, server?.url);
    begun!.table.derive();
    return { ...begun!, ours: await server?.finish(who === 'causes') };
  } finally {
    await server?.close();
  }
}

/** Ours, if it was asked, beside what common tools offer and beside chance and the truth. */
export function contenders(played: Played): Told[] {
  const { truth, table } = played;
  const baseline = (name: string, strengths: Float32Array, line: number): Told => ({
    name,
    alerts: alertsOf(table, strengths, { line, ...USUAL_RULE }),
  });
  const weeks = baseline('earlier weeks, linear time-left', earlierWeeks(table), TUNED.earlierWeeks);
  const common = [
    baseline('static thresholds', staticThresholds(table), TUNED.staticThresholds),
    { ...weeks, alerts: [...weeks.alerts, ...timeLeft(table, TUNED.timeLeftFit)] },
    baseline('rolling z-score', rollingZScore(table), TUNED.rollingZScore),
  ].map((told) => underFirstIds(told, truth));
  return [...oursOf(played), ...common, ...besideTruth(played)];
}

/** The same without common tools, which take their time. */
export const oursBesideChance = (played: Played): Told[] => [...oursOf(played), ...besideTruth(played)];

function oursOf({ truth, ours }: Played): Told[] {
  return ours ? [underFirstIds({ name: 'Cellstar', ...ours }, truth)] : [];
}

function besideTruth({ truth }: Played): Told[] {
  return [
    { name: 'random', alerts: random(truth, TUNED.randomRate) },
    { name: 'oracle', alerts: oracle(truth) },
  ];
}

/** The key goes by the first id of a cell that is renamed. */
function underFirstIds(told: Told, { renames }: Truth): Told {
  if (renames.size === 0) return told;
  const renamed = <T extends { cells: readonly string[] }>(one: T): T => ({
    ...one,
    cells: [...new Set(one.cells.map((id) => renames.get(id) ?? id))],
  });
  return { ...told, alerts: told.alerts.map(renamed), visits: told.visits?.map(renamed) };
}
