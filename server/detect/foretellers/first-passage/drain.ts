// How long a site's battery carries it: what batteries usually do, and what this one has shown so far (Bayes' rule on a grid).

import { CUT_OFF_V, voltsAt } from './battery.ts';
import type { Course } from './passage.ts';

/** Hours that a battery carries its site: median and logarithmic spread; two of three carry one to four. *Default*, from practice. */
const USUAL_LIFE_HOURS = 2;
const LIFE_SPREAD = 0.7;
const SHORTEST_HOURS = 0.25;
const LONGEST_HOURS = 36;
/** From one life that is looked at to the next. */
const STEP = 1.035;
/** Volts of a full battery under the load of its site: 24 cells at 2.12 V, more with a lighter load or another chemistry. *Default.* */
const FULL_V = 50.8;
const FULL_SPREAD_V = 0.6;
/** What a reading of the voltage may err by, in volts, and the curve of a battery from that of others, in parts of its life. */
const READING_ERROR_V = 0.15;
const CURVE_ERROR = 0.05;
/** Beyond this part of its charge a battery is empty, and tells no more of when it came to that. */
const EMPTY = 0.98;
/** Readings are looked at from the first to the newest, so far apart, in parts of their number: what lies between says the same. */
const LOOKED_AT = [0, 0.25, 0.5, 0.75, 0.9, 1];

/** How far the voltage has gone from full (0) to where the radios are cut off (1), by the part of the life that is over (0…1). */
type Shape = (part: number) => number;
const lead: Shape = (part) => (FULL_V - voltsAt(part)) / (FULL_V - CUT_OFF_V);
const straight: Shape = (part) => part;
const holding =
  (held: number): Shape =>
  (part) =>
    Math.max(0, (part - held) / (1 - held));

/** Most are lead (see `battery.ts`); some fall straight, some (lithium) hold for a part of the way and fall then: how many each. */
const SHAPES: readonly (readonly [shape: Shape, share: number])[] = [
  [lead, 0.85],
  [straight, 0.06],
  [holding(0.5), 0.03],
  [holding(0.8), 0.03],
  [holding(0.95), 0.03],
];

/** Hours since mains failed by which a battery is empty in one, five and nine and a half of ten cases. */
export interface Drain {
  earliest: number;
  expected: number;
  latest: number;
}

/** One way in which a battery may go on, and how likely that is (up to a factor). */
interface Way {
  life: number;
  shape: Shape;
  fullVolts: number;
  weight: number;
}

/** By the used part of the charge (`usedPart`) at hours since mains failed; the load is there from the start, and stays. */
export function drainOf(course: Course): Drain {
  const ways = waysOf(course);
  const at = (part: number) => lifeAt(ways, part);
  return { earliest: at(0.1), expected: at(0.5), latest: at(0.95) };
}

/** The voltage at hours since mains failed, in one, five and nine of ten cases lower. */
export function voltageAhead(course: Course): (hour: number) => { low: number; mid: number; high: number } {
  const ways = waysOf(course);
  return (hour) => {
    const volts = ways
      .map((way) => ({ value: voltsOf(way, hour), weight: way.weight }))
      .sort((a, b) => a.value - b.value);
    return { low: quantile(volts, 0.1), mid: quantile(volts, 0.5), high: quantile(volts, 0.9) };
  };
}

/** Those that are not all but ruled out, by their lives. */
function waysOf({ hours, x }: Course): Way[] {
  const shown = hours.map((hour, i) => ({ hour, volts: voltsAt(x[i]!) })).filter((_, i) => x[i]! < EMPTY);
  const places = new Set(LOOKED_AT.map((part) => Math.round(part * (shown.length - 1))));
  const looked = shown.filter((_, i) => places.has(i));
  // It has lasted so long already.
  const lasted = shown.at(-1)?.hour ?? 0;
  const lives = Math.ceil(Math.log(Math.max(LONGEST_HOURS, 2 * lasted) / SHORTEST_HOURS) / Math.log(STEP)) + 1;
  const ways = Array.from({ length: lives }, (_, i) => SHORTEST_HOURS * STEP ** i)
    .filter((life) => life > lasted)
    .flatMap((life) => SHAPES.map(([shape, share]) => wayOf(life, shape, share, looked)));
  const most = Math.max(...ways.map(({ weight }) => weight));
  return ways.map((way) => ({ ...way, weight: Math.exp(way.weight - most) })).filter(({ weight }) => weight > 1e-6);
}

interface Shown {
  hour: number;
  volts: number;
}

/** Its weight still as a logarithm. */
function wayOf(life: number, shape: Shape, share: number, shown: readonly Shown[]): Way {
  const [first] = shown;
  const prior = Math.log(share) - 0.5 * (Math.log(life / USUAL_LIFE_HOURS) / LIFE_SPREAD) ** 2;
  const fullVolts = first ? fullVoltsOf(first.volts, shape(Math.min(1, first.hour / life))) : FULL_V;
  const way = { life, shape, fullVolts, weight: prior - 0.5 * ((fullVolts - FULL_V) / FULL_SPREAD_V) ** 2 };
  const fit = shown.reduce((sum, one) => sum + logFit(way, one), 0);
  return { ...way, weight: way.weight + fit };
}

/** The likeliest voltage of a full battery, given one reading at a depth and what is usual. */
function fullVoltsOf(volts: number, depth: number): number {
  const left = 1 - depth;
  const [usual, told] = [1 / FULL_SPREAD_V ** 2, left / READING_ERROR_V ** 2];
  return (FULL_V * usual + (volts - CUT_OFF_V * depth) * told) / (usual + left * told);
}

function voltsOf({ life, shape, fullVolts }: Way, hour: number): number {
  return fullVolts - (fullVolts - CUT_OFF_V) * shape(Math.min(1, hour / life));
}

function logFit(way: Way, { hour, volts }: Shown): number {
  const over = CURVE_ERROR * hour;
  const steep = (voltsOf(way, hour - over) - voltsOf(way, hour + over)) / 2;
  const error = Math.hypot(READING_ERROR_V, steep);
  return -0.5 * ((volts - voltsOf(way, hour)) / error) ** 2 - Math.log(error);
}

/** The life that so many are shorter than; each stands for those around it, half a step up and down. */
function lifeAt(ways: readonly Way[], part: number): number {
  const whole = ways.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  for (let from = 0; from < ways.length; ) {
    const { life } = ways[from]!;
    let [to, here] = [from, 0];
    for (; ways[to]?.life === life; to++) here += ways[to]!.weight;
    if (before + here >= part * whole) return life * STEP ** ((part * whole - before) / here - 0.5);
    before += here;
    from = to;
  }
  return ways.at(-1)!.life;
}

/** Of values in rising order. */
function quantile(values: readonly { value: number; weight: number }[], part: number): number {
  const whole = values.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  const found = values.find(({ weight }) => {
    sum += weight;
    return sum >= part * whole;
  });
  return (found ?? values.at(-1)!).value;
}
