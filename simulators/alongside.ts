// What goes to the server beside the readings, never ahead of them: people at first, then samples, complaints, surveys and use.

import type { PeopleKind } from '../server/model/person.ts';
import type { Era } from './era.ts';
import type { Happening } from './faults/happening.ts';
import type { Options } from './options.ts';
import { buildPeople, type Person } from './people.ts';
import { bodies, exposureRows, monthRows, monthStart, profileRows, type Row } from './people-rows.ts';
import { Samples, samplesNdjson } from './samples.ts';
import { Refused, type Sender } from './sender.ts';
import type { Listener } from './senders/listener.ts';
import { answerRow, complaintRow, Voices } from './voices.ts';
import type { City } from './world/city.ts';

export interface Outlet {
  sender: Pick<Sender, 'postSamples' | 'postPeople'>;
  /** One line for people. */
  say(line: string): void;
}

export class Alongside {
  /** Counts of what the server has taken. */
  readonly sent = { samples: 0, voices: 0 };
  readonly #seed: number;
  readonly #liveFrom: number;
  readonly #outlet: Outlet;
  readonly #samples: Samples;
  readonly #people: Person[];
  readonly #voices: Voices;
  /** Doors that said no: the demo goes on without them. */
  readonly #closed = new Set<string>();
  #last: number;

  /** What lies after `from` (epoch milliseconds) is sent. */
  constructor(
    { seed, people, samplesPerDay }: Pick<Options, 'seed' | 'people' | 'samplesPerDay'>,
    city: City,
    plan: readonly Happening[],
    era: Era,
    from: number,
    outlet: Outlet,
  ) {
    this.#seed = seed;
    this.#liveFrom = era.liveFrom;
    this.#outlet = outlet;
    this.#last = from;
    this.#samples = new Samples(seed, city, plan, era, samplesPerDay, from);
    this.#people = buildPeople(seed, people, this.#samples.settlement, this.#samples.own);
    this.#voices = new Voices(seed, this.#people, city, era);
  }

  /** People, who live through what the network does. */
  get listener(): Listener {
    return this.#voices.listener;
  }

  /** Sends who lives here and which cells serve them. */
  async introduce(): Promise<void> {
    if (this.#people.length === 0) return;
    await this.#post('subscribers', profileRows(this.#seed, this.#people, this.#liveFrom));
    const rows = await this.#post('exposure', exposureRows(this.#people));
    const people = this.#people.length.toLocaleString('en-GB');
    this.#outlet.say(`people: ${people}, with ${rows.toLocaleString('en-GB')} cells that usually serve them`);
  }

  /** Sends what has come about up to `at`, data time, unless less than `every` milliseconds have passed since the last. */
  async upTo(at: number, every: number): Promise<void> {
    if (at <= this.#last || at - this.#last < every) return;
    const since = this.#last;
    this.#last = at;
    const isNew = (time: number | undefined) => time !== undefined && time > since && time <= at;
    const samples = this.#samples.take(at);
    if (samples.length > 0) {
      const isTaken = await this.#try('samples', () => this.#outlet.sender.postSamples(samplesNdjson(samples)));
      if (isTaken) this.sent.samples += samples.length;
    }
    // One that was answered since is sent again, with when.
    const complaints = this.#voices.complaints.filter((one) => isNew(one.at) || isNew(one.answeredAt));
    this.sent.voices += await this.#post(
      'complaints',
      complaints.filter((one) => one.at <= at).map((one) => complaintRow(one, at)),
    );
    this.sent.voices += await this.#post('surveys', this.#voices.answers.filter((one) => isNew(one.at)).map(answerRow));
    this.#voices.forget(at);
    const month = monthStart(at);
    if (month > monthStart(Math.max(since, this.#liveFrom))) {
      await this.#post('subscribers', monthRows(this.#seed, this.#people, monthStart(at, 1), this.#liveFrom));
    }
  }

  /** Number of rows that were taken. */
  async #post(kind: PeopleKind, rows: Iterable<Row>): Promise<number> {
    let taken = 0;
    for (const body of bodies(rows)) {
      if (await this.#try(kind, () => this.#outlet.sender.postPeople(kind, body.ndjson))) taken += body.rows;
    }
    return taken;
  }

  async #try(door: string, send: () => Promise<void>): Promise<boolean> {
    if (this.#closed.has(door)) return false;
    try {
      await send();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#closed.add(door);
      this.#outlet.say(`going on without ${door}: ${error.message}`);
      return false;
    }
  }
}
