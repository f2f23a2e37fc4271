// What a memory that was made under other settings is still good for.

/** They say what is done with strengths, not how strengths come about. */
const OF_THE_LINE = ['alertsPerDay=', 'highestLine='];

/**
 * Levels, scales and what is under way mean the same under any settings of one profile: settings say how they are judged and how
 * fast they follow, not what they are. Another profile may keep other things. Versions as in `seasonal@3+bandSigmas=5`.
 */
export function understands(own: string, made: string): boolean {
  return own.split('+')[0] === made.split('+')[0];
}

/** Whether strengths under both came about alike, so that those counted under one tell of chance under the other. */
export function judgesAlike(own: string, made: string): boolean {
  return strengthsOf(own) === strengthsOf(made);
}

const strengthsOf = (version: string) =>
  version
    .split('+')
    .filter((part) => !OF_THE_LINE.some((name) => part.startsWith(name)))
    .join('+');
