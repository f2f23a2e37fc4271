// One run of the pretend network, in data time alone: what it sends goes to whoever listens, and its answer key is kept.

import type { Cell } from '../../server/model/cell.ts';
import { type Options, parseOptions } from '../../simulators/options.ts';
import { runShow, type Stage } from '../../simulators/show.ts';
import { readTruth, type Truth } from './truth.ts';

const DAY = 24 * 3_600_000;
const PERIOD_SECONDS = 900;
/** Three sectors a site, and a carrier more on some. */
const CELLS_A_SITE = 3;
/** A Monday: all runs begin then, however long ago that is. */
const BEGINNING = Date.UTC(2026, 0, 5);

export interface RunOptions {
  seed: number;
  scenario?: string;
  /** About so many: whole sites are built. */
  cells: number;
  days: number;
}

export interface Span {
  from: number;
  until: number;
  periodMs: number;
}

/** Where deliveries go, in the order of time; the next one waits until this one is taken. */
export interface Receiver {
  /** All cells at first; later those that changed. */
  inventory(cells: readonly Cell[]): Promise<void>;
  readings(ndjson: Uint8Array): Promise<void>;
}

export function spanOf({ days }: RunOptions): Span {
  return { from: BEGINNING, until: BEGINNING + days * DAY, periodMs: 1000 * PERIOD_SECONDS };
}

/** Runs to the end; resolves with the answer key. The same options give the same bytes. */
export async function runPretendNetwork(run: RunOptions, receiver: Receiver): Promise<Truth> {
  const { until } = spanOf(run);
  let truth = '';
  let placed: readonly Cell[] = [];
  const stage: Stage = {
    sender: {
      putInventory: (cells) => {
        // Later ones tell of changes; the answer key goes by the first.
        if (placed.length === 0) placed = cells;
        return receiver.inventory(cells);
      },
      deliver: async ({ door, body }) => {
        if (door === 'readings') await receiver.readings(body);
      },
      postSamples: async () => {},
      postPeople: async () => {},
      newestAt: async () => null,
    },
    now: () => until,
    sleep: async () => {},
    say: () => {},
    showProgress: () => {},
    writeTruth: async (_, text) => {
      truth = text;
    },
  };
  await runShow(optionsOf(run), stage);
  return readTruth(truth, placed, until);
}

function optionsOf({ seed, scenario, cells, days }: RunOptions): Options {
  const parsed = parseOptions([
    ...['--seed', `${seed}`, '--sites', `${Math.max(1, Math.round(cells / CELLS_A_SITE))}`, '--days', `${days}`],
    ...['--period', `${PERIOD_SECONDS}`, '--behind', '0', '--people', '0', '--samples', '0', '--send', 'ndjson'],
    ...(scenario === undefined ? [] : ['--scenario', scenario]),
    ...['--truth', 'kept', '--backfill-only'],
  ]);
  if (parsed.kind === 'options') return parsed.options;
  throw new Error(parsed.kind === 'problem' ? parsed.problem : 'the pretend network gave help instead of a run');
}
