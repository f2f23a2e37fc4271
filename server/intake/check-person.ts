// Checks one record about a person, of each of the four kinds: what may be kept under the pseudonym, or the reason why not.

import {
  type Complaint,
  type Exposure,
  type PeopleKind,
  SURVEY_SCALES,
  type Subscriber,
  type Survey,
  type SurveyScale,
} from '../model/person.ts';
import {
  cellOf,
  dayOf,
  firstRefusal,
  monthOf,
  nameOf,
  numberOf,
  type PersonContext,
  type PersonRefusal,
  type Raw,
  refusal,
  textOf,
  timeOf,
  wholeOf,
  yesOrNo,
} from './person-values.ts';

/** A record as its sender wrote it, with the id as text and its pseudonym beside it. */
export interface Named {
  raw: Raw;
  id: string;
  pseudonym: string;
}

export interface PersonChecks extends PersonContext {
  /** Id of the cell with this id or alias, where the inventory knows it. */
  cellIdOf(name: string): string | undefined;
  /** A text was cut to the length that is kept. */
  cut(): void;
}

type Check<T> = (named: Named, checks: PersonChecks) => T | PersonRefusal;

const LONGEST_ID = 100;
/** In any currency. */
const MONEY = [0, 1e9] as const;
/** Minutes of the longest month. */
const MINUTES = [0, 44_640] as const;
const CALLS = [0, 1e6] as const;
/** A hundred years. */
const TENURE_MONTHS = [0, 1200] as const;
const DATA_GB = [0, 100_000] as const;
/** Contracts are older than the data that we judge. */
const OLDEST_CONTRACT = Date.UTC(1980, 0, 1);

/** The operator's id as text, from text or number alike. */
export function rawIdOf(raw: Raw): string | PersonRefusal {
  const value = raw.subscriber;
  if (value === undefined) {
    return refusal('subscriber', 'missing-field', 'is missing: give the id that your own systems use');
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    return refusal('subscriber', 'wrong-type', 'is a number that loses digits on its way: give it as text');
  }
  const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (id === '' || id.length > LONGEST_ID || /\p{Cc}/u.test(id)) {
    return refusal('subscriber', 'wrong-type', `must be text of 1 to ${LONGEST_ID} characters`);
  }
  if (/^\d([.,]\d+)?E\+\d+$/i.test(id)) {
    const rule = 'was shortened by a spreadsheet (1.23E+10), so that many people share it: format the column as text';
    return refusal('subscriber', 'wrong-type', rule);
  }
  return id;
}

const subscriber: Check<Subscriber> = ({ raw, id, pseudonym }, checks) => {
  const person = {
    subscriber: pseudonym,
    tier: nameOf(raw, 'tier', id),
    plan: nameOf(raw, 'plan', id),
    price: numberOf(raw, 'price', MONEY),
    tenureMonths: numberOf(raw, 'tenureMonths', TENURE_MONTHS),
    monthlySpend: numberOf(raw, 'monthlySpend', MONEY),
    minutes: numberOf(raw, 'minutes', MINUTES, ' a month'),
    dataGb: numberOf(raw, 'dataGb', DATA_GB),
    calls: numberOf(raw, 'calls', CALLS),
    droppedCalls: numberOf(raw, 'droppedCalls', CALLS),
    month: monthOf(raw, 'month', checks),
    activatedAt: timeOf(raw, 'activatedAt', checks, OLDEST_CONTRACT),
    left: yesOrNo(raw, 'left'),
  };
  const wrong = firstRefusal(person);
  if (wrong) return wrong;
  const { calls, droppedCalls } = person;
  if (typeof calls === 'number' && typeof droppedCalls === 'number' && droppedCalls > calls) {
    return refusal('droppedCalls', 'out-of-range', 'is more than calls: check what the two columns count');
  }
  return present<Subscriber>(person);
};

const exposure: Check<Exposure> = ({ raw, id, pseudonym }, checks) => {
  const cell = cellOf(raw, id, checks.cellIdOf);
  if (cell === undefined) return refusal('cell', 'missing-field', 'is missing: give the id of the cell');
  const found = {
    subscriber: pseudonym,
    cell,
    share: shareOf(raw),
    day: dayOf(raw, 'day', checks),
    hour: wholeOf(raw, 'hour', [0, 23]),
    service: nameOf(raw, 'service', id),
  };
  return firstRefusal(found) ?? present<Exposure>(found);
};

/** Absent: all of it. */
function shareOf(raw: Raw): number | PersonRefusal {
  if (typeof raw.share === 'string' && raw.share.includes('%')) {
    return refusal('share', 'not-a-number', 'is written in percent: give a part of 1 (0.4 for 40 %)');
  }
  const share = numberOf(raw, 'share', [0, 100]) ?? 1;
  if (typeof share === 'number' && share > 1) {
    return refusal('share', 'out-of-range', 'is more than 1 and seems to be in percent: divide by 100 (0.4 for 40 %)');
  }
  return typeof share === 'number' ? share : { ...share, detail: '"share" must be a number from 0 to 1' };
}

const complaint: Check<Complaint> = ({ raw, id, pseudonym }, checks) => {
  const at = timeOf(raw, 'at', checks);
  if (at === undefined) return missingTime('the complaint was made');
  const found = {
    subscriber: pseudonym,
    at,
    category: nameOf(raw, 'category', id),
    text: textOf(raw, 'text', id, checks.cut),
    cell: cellOf(raw, id, checks.cellIdOf),
    ...placeOf(raw),
    answeredAt: timeOf(raw, 'answeredAt', checks),
  };
  const wrong = firstRefusal(found);
  if (wrong) return wrong;
  if (typeof at === 'number' && typeof found.answeredAt === 'number' && found.answeredAt < at) {
    return refusal('answeredAt', 'out-of-range', 'lies before the complaint itself');
  }
  return present<Complaint>(found);
};

const survey: Check<Survey> = ({ raw, id, pseudonym }, checks) => {
  const at = timeOf(raw, 'at', checks);
  if (at === undefined) return missingTime('the answer was given');
  const found = {
    subscriber: pseudonym,
    at,
    ...scoreOf(raw),
    cell: cellOf(raw, id, checks.cellIdOf),
    ...placeOf(raw),
  };
  return firstRefusal(found) ?? present<Survey>(found);
};

function missingTime(event: string): PersonRefusal {
  return refusal('at', 'missing-field', `is missing: say when ${event}, as ISO 8601 or epoch milliseconds`);
}

/** A score with its scale; without one, the scale is that which alone can hold the score. */
function scoreOf(
  raw: Raw,
): { score: number | PersonRefusal; scale: SurveyScale | PersonRefusal } | { score: PersonRefusal } {
  if (raw.score === undefined) return { score: NO_SCORE };
  const scale = scaleOf(raw);
  if (typeof scale === 'object') return { score: scale };
  const score = numberOf(raw, 'score', scale ? SURVEY_SCALES[scale] : SURVEY_SCALES.nps);
  if (typeof score !== 'number') return { score: score ?? NO_SCORE };
  if (scale === 'nps' && !Number.isInteger(score)) {
    return { score: refusal('score', 'not-a-number', 'is no whole number, as the scale nps has them') };
  }
  const fitting = scale ?? onlyScaleOf(score);
  return fitting
    ? { score, scale: fitting }
    : {
        score: refusal(
          'scale',
          'missing-field',
          'is missing, and the score fits both: give nps (0 to 10) or csat (1 to 5)',
        ),
      };
}

const NO_SCORE = refusal('score', 'missing-field', 'is missing: give the number that was answered');

function scaleOf(raw: Raw): SurveyScale | PersonRefusal | undefined {
  if (raw.scale === undefined) return undefined;
  const name = typeof raw.scale === 'string' ? raw.scale.trim().toLowerCase() : '';
  if (name === 'nps' || name === 'csat') return name;
  return refusal('scale', 'wrong-shape', 'is not known: give nps (0 to 10) or csat (1 to 5)');
}

/** Answers on the scale nps are whole numbers; means of csat need not be. */
function onlyScaleOf(score: number): SurveyScale | undefined {
  const fitsNps = Number.isInteger(score);
  const fitsCsat = score >= SURVEY_SCALES.csat[0] && score <= SURVEY_SCALES.csat[1];
  if (fitsNps === fitsCsat) return undefined;
  return fitsNps ? 'nps' : 'csat';
}

/** Both coordinates or none; 0,0 is what devices write that do not know where they are. */
function placeOf(raw: Raw): { lat?: number | PersonRefusal; lon?: number | PersonRefusal } {
  const lat = numberOf(raw, 'lat', [-90, 90]);
  const lon = numberOf(raw, 'lon', [-180, 180]);
  if ((lat === undefined) !== (lon === undefined)) {
    const field = lat === undefined ? 'lat' : 'lon';
    return { lat: refusal(field, 'missing-field', 'is missing beside the other coordinate: give both or none') };
  }
  if (lat === 0 && lon === 0) {
    return { lat: refusal('lat', 'out-of-range', 'and "lon" are both 0: leave them out when the place is not known') };
  }
  return { lat, lon };
}

/** Bytes count for a million people: what is not known takes none. */
function present<T>(fields: Record<string, unknown>): T {
  const known: Record<string, unknown> = {};
  for (const field in fields) if (fields[field] !== undefined) known[field] = fields[field];
  return known as T;
}

const CHECKS = { subscribers: subscriber, exposure, complaints: complaint, surveys: survey } as const;

export type CheckedPerson<K extends PeopleKind> = Exclude<ReturnType<(typeof CHECKS)[K]>, PersonRefusal>;

export function checkPerson<K extends PeopleKind>(
  kind: K,
  named: Named,
  checks: PersonChecks,
): CheckedPerson<K> | PersonRefusal {
  return CHECKS[kind](named, checks) as CheckedPerson<K> | PersonRefusal;
}
