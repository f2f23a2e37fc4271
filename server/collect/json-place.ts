// Where in a JSON text a mistake or a key stands, by line.

/** The first line with which the text can no longer become JSON, however it went on. */
export function lineOfBreak(text: string): number {
  const lines = text.split('\n');
  for (let count = 1; count < lines.length; count++) {
    const beginning = lines.slice(0, count).join('\n').trimEnd();
    if (!isOnlyCutOff(beginning)) return count;
  }
  return lines.length;
}

/** The complaint about a text that is only too short names its very end, or no place at all. */
function isOnlyCutOff(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = / position (\d+)/.exec(message)?.[1];
    return position === undefined ? /end of JSON/.test(message) : Number(position) >= beginning.length;
  }
}

/** Line of the first mention of a key, 1 when it is not there. */
export function lineOf(text: string, key: string): number {
  const at = text.indexOf(JSON.stringify(key));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
