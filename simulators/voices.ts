// What people say: complaints when they are hurt, in weak places and about bills, and answers to surveys, by what they felt.

import type { Era } from './era.ts';
import { Felt, type Hurt, type Served } from './felt.ts';
import type { Person } from './people.ts';
import { type Row, weakness } from './people-rows.ts';
import { Random } from './random.ts';
import type { Listener } from './senders/listener.ts';
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

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** For each person and day. */
const BILLING = 0.0003;
const SPEED = 0.0001;
/** For each person and day, where the level at home is as weak as can be. */
const COVERAGE = 0.007;
const NPS = 0.0018;
/** Of complaints, so many are followed by the question how it went. */
const ASKED = 0.35;
/** Of people who are wholly on a cell, so many complain for each hour in which it gives them nothing. */
const OF_HURT = 0.1;
/** Nobody complains of the network again so soon. */
const SAID_ENOUGH_MS = DAY;
/** From this pain on it is no longer slow but dead; below, some say so all the same. */
const DEAD = 0.97;
const CALLS_IT_DEAD = 0.15;
const UNANSWERED = 0.04;
const LATE = 0.12;

const TEXTS = {
  outage: ['no network at all', 'phone dead for hours, no calls', 'calls fail and nothing loads'],
  coverage: ['no signal indoors', 'one bar at home, calls drop', 'have to go outside to make a call'],
  speed: ['very slow in the evening', 'videos stop all the time'],
  billing: ['question about the bill', 'charged twice', 'plan change not booked'],
} as const;

/** Listens to the network as it goes, and holds what is said of it, also that which is said only some time later. */
export class Voices {
  complaints: Complaint[] = [];
  answers: Answer[] = [];
  readonly listener: Listener;
  readonly #seed: number;
  readonly #people: readonly Person[];
  readonly #weakest: readonly Person[];
  readonly #city: City;
  readonly #felt: Felt;
  readonly #lastSaid = new Map<Person, number>();
  /** People who will be asked this day, in the order of time. */
  #toAsk: { person: Person; at: number; mood: number }[] = [];
  #day: number;

  constructor(seed: number, people: readonly Person[], city: City, { from }: Pick<Era, 'from'>) {
    this.#seed = seed;
    this.#people = people;
    this.#weakest = people.filter(({ homeDbm }) => weakness(homeDbm) > 0.1);
    this.#city = city;
    const ids = city.cells.map(({ cell }) => cell.id);
    this.#felt = new Felt(
      people,
      ids,
      (hurt) => this.#whenHurt(hurt),
      (at) => this.#endPeriod(at),
    );
    this.listener = this.#felt;
    this.#day = Math.floor(from / DAY) - 1;
  }

  /** Drops what is wholly of before or at this time, epoch milliseconds: it has been passed on. */
  forget(until: number): void {
    this.complaints = this.complaints.filter(({ at, answeredAt = 0 }) => Math.max(at, answeredAt) > until);
    this.answers = this.answers.filter(({ at }) => at > until);
  }

  /** The more it hurts and the more of them there are, the more complain: some minutes to a day later. */
  #whenHurt({ cell, pain, hours, at, people }: Hurt): void {
    const random = new Random(this.#seed, `hurt:${cell}:${at}`);
    const using = people.reduce((sum, { share }) => sum + share, 0);
    for (let left = random.poisson(OF_HURT * pain * hours * using); left > 0; left--) {
      const person = drawn(people, using * random.uniform());
      const said = at + Math.round(Math.min(DAY, 0.1 * HOUR - HOUR * Math.log(1 - random.uniform())));
      if (said - (this.#lastSaid.get(person) ?? Number.NEGATIVE_INFINITY) < SAID_ENOUGH_MS) continue;
      this.#lastSaid.set(person, said);
      const category = pain < DEAD && random.uniform() >= CALLS_IT_DEAD ? 'speed' : 'outage';
      this.#hear(this.#complain(random, person, said, category, this.#city.cells[cell]!.cell.id));
    }
  }

  #endPeriod(at: number): void {
    while (this.#day < Math.floor((at - 1) / DAY)) this.#newDay(++this.#day);
    while (this.#toAsk.length > 0 && this.#toAsk[0]!.at <= at) {
      const { person, at: asked, mood } = this.#toAsk.shift()!;
      const score = 8.6 - 4.5 * weakness(person.homeDbm) - 2.5 * this.#felt.of(person, asked) + 1.9 * mood;
      this.answers.push({ person, at: asked, scale: 'nps', score: within(score, 0, 10) });
    }
  }

  /** What comes of no fault, and who will be asked today. */
  #newDay(day: number): void {
    if (this.#people.length === 0) return;
    const random = new Random(this.#seed, `day voices:${day}`);
    for (const [category, rate] of [
      ['billing', BILLING],
      ['speed', SPEED],
    ] as const) {
      for (let left = random.poisson(rate * this.#people.length); left > 0; left--) {
        this.#hear(this.#complain(random, this.#anyone(random), timeOf(random, day), category));
      }
    }
    for (const person of this.#weakest) {
      if (random.uniform() >= COVERAGE * weakness(person.homeDbm)) continue;
      const said = random.uniform() < 0.7 ? person.served[0]!.cell : undefined;
      this.#hear(this.#complain(random, person, timeOf(random, day), 'coverage', said));
    }
    const asked = random.poisson(NPS * this.#people.length);
    this.#toAsk.push(
      ...Array.from({ length: asked }, () => ({
        ...{ person: this.#anyone(random), at: timeOf(random, day), mood: random.normal() },
      })).sort((a, b) => a.at - b.at),
    );
  }

  #anyone(random: Random): Person {
    return this.#people[random.below(this.#people.length)]!;
  }

  /** Some are asked, a day after the answer, how it went; who waited long, or waits still, is content with little. */
  #hear(complaint: Complaint): void {
    this.complaints.push(complaint);
    const { person, at, answeredAt } = complaint;
    const random = new Random(this.#seed, `asked:${person.id}:${at}`);
    if (answeredAt === undefined || random.uniform() >= ASKED) return;
    const days = (answeredAt - at) / DAY;
    const hurt = weakness(person.homeDbm) + this.#felt.of(person, at);
    const score = 4.3 - 0.4 * days - 0.8 * hurt + 0.7 * random.normal();
    this.answers.push({ person, at: answeredAt + 20 * HOUR, scale: 'csat', score: within(score, 1, 5) });
  }

  #complain(random: Random, person: Person, at: number, category: Complaint['category'], cell?: string): Complaint {
    const texts = TEXTS[category];
    const wait = random.uniform();
    const hours =
      wait < UNANSWERED ? undefined : wait < UNANSWERED + LATE ? random.between(60, 140) : random.between(1, 30);
    const place =
      category === 'coverage' || category === 'outage' ? toDegrees(person.home, this.#city.origin) : undefined;
    const answeredAt = hours === undefined ? undefined : at + Math.round(hours * HOUR);
    return { person, at, category, text: texts[random.below(texts.length)]!, cell, place, answeredAt };
  }
}

/** The person at this place of all use of a cell. */
function drawn(people: readonly Served[], place: number): Person {
  let left = place;
  for (const { person, share } of people) {
    left -= share;
    if (left < 0) return person;
  }
  return people[people.length - 1]!.person;
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
