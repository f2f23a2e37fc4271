// The course of a run: inventory, calendar, people, history at full speed; in the demo live follows.

import type { Cell } from '../server/model/cell.ts';
import { Alongside } from './alongside.ts';
import { DAY, type Era } from './era.ts';
import { type Fault, type Happening, isFault } from './faults/happening.ts';
import { calendarOf, planHappenings } from './faults/plan.ts';
import { type Batch, Network } from './network.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import { Refused, type Sender } from './sender.ts';
import { Alarms } from './senders/alarms.ts';
import { Inventory } from './senders/inventory.ts';
import { sensorsOf } from './sensors.ts';
import { calendarCsv } from './traffic/calendar-csv.ts';
import { answerKey } from './truth.ts';
import type { City } from './world/city.ts';
import { buildWorld, type Wish } from './world/world.ts';

/** Real networks deliver some time after a period has ended; this one is quick. */
const COLLECTION_DELAY_MS = 5_000;
/** Data time from one delivery of samples and voices to the next. */
const LIVE_EVERY_MS = 15 * 60_000;
/** Live catches up with the clock at so many times real time, unless told. */
const LIVE_SPEED = 60;

/** What the show needs of the world. */
export interface Stage {
  sender: Pick<Sender, 'putInventory' | 'putCalendar' | 'deliver' | 'postSamples' | 'postPeople' | 'newestAt'>;
  /** Wall time, epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** One line for people. */
  say(line: string): void;
  showProgress(progress: Progress): void;
  writeTruth(file: string, text: string): Promise<void>;
  /** Asked for lists of cells only. */
  readText?(file: string): Promise<string>;
}

/** Runs until the signal behind `sleep` and `sender` ends it, or to the end of the history with `backfillOnly`. */
export async function runShow(options: Options, stage: Stage): Promise<void> {
  const { seed, scenario, send: forms, elementsAFile } = options;
  const city = buildWorld(seed, await wishOf(options, stage));
  const known = await stage.sender.newestAt();
  const era = chooseEra(options, stage.now(), known);
  const plan = planHappenings(seed, city, era, scenario);
  const calendar = calendarOf(scenario, era);
  const alarms = options.events ? new Alarms(seed, city, sensorsOf(seed, city), era.periodSeconds) : undefined;
  const { growthPerWeek } = scenario;
  const alongside = new Alongside(options, city, plan, era, known ?? era.from, stage);
  const listeners = options.people > 0 ? [alongside.listener] : [];
  const network = new Network(seed, city, plan, era, {
    ...{ forms, elementsAFile, alarms, calendar, growthPerWeek, listeners },
  });
  const { reception } = network;
  if (options.truth) await stage.writeTruth(options.truth, answerKey({ seed, scenario, city, era, plan, reception }));
  const inventory = new Inventory(city, plan);
  inventory.advance(known ?? era.from - 1);
  await describe(inventory.cells, calendarCsv(calendar.days, plan, city), stage);
  if (known !== null) network.skip(Math.min(known, era.liveFrom));
  await alongside.introduce();
  await backfill(network, alongside, era, options, stage);
  if (options.backfillOnly) return;
  announce(options, city, era, plan, stage);
  await goLive(network, alongside, options, stage);
}

async function wishOf({ world }: Options, stage: Stage): Promise<Wish> {
  return world.kind === 'file' ? { kind: 'list', text: (await stage.readText?.(world.cellList)) ?? '' } : world;
}

/** The cells, and the days that are special. A server without a door for these must find out itself. */
async function describe(cells: readonly Cell[], days: string | undefined, stage: Stage): Promise<void> {
  await stage.sender.putInventory(cells);
  if (days === undefined) return;
  await stage.sender.putCalendar(days).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    stage.say(`going on without the calendar: ${error.message}`);
  });
}

/**
 * A scenario with a first day begins there. Else history ends, and live begins, `behindHours` before the clock, or where a server that was here before knows more:
 * then only what it lacks is sent.
 */
export function chooseEra(options: Options, now: number, known: number | null): Era {
  const { periodSeconds, days, scenario } = options;
  if (scenario.from !== undefined) {
    const from = Date.parse(`${scenario.from}T00:00Z`);
    return {
      from,
      liveFrom: from + Math.floor((days * DAY) / (1000 * periodSeconds)) * 1000 * periodSeconds,
      periodSeconds,
    };
  }
  const floor = (time: number) => Math.floor(time / (1000 * periodSeconds)) * 1000 * periodSeconds;
  const behind = floor(now - 3_600_000 * options.behindHours);
  const liveFrom = known === null ? behind : Math.min(Math.max(behind, floor(known)), floor(now));
  return { from: floor(liveFrom - days * DAY), liveFrom, periodSeconds };
}

/**
 * As fast as it is taken; what has a first day also at a pace, if one is asked for. One request in flight, so that the
 * server's order is the order of time; the next is made meanwhile.
 */
async function backfill(
  network: Network,
  alongside: Alongside,
  { liveFrom, periodSeconds }: Era,
  { scenario, speed }: Options,
  stage: Stage,
): Promise<void> {
  const paceMs = scenario.from !== undefined && speed !== undefined ? (1000 * periodSeconds) / speed : 0;
  const from = network.at;
  const startedAt = stage.now();
  let readings = 0;
  let inFlight: Promise<void> = Promise.resolve();
  for (const { deliveries, rows, at } of batches(network, liveFrom, paceMs > 0 ? 1000 * periodSeconds : 0)) {
    await inFlight;
    if (paceMs > 0) await stage.sleep(paceMs);
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

/** As many periods to a batch as fit, or one by one. */
function* batches(network: Network, until: number, stepMs: number): Generator<Batch> {
  if (stepMs === 0) yield* network.batches(until);
  else while (network.at + stepMs <= until) yield* network.batches(network.at + stepMs);
}

/** Behind the clock, one period every period/speed; with the clock, each period shortly after it has ended. Never ahead. */
async function goLive(
  network: Network,
  alongside: Alongside,
  { periodSeconds, speed = LIVE_SPEED }: Options,
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

/** What a person who looks on will see first, and what is foretold before it comes. */
function announce(options: Options, city: City, era: Era, plan: readonly Happening[], stage: Stage): void {
  const { periodSeconds, speed = LIVE_SPEED } = options;
  const clock = (time: number) => `${new Date(time).toISOString().slice(11, 16)} UTC`;
  stage.say(`live from ${clock(era.liveFrom)}, ${speed} times as fast as life until it meets the clock`);
  const coming = plan.filter(isFault).filter(({ onset }) => onset >= era.liveFrom);
  coming.sort((a, b) => a.onset - b.onset);
  const unannounced = coming.filter(({ precursorFrom }) => precursorFrom === null).slice(0, 2);
  for (const fault of unannounced) {
    const wait = Math.round((fault.onset - era.liveFrom + 1000 * periodSeconds) / speed / 1000);
    stage.say(`  ${inWords(fault, city)} at ${clock(fault.onset)}, to be seen in about ${wait} s`);
  }
  for (const fault of coming.filter(({ precursorFrom }) => precursorFrom !== null)) {
    const days = Math.round((fault.onset - era.liveFrom) / DAY);
    const when = `${clock(fault.onset)}${days > 0 ? `, ${days === 1 ? 'a day' : `${days} days`} later` : ''}`;
    const page = fault.kind === 'congestion-growth' ? 'Capacity' : 'Foretold';
    stage.say(`  ${inWords(fault, city)} at ${when}: announces itself, to be seen under ${page}`);
  }
}

function inWords({ kind, cells }: Fault, city: City): string {
  const { cell, site } = city.cells[cells[0]!]!;
  const siteName = city.sites[site]!.name;
  if (kind === 'interference') return `interference on ${cell.name}`;
  if (kind === 'feeder-decay') return `the feeder of ${cell.name} breaks`;
  if (kind === 'congestion-growth') return `${cell.name} fills up`;
  if (kind === 'cooling-failure') return `${siteName} overheats`;
  return `${siteName} loses power`;
}
