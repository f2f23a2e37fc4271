// Writes proposals into the deployment's file: new lines at the end of their section, all that stands there left as it is.

import type { CellProposal } from './proposals.ts';
import type { CounterProposal } from './vendor-counters.ts';

export interface Line {
  key: string;
  /** As YAML. */
  value: string;
  why: string;
  /** Written behind a `#`. */
  isGuess: boolean;
  /** What only one line may say. */
  claim?: string;
}

export function counterLine(
  sent: string,
  seen: string,
  { name, scale, confidence, why, vendor }: CounterProposal,
): Line {
  const value = scale === 1 ? scalar(name) : `{name: ${scalar(name)}, scale: ${scale}}`;
  const claim = `${vendor} ${name}`;
  return { key: sent, value, why: `${confidence}: ${why}; ${seen}`, isGuess: confidence === 'guess', claim };
}

export function cellLine(object: string, seen: string, { cell, confidence, why }: CellProposal): Line {
  return { key: object, value: scalar(cell), why: `${confidence}: ${why}; ${seen}`, isGuess: confidence === 'guess' };
}

/** The section is written in a way that no line can be put into. */
export class SectionError extends Error {}

/** Throws SectionError when a section of `text` is written on one line, in braces. */
export function withSection(text: string, section: string, proposed: readonly Line[]): string {
  // Guesses of an earlier run stand there already.
  const lines = proposed.filter(({ key }) => !text.includes(`${quoted(key)}: `));
  if (lines.length === 0) return text;
  const rows = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const head = rows.findIndex((row) => new RegExp(`^(['"]?)${section}\\1:`).test(row));
  if (head < 0) return `${[...rows, `${section}:`, ...lines.map((line) => written(line, '  '))].join('\n')}\n`;
  if (!/^[^:]*:\s*(?:#.*)?$/.test(rows[head]!)) {
    throw new SectionError(`line ${head + 1}: write the section ${section} with each entry on a line of its own`);
  }
  const end = endOfSection(rows, head);
  const indent =
    /^(\s+)[^\s#]/.exec(rows.slice(head + 1, end).find((row) => /^\s+[^\s#]/.test(row)) ?? '')?.[1] ?? '  ';
  return `${[...rows.slice(0, end), ...lines.map((line) => written(line, indent)), ...rows.slice(end)].join('\n')}\n`;
}

/** The place after the section's last entry: what follows it blank or as a comment at the margin belongs to the next. */
function endOfSection(rows: readonly string[], head: number): number {
  let end = head + 1;
  for (let i = head + 1; i < rows.length && /^(?:\s|#|$)/.test(rows[i]!); i++) if (/^\s+\S/.test(rows[i]!)) end = i + 1;
  return end;
}

function written({ key, value, why, isGuess }: Line, indent: string): string {
  const comment = why.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return `${indent}${isGuess ? '# ' : ''}${quoted(key)}: ${value} # ${comment}`;
}

/** Words that are no other thing to YAML than text. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z][\w.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|nan)$/i.test(text);
  return isPlain ? text : quoted(text);
}

function quoted(text: string): string {
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}
