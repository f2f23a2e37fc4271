// `npm run score [-- --help]`: our detector and its rivals on the same pretend networks, in one table; progress on stderr.

import { causeRows, scoreCauses } from './cause-score.ts';
import { contenders, oursBesideChance, play } from './contenders.ts';
import { historyScore } from './equipment/history.ts';
import { figuresOf, type SeedTally } from './figures.ts';
import { parseScoreOptions, type ScoreOptions, USAGE } from './score-options.ts';
import { LEARNING_DAYS, tallyOf } from './score-run.ts';
import { SERIES_USAGE, seriesScore } from './series/series-score.ts';
import { scoreTables, table } from './tables.ts';
import type { Ceiling } from './truth.ts';
import { tuning } from './tuning.ts';

/** 0 done, 2 wrong options. */
async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'series') return scoreSeries(argv.slice(1));
  if (argv[0] === 'history') {
    for await (const part of historyScore(console.error)) console.log(part);
    return 0;
  }
  const [what, ...others] = argv;
  const options = parseScoreOptions(what === 'causes' ? others : argv);
  if (typeof options === 'string') {
    console.error(options === 'help' ? `${USAGE}\n${SERIES_USAGE}` : `${options}\nAll options: --help`);
    return options === 'help' ? 0 : 2;
  }
  if (what === 'causes') console.log(await causes(options));
  else console.log(options.tune ? await tuning(options, console.error) : await score(options));
  return 0;
}

function scoreSeries(argv: string[]): number {
  try {
    console.log(seriesScore(argv, process.env.CELLSTAR_SAMPLES));
    return 0;
  } catch (error) {
    console.error(`${(error as Error).message}\n${SERIES_USAGE}`);
    return 2;
  }
}

/** Ours alone: no rival tells a cause. */
async function causes({ seeds, json, ...run }: ScoreOptions): Promise<string> {
  const tallies = [];
  for (const seed of seeds) {
    console.error(`seed ${seed} …`);
    const played = await play({ seed, ...run }, 'causes');
    tallies.push(scoreCauses(played.truth, oursBesideChance(played)[0]!));
  }
  return json ? JSON.stringify({ ...run, seeds, tallies }) : table(causeRows(tallies));
}

async function score({ seeds, json, ...run }: ScoreOptions): Promise<string> {
  const tallies = new Map<string, SeedTally[]>();
  const ceilings: Ceiling[] = [];
  for (const seed of seeds) {
    console.error(`seed ${seed} …`);
    const played = await play({ seed, ...run }, 'server');
    if (played.truth.ceiling) ceilings.push(played.truth.ceiling);
    for (const told of contenders(played)) {
      tallies.set(told.name, [...(tallies.get(told.name) ?? []), tallyOf(told, played.truth)]);
    }
  }
  const figures = [...tallies].map(([name, each]) => figuresOf(name, each));
  if (json) return JSON.stringify({ ...run, seeds, figures, ceilings });
  const heading = `${run.scenario}: about ${run.cells} cells, ${run.days} days, of which ${LEARNING_DAYS} to learn; seeds ${seeds.join(', ')}; ${figures[0]?.faults} faults.`;
  return `${heading}\n\n${scoreTables(figures, ceilings)}`;
}

process.exitCode = await main(process.argv.slice(2));
