// Cuts a piece of refused text to the length that a rejection keeps.

/** The most characters of an offending text that are kept, shown and logged. */
const MAX_CHARACTERS = 200;

export function excerpt(text: string): string {
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS - 1)}…`;
}

/** A value as JSON; what is nested too deep to be written is only named. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return '(nested too deep to be shown)';
  }
}
