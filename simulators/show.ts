// The course of a demo: inventory, people, four weeks of history at full speed, then live.

import { Alongside } from './alongside.ts';
import { DAY, type Era } from './era.ts';
import { type Happening, isFault } from './faults/happening.ts';
import { planHappenings } from './faults/plan.ts';
import { Network } from './network.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { Sender } from './sender.ts';
import { Alarms } from './senders/alarms.ts';
import { sensorsOf } from './sensors.ts';
import { answerKey } from './truth.ts';
import { buildCity, type City } from './world/city.ts';

/** Real networks deliver some time after a period has ended; this one is quick. */
const COLLECTION_DELAY_MS = 5_000;
/** Data time from one delivery of samples and voices to the next. */
const LIVE_EVERY_MS = 15 * 60_000;

/** What the show needs of the world. */
export interface Stage {
  sender: Pick<Sender, 'putInventory' | 'deliver' | 'postSamples' | 'postPeople' | 'newestAt'>;
  /** Wall time, epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** One line for people. */
  say(line: string): void;
  showProgress(progress: Progress): void;
  writeTruth(file: string, text: string): Promise<void>;
}

/** Runs until the signal behind `sleep` and `sender` ends it, or to the end of the history with `backfillOnly`. */
export async function runShow(options: Options, stage: Stage): Promise<void> {
  const city = buildCity(options.seed, options.sites);
  await stage.sender.putInventory(city.cells.map(({ cell }) => cell));
  const known = await stage.sender.newestAt();
  const era = chooseEra(options, stage.now(), known);
  const plan = planHappenings(options.seed, city, era);
  if (options.truth) await stage.writeTruth(options.truth, answerKey(options.seed, city, era, plan));
  const { send: forms, elementsAFile } = options;
  const alarms = options.events
    ? new Alarms(options.seed, city, sensorsOf(options.seed, city), era.periodSeconds)
    : undefined;
  const network = new Network(options.seed, city, plan, era, { forms, elementsAFile, alarms });
  if (known !== null) network.skip(Math.min(known, era.liveFrom));
  const alongside = new Alongside(options, city, plan, era, known ?? era.from, stage);
  await alongside.introduce();
  await backfill(network, alongside, era, stage);
  if (options.backfillOnly) return;
  announce(options, city, era, plan, stage);
  await goLive(network, alongside, options, stage);
}

/**
 * History ends, and live begins, `behindHours` before the clock, or where a server that was here before knows more:
 * then only what it lacks is sent.
 */
export function chooseEra(options: Options, now: number, known: number | null): Era {
  const { periodSeconds } = options;
  const floor = (time: number) => Math.floor(time / (1000 * periodSeconds)) * 1000 * periodSeconds;
  const behind = floor(now - 3_600_000 * options.behindHours);
  const liveFrom = known === null ? behind : Math.min(Math.max(behind, floor(known)), floor(now));
  return { from: floor(liveFrom - options.days * DAY), liveFrom, periodSeconds };
}

/** One request in flight, so that the server's order is the order of time; the next is made meanwhile. */
async function backfill(network: Network, alongside: Alongside, { liveFrom }: Era, stage: Stage): Promise<void> {
  const from = network.at;
  const startedAt = stage.now();
  let readings = 0;
  let inFlight: Promise<void> = Promise.resolve();
  for (const { deliveries, rows, at } of network.batches(liveFrom)) {
    await inFlight;
    readings += rows;
    const sent = { at, from, until: liveFrom, readings };
    const send = async () => {
      for (const delivery of deliveries) await stage.sender.deliver(delivery);
      await alongside.upTo(at, at >= liveFrom ? 0 : DAY);
      stage.showProgress({ ...sent, ...alongside.sent, elapsedMs: stage.now() - startedAt });
    };
    inFlight = send();
    // Awaited in the next round; a failure before that must not count as unhandled.
    inFlight.catch(() => {});
  }
  await inFlight;
}

/** Behind the clock, one period every period/speed; with the clock, each period shortly after it has ended. Never ahead. */
async function goLive(
  network: Network,
  alongside: Alongside,
  { periodSeconds, speed }: Options,
  stage: Stage,
): Promise<void> {
  const periodMs = 1000 * periodSeconds;
  let isCatchingUp = true;
  let last = stage.now();
  for (;;) {
    const next = network.at + periodMs;
    const due = Math.max(next + COLLECTION_DELAY_MS, last + periodMs / speed);
    if (isCatchingUp && due === next + COLLECTION_DELAY_MS) {
      isCatchingUp = false;
      stage.say(`live: caught up with the clock; from now on one period every ${periodSeconds} s`);
    }
    await stage.sleep(Math.max(0, due - stage.now()));
    last = stage.now();
    for (const { deliveries } of network.batches(next)) {
      for (const delivery of deliveries) await stage.sender.deliver(delivery);
    }
    await alongside.upTo(next, LIVE_EVERY_MS);
  }
}

function announce(options: Options, city: City, era: Era, plan: readonly Happening[], stage: Stage): void {
  const { periodSeconds, speed } = options;
  const clock = (time: number) => `${new Date(time).toISOString().slice(11, 16)} UTC`;
  stage.say(`live from ${clock(era.liveFrom)}, ${speed} times as fast as life until it meets the clock`);
  for (const { kind, cells, onset } of plan
    .filter(isFault)
    .filter(({ onset }) => onset >= era.liveFrom)
    .slice(0, 2)) {
    const wait = Math.round((onset - era.liveFrom + 1000 * periodSeconds) / speed / 1000);
    const { cell, site } = city.cells[cells[0]!]!;
    const what = kind === 'interference' ? `interference on ${cell.name}` : `${city.sites[site]!.name} loses power`;
    stage.say(`  ${what} at ${clock(onset)}, to be seen in about ${wait} s`);
  }
}
