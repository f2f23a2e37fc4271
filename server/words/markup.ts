// Builds HTML from text: whatever is put in is text and is escaped, unless it is markup that was built here.

export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | readonly Part[];

/** A template: `html\`<b>${name}</b>\`` escapes the name. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const markup = texts.reduce((sum, text, i) => sum + text + (i < parts.length ? markupOf(parts[i]!) : ''), '');
  return { markup };
}

function markupOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}
