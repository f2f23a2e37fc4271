// The command line of the score, checked.

import { parseArgs } from 'node:util';
import { LEARNING_DAYS } from './score-run.ts';

export interface ScoreOptions {
  seeds: number[];
  scenario: string;
  cells: number;
  days: number;
  json: boolean;
  tune: boolean;
}

export const USAGE = `Scores of detection and prediction against the truth of a pretend network.

  --seeds A,B,…    (1001,1002,1003,1004,1005; with --tune 1,2,3,4,5)
  --scenario NAME  what goes wrong there (mixed)
  --cells N        about so many cells (150)
  --days N         of data; the first ${LEARNING_DAYS} are for learning (35)
  --json           figures as JSON
  --tune           instead: where the baselines' lines must stand to stay within their budget of false alerts
  --help           this text

causes [--seeds …]: instead, which causes our explanations tell, beside what really was behind the alerts.
`;

const TEST_SEEDS = '1001,1002,1003,1004,1005';
const TRAINING_SEEDS = '1,2,3,4,5';
/** Seeds from here on are no training seeds. */
const FIRST_TEST_SEED = 1000;

/** The options, or what is wrong with them as a sentence, or `help`. */
export function parseScoreOptions(argv: readonly string[]): ScoreOptions | string {
  try {
    return check(argv);
  } catch (error) {
    return (error as Error).message;
  }
}

function check(argv: readonly string[]): ScoreOptions | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ seeds: { type: 'string' }, scenario: { type: 'string', default: 'mixed' } },
      ...{ cells: { type: 'string', default: '150' }, days: { type: 'string', default: '35' } },
      ...{ json: { type: 'boolean', default: false }, tune: { type: 'boolean', default: false } },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const seeds = (values.seeds ?? (values.tune ? TRAINING_SEEDS : TEST_SEEDS)).split(',');
  const options = {
    ...{ scenario: values.scenario, json: values.json, tune: values.tune },
    seeds: seeds.map((seed) => whole('seeds', seed, 0, 2 ** 31)),
    cells: whole('cells', values.cells, 3, 10_000),
    days: whole('days', values.days, LEARNING_DAYS + 1, 400),
  };
  if (options.tune && options.seeds.some((seed) => seed >= FIRST_TEST_SEED)) {
    throw new RangeError(`--tune: seeds from ${FIRST_TEST_SEED} on are for the score alone`);
  }
  return options;
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`--${name} ${text}: must be a whole number from ${least} to ${most}`);
}
