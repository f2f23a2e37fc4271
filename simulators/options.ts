// The command line of the pretend network, checked: a wrong option is told in a sentence.

import { parseArgs } from 'node:util';
import { READING_FORMS, type ReadingForm } from './senders/delivery.ts';
import { MAX_SITES } from './world/city.ts';

/** They are held in memory, some kilobytes each. */
const MAX_PEOPLE = 200_000;
const MAX_SAMPLES_PER_DAY = 200_000;

export interface Options {
  server: string;
  seed: number;
  sites: number;
  days: number;
  people: number;
  samplesPerDay: number;
  periodSeconds: number;
  speed: number;
  behindHours: number;
  truth?: string;
  token?: string;
  backfillOnly: boolean;
  /** Forms in which readings are sent; sites take turns. */
  send: readonly ReadingForm[];
  /** Folder for PM files; without it they go in by HTTP. */
  inbox?: string;
  /** Elements to a PM file. */
  elementsAFile: number;
  /** Alarms and heartbeats are sent as VES events. */
  events: boolean;
}

export const USAGE = `A pretend network of a coastal city, sent to a running server through its own doors.

  --server URL       where the server listens (http://localhost:8080)
  --seed N           another seed, another city and other faults (1)
  --sites N          sites, 1 to ${MAX_SITES} (60); each has three sectors
  --days N           days of history, 1 to 400 (28)
  --people N         people who live there, 0 to ${MAX_PEOPLE} (6000)
  --samples N        radio samples a day, 0 to ${MAX_SAMPLES_PER_DAY} (3900)
  --period SECONDS   granularity period, 60 to 3600 and a part of an hour (300)
  --behind HOURS     live begins this far behind the clock (6) …
  --speed N          … and catches up at this many times real time (60)
  --truth FILE       writes the answer key: what goes wrong, where, from when to when
  --token TOKEN      sent as bearer token
  --send FORMS       forms of the readings, of ${READING_FORMS.join(', ')}, with commas between: sites take turns (ndjson)
  --inbox FOLDER     PM files are put there; without it they go in by HTTP
  --elements N       elements to a PM file, 1 to 1000 (20)
  --events           equipment also tells its alarms and that it lives, as VES events
  --backfill-only    ends where live would begin
  --help             this text
`;

const SPEC = {
  server: { type: 'string', default: 'http://localhost:8080' },
  seed: { type: 'string', default: '1' },
  sites: { type: 'string', default: '60' },
  days: { type: 'string', default: '28' },
  people: { type: 'string', default: '6000' },
  samples: { type: 'string', default: '3900' },
  period: { type: 'string', default: '300' },
  behind: { type: 'string', default: '6' },
  speed: { type: 'string', default: '60' },
  truth: { type: 'string' },
  token: { type: 'string' },
  send: { type: 'string', default: 'ndjson' },
  inbox: { type: 'string' },
  elements: { type: 'string', default: '20' },
  events: { type: 'boolean', default: false },
  'backfill-only': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The options, or a problem as a sentence, or the wish for help. */
export type Parsed = { kind: 'options'; options: Options } | { kind: 'help' } | { kind: 'problem'; problem: string };

/** `argv` without the program's own name. */
export function parseOptions(argv: readonly string[]): Parsed {
  try {
    const { values } = parseArgs({ args: [...argv], options: SPEC, strict: true, allowPositionals: false });
    if (values.help) return { kind: 'help' };
    return { kind: 'options', options: check(values) };
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.message : String(error) };
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof SPEC }>>['values'];

function check(values: Values): Options {
  const periodSeconds = number(values, 'period', 60, 3600, true);
  if (3600 % periodSeconds !== 0) throw new RangeError(`--period ${values.period}: an hour must hold whole periods`);
  return {
    server: url(values.server),
    seed: number(values, 'seed', 0, 2 ** 31, true),
    sites: number(values, 'sites', 1, MAX_SITES, true),
    days: number(values, 'days', 1, 400, false),
    people: number(values, 'people', 0, MAX_PEOPLE, true),
    samplesPerDay: number(values, 'samples', 0, MAX_SAMPLES_PER_DAY, true),
    periodSeconds,
    behindHours: number(values, 'behind', 0, 24, false),
    speed: number(values, 'speed', 1, 3600, false),
    truth: values.truth,
    token: values.token,
    backfillOnly: values['backfill-only'],
    send: forms(values.send),
    inbox: values.inbox,
    elementsAFile: number(values, 'elements', 1, 1000, true),
    events: values.events,
  };
}

type NumberOption = 'seed' | 'sites' | 'days' | 'people' | 'samples' | 'period' | 'behind' | 'speed' | 'elements';

function number(values: Values, name: NumberOption, low: number, high: number, isWhole: boolean): number {
  const text = values[name].trim();
  const value = Number(text);
  const isGood = text !== '' && value >= low && value <= high && (!isWhole || Number.isInteger(value));
  if (isGood) return value;
  throw new RangeError(`--${name} ${values[name]}: must be a ${isWhole ? 'whole ' : ''}number from ${low} to ${high}`);
}

function forms(text: string): ReadingForm[] {
  const asked = text.split(',').map((form) => form.trim());
  const known = READING_FORMS.filter((form) => asked.includes(form));
  if (known.length === asked.length) return known;
  throw new RangeError(`--send ${text}: must be some of ${READING_FORMS.join(', ')}, each once, with commas between`);
}

function url(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new RangeError(`--server ${text}: must be an address such as http://localhost:8080`);
}
