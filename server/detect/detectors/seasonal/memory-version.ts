// What a memory that was made under other settings is still good for.

/** A profile goes on with the memory of those before that judge alike and remember less: by theirs, the fields they do not have. */
const CURRENT = 'seasonal@5';
const LACKS: Readonly<Record<string, readonly string[]>> = {
  'seasonal@3': ['ahead', 'accepted', 'offBefore'],
  'seasonal@4': ['offBefore'],
};

/** They say what is done with strengths, not how strengths come about. */
const OF_THE_LINE = ['alertsPerDay=', 'highestLine='];

/**
 * Levels, scales and what is under way mean the same under any settings of one profile: settings say how they are judged and how
 * fast they follow, not what they are. Another profile may keep other things. Versions as in `seasonal@5+bandSigmas=5`.
 */
export function understands(own: string, made: string): boolean {
  return profileOf(own) === profileOf(made);
}

/** Whether strengths under both came about alike, so that those counted under one tell of chance under the other. */
export function judgesAlike(own: string, made: string): boolean {
  return strengthsOf(own) === strengthsOf(made);
}

/** Fields of a series that a memory of this version does not have. */
export function lackedBy(made: string): readonly string[] {
  return LACKS[nameOf(made)] ?? [];
}

function profileOf(version: string): string {
  return nameOf(version) in LACKS ? CURRENT : nameOf(version);
}

function nameOf(version: string): string {
  return version.split('+')[0]!;
}

function strengthsOf(version: string): string {
  const settings = version.split('+').slice(1);
  const ofStrengths = settings.filter((part) => !OF_THE_LINE.some((name) => part.startsWith(name)));
  return [profileOf(version), ...ofStrengths].join('+');
}
