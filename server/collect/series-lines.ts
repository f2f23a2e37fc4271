// Cuts a long text into its lines while it arrives, in memory for one line.

/** No line of a series is nearly so long: what has no line break by then is no such file. */
const MOST_CHARACTERS = 1_048_576;

/** Yields batches of lines without their line breaks (LF, CRLF). Throws when a line never ends. */
export async function* seriesLines(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > MOST_CHARACTERS)
      throw new Error('no line break in a megabyte of text: this is no CSV of a series');
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  if (rest !== '') yield [withoutReturn(rest)];
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
