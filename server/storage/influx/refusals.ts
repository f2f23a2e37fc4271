// What InfluxDB refuses: which answers are about lines, which about the request, and how many lines a partial write lost.

/** What the client's HTTP errors carry. */
interface HttpAnswer {
  statusCode: number;
  body?: string;
}

/** Characters of an answer or a line that are told; servers quote the whole line, and lines can be long. */
const MOST_TOLD_CHARACTERS = 600;

/**
 * Answers about lines name what stands in them. Others are about the request (`Please provide either orgID or org`, a proxy's
 * page) and say nothing against the lines, however often it is tried.
 */
const NAMES_LINES =
  /pars(e|ing)\b|\b(lines?|points?|fields?|tags?|measurements?|columns?|timestamps?|key length|key size)\b/i;

/** The server took the other lines of the write; some it would refuse for ever (too old for its retention, say). */
export function isPartial(error: unknown): error is HttpAnswer {
  return isAnswer(error, [400, 422]) && /partial write/.test(bodyOf(error));
}

/** The server took none of the write because of something in its lines. */
export function isAboutLines(error: unknown): error is HttpAnswer {
  return isAnswer(error, [400]) && NAMES_LINES.test(bodyOf(error));
}

/**
 * Lines that a partial write lost, at least one. 1.x and 2.x count what they dropped, but not what they could not parse:
 * of that they give a sentence a line. 3 lists the lines.
 */
export function lostLines(error: HttpAnswer): number {
  const body = bodyOf(error);
  const dropped = Number(/dropped=(\d+)/.exec(body)?.[1] ?? 0);
  const sentences = body.match(/unable to parse '|"line_number"/g)?.length ?? 0;
  return Math.max(1, dropped + sentences);
}

/** The head and the tail of a long text: what is wrong stands at either end. */
export function excerpt(text: string): string {
  if (text.length <= MOST_TOLD_CHARACTERS) return text;
  const half = MOST_TOLD_CHARACTERS / 2;
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}

/** What the server said; empty when it said nothing, or did not answer. */
export function bodyOf(error: unknown): string {
  return isHttpAnswer(error) ? (error.body ?? '').trim() : '';
}

function isAnswer(error: unknown, statusCodes: readonly number[]): error is HttpAnswer {
  return isHttpAnswer(error) && statusCodes.includes(error.statusCode);
}

function isHttpAnswer(error: unknown): error is HttpAnswer {
  return error instanceof Error && 'statusCode' in error;
}
