// What a memory that was made under other settings is still good for.

/** A profile that keeps what the one before kept, judges it alike, and looks for something more. */
const GOES_ON: Readonly<Record<string, string>> = { 'seasonal@3': 'seasonal@4' };

/** They say what is done with strengths, not how strengths come about. */
const OF_THE_LINE = ['alertsPerDay=', 'highestLine='];

/**
 * Levels, scales and what is under way mean the same under any settings of one profile: settings say how they are judged and how
 * fast they follow, not what they are. Another profile may keep other things. Versions as in `seasonal@4+bandSigmas=5`.
 */
export function understands(own: string, made: string): boolean {
  return profileOf(own) === profileOf(made);
}

/** Whether strengths under both came about alike, so that those counted under one tell of chance under the other. */
export function judgesAlike(own: string, made: string): boolean {
  return strengthsOf(own) === strengthsOf(made);
}

function profileOf(version: string): string {
  const [profile = ''] = version.split('+');
  return GOES_ON[profile] ?? profile;
}

function strengthsOf(version: string): string {
  const settings = version.split('+').slice(1);
  const ofStrengths = settings.filter((part) => !OF_THE_LINE.some((name) => part.startsWith(name)));
  return [profileOf(version), ...ofStrengths].join('+');
}
