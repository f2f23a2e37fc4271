// The command line of the pretend network, checked: a wrong option is told in a sentence.

import { parseArgs } from 'node:util';
import { wishedScenario } from './scenario-options.ts';
import { listScenarios } from './scenarios/all.ts';
import type { NamedScenario } from './scenarios/named-scenario.ts';
import { READING_FORMS, type ReadingForm } from './senders/delivery.ts';
import { MAX_SITES } from './world/bay-city.ts';
import { MAX_CELLS } from './world/region.ts';
import type { Wish } from './world/world.ts';

/** They are held in memory, some kilobytes each. */
const MAX_PEOPLE = 200_000;
const MAX_SAMPLES_PER_DAY = 200_000;
const DEMO_SITES = 60;

export interface Options {
  server: string;
  seed: number;
  /** What happens, with all that was wished otherwise. */
  scenario: NamedScenario;
  /** Which network; a list of cells is still the name of its file. */
  world: Exclude<Wish, { kind: 'list' }> | { kind: 'file'; cellList: string };
  days: number;
  people: number;
  samplesPerDay: number;
  periodSeconds: number;
  /** Undefined: history as fast as it is taken, live at 60. */
  speed?: number;
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

export const USAGE = `A pretend network, of a coastal city or of any size, sent to a running server through its own doors.

  --server URL       where the server listens (http://localhost:8080)
  --seed N           another seed, another city and other faults (1)
  --scenario NAME    what happens (demo)
  --list             the scenarios by name
  --from DAY         first day of data, such as 2026-03-02; then there is no live (as the scenario has it; demo: live)
  --days N           days of history, 1 to 400 (as the scenario has it; demo: 28)
  --sites N          the city by the bay with so many sites, 1 to ${MAX_SITES} (demo: 60)
  --cells N          a region of so many cells, 3 to ${MAX_CELLS} (as the scenario has it)
  --cells FILE       the cells of a list with the columns of OpenCelliD
  --unannounced N    of faults that can announce themselves, the share that does not, 0 to 1 (0.4)
  --false-alarms N   precursors that lead nowhere, for each that does, 0 to 10 (1)
  --people N         people who live there, 0 to ${MAX_PEOPLE} (6000)
  --samples N        radio samples a day, 0 to ${MAX_SAMPLES_PER_DAY} (3900)
  --period SECONDS   granularity period, 60 to 3600 and a part of an hour (as the scenario has it; demo: 300)
  --behind HOURS     live begins this far behind the clock (6) …
  --speed N          … and catches up at this many times real time (60); with a first day: all is sent at this pace
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
  scenario: { type: 'string', default: 'demo' },
  list: { type: 'boolean', default: false },
  from: { type: 'string' },
  days: { type: 'string' },
  cells: { type: 'string' },
  sites: { type: 'string' },
  unannounced: { type: 'string' },
  'false-alarms': { type: 'string' },
  people: { type: 'string', default: '6000' },
  samples: { type: 'string', default: '3900' },
  period: { type: 'string' },
  behind: { type: 'string', default: '6' },
  speed: { type: 'string' },
  truth: { type: 'string' },
  token: { type: 'string' },
  send: { type: 'string', default: 'ndjson' },
  inbox: { type: 'string' },
  elements: { type: 'string', default: '20' },
  events: { type: 'boolean', default: false },
  'backfill-only': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The options, or a problem as a sentence, or a text that was asked for. */
export type Parsed =
  | { kind: 'options'; options: Options }
  | { kind: 'text'; text: string }
  | { kind: 'problem'; problem: string };

/** `argv` without the program's own name. */
export function parseOptions(argv: readonly string[]): Parsed {
  try {
    const { values } = parseArgs({ args: [...argv], options: SPEC, strict: true, allowPositionals: false });
    if (values.help) return { kind: 'text', text: USAGE };
    if (values.list) return { kind: 'text', text: listScenarios() };
    return { kind: 'options', options: check(values) };
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.message : String(error) };
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof SPEC }>>['values'];

function check(values: Values): Options {
  const scenario = scenarioOf(values);
  return {
    server: url(values.server),
    seed: number(values, 'seed', 0, 2 ** 31, true),
    scenario,
    world: worldOf(values, scenario),
    days: scenario.days,
    people: number(values, 'people', 0, MAX_PEOPLE, true),
    samplesPerDay: number(values, 'samples', 0, MAX_SAMPLES_PER_DAY, true),
    periodSeconds: scenario.periodSeconds,
    behindHours: number(values, 'behind', 0, 24, false),
    speed: wish(values, 'speed', 1, 1e6, false),
    truth: values.truth,
    token: values.token,
    backfillOnly: values['backfill-only'] || scenario.from !== undefined,
    send: forms(values.send),
    inbox: values.inbox,
    elementsAFile: number(values, 'elements', 1, 1000, true),
    events: values.events,
  };
}

function scenarioOf(values: Values): NamedScenario {
  const periodSeconds = wish(values, 'period', 60, 3600, true);
  if (periodSeconds !== undefined && 3600 % periodSeconds !== 0) {
    throw new RangeError(`--period ${values.period}: an hour must hold whole periods`);
  }
  return wishedScenario({
    ...{ scenario: values.scenario, from: values.from, periodSeconds },
    days: wish(values, 'days', 1, 400, false),
    withoutPrecursor: wish(values, 'unannounced', 0, 1, false),
    falsePrecursors: wish(values, 'false-alarms', 0, 10, false),
  });
}

function worldOf(values: Values, { name, cells }: NamedScenario): Options['world'] {
  if (values.sites !== undefined && values.cells !== undefined) {
    throw new RangeError('--sites and --cells: one or the other, the city or a region');
  }
  if (values.cells !== undefined && !/^[\d.+-]+$/.test(values.cells)) return { kind: 'file', cellList: values.cells };
  const isCity = values.sites !== undefined || (name === 'demo' && values.cells === undefined);
  if (isCity) return { kind: 'city', sites: wish(values, 'sites', 1, MAX_SITES, true) ?? DEMO_SITES };
  return { kind: 'region', cells: wish(values, 'cells', 3, MAX_CELLS, true) ?? cells };
}

type NumberOption =
  | 'seed'
  | 'days'
  | 'cells'
  | 'sites'
  | 'unannounced'
  | 'false-alarms'
  | 'people'
  | 'samples'
  | 'period'
  | 'behind'
  | 'speed'
  | 'elements';

/** Undefined where it is not on the command line. */
function wish(values: Values, name: NumberOption, low: number, high: number, isWhole: boolean): number | undefined {
  return values[name] === undefined ? undefined : number(values, name, low, high, isWhole);
}

function number(values: Values, name: NumberOption, low: number, high: number, isWhole: boolean): number {
  const text = (values[name] ?? '').trim();
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
