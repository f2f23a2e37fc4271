// What the page says around an explanation, English.

export const explainEn = {
  what: 'The explanation',
  cause: 'Likely cause',
  firstStep: 'First step',
  restsOn: (signs: string) => `Seen: ${signs}`,
  because: 'Because',
  becauseHint: 'share of the change',
  together: 'Moved together with',
  togetherHint: 'tie over the last days, no proof of a cause',
  fromTo: (from: string, to: string) => `${from} → ${to}`,
  alsoMoved: 'Also moved',
  onSome: (some: number, all: number) => `on ${some} of ${all} cells looked at; the one in the middle`,
  alsoMovedHint: 'outside its usual range in the same period',
  nothingMoved: 'Nothing else was outside its usual range.',
  up: 'above usual',
  down: 'below usual',
  alike: 'Like it before',
  alikeHint: 'how alike',
  noneAlike: 'No earlier alert is much like this one.',
  loading: 'Looking at what moved',
};
