// One run of the pretend network, in data time alone: what it sends goes to whoever listens, and its answer key is kept.

import type { Cell } from '../../server/model/cell.ts';
import { type Options, parseOptions } from '../../simulators/options.ts';
import { Sender } from '../../simulators/sender.ts';
import { runShow } from '../../simulators/show.ts';
import { readTruth, type Truth } from './truth.ts';

/** A Monday on which runs of scenarios without a date of their own end, however long ago that is. */
const NOW = Date.UTC(2026, 1, 9);

export interface RunOptions {
  seed: number;
  scenario: string;
  /** About so many: whole sites are built. */
  cells: number;
  days: number;
  /** Signs that lead nowhere, for each that does; as the scenario has it unless told. */
  falseAlarms?: number;
  /** Its equipment also tells its alarms, as VES events. */
  events?: boolean;
}

/** Who hears what is sent, beside the server. */
export interface Listener {
  /** The answer key and all cells as they are at first, before any reading. */
  begin(truth: Truth, cells: readonly Cell[]): void;
  readings(ndjson: Uint8Array): void;
  /** Alarms and signs of life, where the run has them. */
  events?(json: Uint8Array): void;
  /** The server has taken what was sent last. */
  delivered?(): Promise<void>;
}

/** Runs to the end; with a server's address, what is sent goes there as any sender would send it. The same options give the same bytes. */
export async function runPretendNetwork(run: RunOptions, listener: Listener, server?: string): Promise<void> {
  const sender = server === undefined ? undefined : new Sender({ server, say: () => {} });
  let [truth, placed]: [string, readonly Cell[]] = ['', []];
  await runShow(optionsOf(run), {
    sender: {
      putInventory: async (cells) => {
        placed = cells;
        await sender?.putInventory(cells);
      },
      putCalendar: async (csv) => sender?.putCalendar(csv),
      deliver: async (delivery) => {
        if (delivery.door === 'readings') {
          if (truth) listener.begin(readTruth(truth, placed), placed);
          truth = '';
          listener.readings(delivery.body);
        }
        if (delivery.door === 'events') listener.events?.(delivery.body);
        await sender?.deliver(delivery);
        if (sender) await listener.delivered?.();
      },
      postSamples: async () => {},
      postPeople: async () => {},
      newestAt: async () => null,
    },
    now: () => NOW,
    sleep: async () => {},
    say: () => {},
    showProgress: () => {},
    writeTruth: async (_, text) => {
      truth = text;
    },
  });
}

function optionsOf({ seed, scenario, cells, days, falseAlarms, events }: RunOptions): Options {
  const parsed = parseOptions([
    ...['--seed', `${seed}`, '--scenario', scenario, '--cells', `${cells}`, '--days', `${days}`],
    ...['--people', '0', '--samples', '0', '--send', 'ndjson', '--behind', '0', '--truth', 'kept', '--backfill-only'],
    ...(falseAlarms !== undefined ? ['--false-alarms', `${falseAlarms}`] : []),
    ...(events ? ['--events'] : []),
  ]);
  if (parsed.kind === 'options') return parsed.options;
  throw new RangeError(
    parsed.kind === 'problem' ? parsed.problem : 'the pretend network told something instead of running',
  );
}
