// What people say: complaints after faults, in weak places and about bills, and answers to surveys, by what they felt.

import type { Era } from './era.ts';
import { type Fault, type Happening, isFault } from './faults/happening.ts';
import type { Person } from './people.ts';
import { type Row, weakness } from './people-rows.ts';
import { Random } from './random.ts';
import type { City } from './world/city.ts';
import { toDegrees } from './world/places.ts';

export interface Complaint {
  person: Person;
  at: number;
  category: 'outage' | 'coverage' | 'speed' | 'billing';
  text: string;
  cell?: string;
  /** Where it happened, if it was said. */
  place?: { lat: number; lon: number };
  answeredAt?: number;
}

export interface Answer {
  person: Person;
  at: number;
  scale: 'nps' | 'csat';
  score: number;
}

export interface Voices {
  /** Each in the order of time. */
  complaints: Complaint[];
  answers: Answer[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIVE_DAYS = 30;
/** For each person and day. */
const BILLING = 0.0003;
const SPEED = 0.0001;
/** For each person and day, where the level at home is as weak as can be. */
const COVERAGE = 0.007;
const NPS = 0.0018;
/** Of complaints, so many are followed by the question how it went. */
const ASKED = 0.35;
/** Of people who are wholly on a cell that is off air for an hour and more, so many complain. */
const OF_HIT = 0.12;
const UNANSWERED = 0.04;
const LATE = 0.12;

const TEXTS = {
  outage: ['no network at all', 'phone dead for hours, no calls', 'calls fail and nothing loads'],
  coverage: ['no signal indoors', 'one bar at home, calls drop', 'have to go outside to make a call'],
  speed: ['very slow in the evening', 'videos stop all the time'],
  billing: ['question about the bill', 'charged twice', 'plan change not booked'],
} as const;

/** Everything that will be said from the first day to a month of live, drawn day by day and fault by fault. */
export function planVoices(
  seed: number,
  people: readonly Person[],
  city: City,
  plan: readonly Happening[],
  era: Era,
): Voices {
  const hits = plan
    .filter(isFault)
    .filter(({ hurtsFrom }) => hurtsFrom !== null)
    .map((event) => hitBy(event, people, city));
  const complaints = [...daily(seed, people, era), ...hits.flatMap((hit) => [...afterFault(seed, hit)])];
  const answers = [...askedAnyone(seed, people, hits, era), ...askedAfter(seed, complaints, hits)];
  const byTime = (a: { at: number }, b: { at: number }) => a.at - b.at;
  return { complaints: complaints.sort(byTime), answers: answers.sort(byTime) };
}

interface Hit {
  event: Fault;
  ids: string[];
  /** People on its cells with the part of their use that they lose. */
  felt: Map<Person, number>;
}

function hitBy(event: Fault, people: readonly Person[], city: City): Hit {
  const ids = event.cells.map((index) => city.cells[index]!.cell.id);
  const felt = new Map<Person, number>();
  for (const person of people) {
    const share = person.served.reduce((sum, { cell, share }) => sum + (ids.includes(cell) ? share : 0), 0);
    if (share > 0) felt.set(person, share * event.hurt);
  }
  return { event, ids, felt };
}

/** Some minutes to a day after the onset, most while it lasts. */
function* afterFault(seed: number, { event, ids, felt }: Hit): Generator<Complaint> {
  const random = new Random(seed, `fault voices:${ids[0]}:${event.onset}`);
  const hours = (event.repair - event.onset) / HOUR;
  for (const [person, share] of felt) {
    if (random.uniform() >= OF_HIT * share * Math.min(1.5, hours)) continue;
    const after = Math.min(DAY, 0.2 * HOUR + -0.6 * hours * HOUR * Math.log(1 - random.uniform()));
    const cell = person.served.find((one) => ids.includes(one.cell))!.cell;
    const category = event.hurt < 1 && random.uniform() < 0.5 ? 'speed' : 'outage';
    yield complain(random, person, event.onset + Math.round(after), category, cell);
  }
}

function* daily(seed: number, people: readonly Person[], era: Era): Generator<Complaint> {
  if (people.length === 0) return;
  const weakest = people.filter(({ homeDbm }) => weakness(homeDbm) > 0.1);
  for (const day of daysOf(era)) {
    const random = new Random(seed, `day voices:${day}`);
    for (const [category, rate] of [
      ['billing', BILLING],
      ['speed', SPEED],
    ] as const) {
      for (let left = random.poisson(rate * people.length); left > 0; left--) {
        yield complain(random, people[random.below(people.length)]!, timeOf(random, day), category);
      }
    }
    for (const person of weakest) {
      if (random.uniform() >= COVERAGE * weakness(person.homeDbm)) continue;
      const said = random.uniform() < 0.7 ? person.served[0]!.cell : undefined;
      yield complain(random, person, timeOf(random, day), 'coverage', said);
    }
  }
}

function complain(
  random: Random,
  person: Person,
  at: number,
  category: Complaint['category'],
  cell?: string,
): Complaint {
  const texts = TEXTS[category];
  const wait = random.uniform();
  const hours =
    wait < UNANSWERED ? undefined : wait < UNANSWERED + LATE ? random.between(60, 140) : random.between(1, 30);
  const place = category === 'coverage' || category === 'outage' ? toDegrees(person.home) : undefined;
  const answeredAt = hours === undefined ? undefined : at + Math.round(hours * HOUR);
  return { person, at, category, text: texts[random.below(texts.length)]!, cell, place, answeredAt };
}

function* askedAnyone(seed: number, people: readonly Person[], hits: readonly Hit[], era: Era): Generator<Answer> {
  if (people.length === 0) return;
  for (const day of daysOf(era)) {
    const random = new Random(seed, `surveys:${day}`);
    for (let left = random.poisson(NPS * people.length); left > 0; left--) {
      const person = people[random.below(people.length)]!;
      const at = timeOf(random, day);
      const score = 8.6 - 4.5 * weakness(person.homeDbm) - 2.5 * recentHurt(person, at, hits) + 1.9 * random.normal();
      yield { person, at, scale: 'nps', score: within(score, 0, 10) };
    }
  }
}

/** A day after the answer; who waited long, or waits still, is content with little. */
function* askedAfter(seed: number, complaints: readonly Complaint[], hits: readonly Hit[]): Generator<Answer> {
  for (const { person, at, answeredAt } of complaints) {
    const random = new Random(seed, `asked:${person.id}:${at}`);
    if (answeredAt === undefined || random.uniform() >= ASKED) continue;
    const days = (answeredAt - at) / DAY;
    const hurt = weakness(person.homeDbm) + recentHurt(person, at, hits);
    const score = 4.3 - 0.4 * days - 0.8 * hurt + 0.7 * random.normal();
    yield { person, at: answeredAt + 20 * HOUR, scale: 'csat', score: within(score, 1, 5) };
  }
}

/** What faults of the last week left: 0 … 1. */
function recentHurt(person: Person, at: number, hits: readonly Hit[]): number {
  let hurt = 0;
  for (const { event, felt } of hits) {
    if (event.onset > at || event.onset < at - 7 * DAY) continue;
    hurt += ((felt.get(person) ?? 0) * (Math.min(at, event.repair) - event.onset)) / (3 * HOUR);
  }
  return Math.min(1, hurt);
}

function* daysOf({ from, liveFrom }: Era): Generator<number> {
  for (let day = Math.floor(from / DAY); day <= Math.floor(liveFrom / DAY) + LIVE_DAYS; day++) yield day;
}

/** Some time of the waking day. */
function timeOf(random: Random, day: number): number {
  return day * DAY + Math.round(random.between(7.5, 22) * HOUR);
}

function within(score: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(score)));
}

/** Rows for the door; an answer that was not given by `now` is not known yet. */
export function complaintRow({ person, at, category, text, cell, place, answeredAt }: Complaint, now: number): Row {
  const answered = answeredAt !== undefined && answeredAt <= now ? iso(answeredAt) : undefined;
  return { subscriber: person.id, at: iso(at), category, text, cell, ...place, answered_at: answered };
}

export function answerRow({ person, at, scale, score }: Answer): Row {
  return { subscriber: person.id, at: iso(at), score, scale };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
