// Takes a heading apart: its name, and what stands in brackets behind it, such as a unit.

export interface Heading {
  name: string;
  /** What the brackets hold; undefined without any. */
  note?: string;
}

const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '）': '（', '】': '【' };

/** `Drop rate (%)`, `DL throughput [kbit/s]`, `掉话率（%）`; line breaks inside a heading are spaces. */
export function readHeading(text: string): Heading {
  const heading = text.replaceAll(/\s+/g, ' ').trim();
  const open = BRACKETS[heading.at(-1) ?? ''];
  const at = open === undefined ? -1 : heading.lastIndexOf(open);
  if (at <= 0) return { name: heading };
  return { name: heading.slice(0, at).trim(), note: heading.slice(at + 1, -1).trim() };
}
