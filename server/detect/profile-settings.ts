// A detector's profile with other settings: each checked by name and range, the whole a version of its own.

/** What one setting may be. */
export interface SettingRange {
  standard: number;
  least: number;
  most: number;
  /** Whole numbers alone. */
  whole: boolean;
}

/** By the unit in which a setting's name ends. */
const BY_UNIT: readonly (readonly [unit: RegExp, range: Omit<SettingRange, 'standard'>])[] = [
  [/Share$/, { least: 0, most: 1, whole: false }],
  [/Periods$/, { least: 1, most: 255, whole: true }],
  [/Hours$/, { least: 0.25, most: 8784, whole: false }],
  [/Days$/, { least: 0.25, most: 366, whole: false }],
  [/Sigmas$/, { least: 0.5, most: 100, whole: false }],
];

/** Bounds on memory and not on judgement. */
const BOUND = /^most/;
/** Where the name tells no unit: from a tenth to ten times what ships. */
const FACTOR = 10;

/** The settings that may be changed; all others of the profile are no numbers, or bound its memory. */
export function settingRanges(profile: object): Map<string, SettingRange> {
  const numbers = Object.entries(profile).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && !BOUND.test(entry[0]),
  );
  return new Map(numbers.map(([name, standard]) => [name, { standard, ...rangeOf(name, standard) }]));
}

function rangeOf(name: string, standard: number): Omit<SettingRange, 'standard'> {
  const byUnit = BY_UNIT.find(([unit]) => unit.test(name))?.[1];
  if (byUnit) return byUnit;
  const ends = [standard / FACTOR, standard * FACTOR].sort((a, b) => a - b);
  return { least: ends[0]!, most: ends[1]!, whole: false };
}

/** The profile with these settings, its id telling them: `1+bandSigmas=5`; or what is wrong with one of them. */
export function withSettings<P extends { id: string }>(
  profile: P,
  settings: Readonly<Record<string, number>>,
): { profile: P } | { problem: string } {
  const ranges = settingRanges(profile);
  const names = Object.keys(settings).sort();
  for (const name of names) {
    const range = ranges.get(name);
    if (!range) return { problem: `"${name}" is no setting of the profile: ${[...ranges.keys()].join(', ')}` };
    const value = settings[name]!;
    const isIn = value >= range.least && value <= range.most && (!range.whole || Number.isInteger(value));
    const what = range.whole ? 'a whole number' : 'a number';
    if (!isIn) return { problem: `${name} is ${value}: give ${what} from ${range.least} to ${range.most}` };
  }
  if (names.length === 0) return { profile };
  const id = [profile.id, ...names.map((name) => `${name}=${settings[name]}`)].join('+');
  return { profile: { ...profile, ...settings, id } };
}
