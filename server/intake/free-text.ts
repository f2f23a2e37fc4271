// Takes out of people's words what could tell who they are: their own id, and numbers as long as an id.

/** Seven digits or more, with at most two blanks, dashes, dots, brackets or invisible signs between two of them. */
const LONG_NUMBER = /\+?\p{Nd}(?:[\s\p{Pd}\p{Cf}.()/_]{0,2}\p{Nd}){6,}/gu;
/** A shorter id is also an ordinary number or word: it is taken out of texts where it stands alone, of names not at all. */
const SHORTEST_SURE_ID = 4;

/** `text` on one line, with `…` for the person's own `id` and for every long number. */
export function withoutIds(text: string, id: string): string {
  return withoutLongNumbers(withoutOwn(oneLine(text), id));
}

/** The same for the name of a tier, a plan or a category: `5` stays although a person is called 5. */
export function nameWithoutIds(name: string, id: string): string {
  const line = oneLine(name);
  return withoutLongNumbers(id.length >= SHORTEST_SURE_ID ? withoutOwn(line, id) : line);
}

/** Most names are plain letters that need nothing done to them, and there are millions. */
const oneLine = (text: string) =>
  /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFC').replaceAll(/\p{Cc}+/gu, ' ');
const withoutLongNumbers = (text: string) => (text.length < 7 ? text : text.replaceAll(LONG_NUMBER, '…')).trim();

/** Looks before it builds a pattern: a million rows name a plan, few their own id. */
function withoutOwn(text: string, id: string): string {
  return text.toLowerCase().includes(id.toLowerCase()) ? text.replaceAll(ownId(id), '…') : text;
}

function ownId(id: string): RegExp {
  const literal = id.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(id.length >= SHORTEST_SURE_ID ? literal : `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu');
}
