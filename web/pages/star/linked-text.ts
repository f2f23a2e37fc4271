// A sentence about cells, cut so that each name in it can be a link to its cell.

export interface Piece {
  text: string;
  /** Cell id, where the piece is the name of one. */
  cell?: string;
}

export interface NamedCell {
  id: string;
  name: string;
}

/** The sentence in pieces; cells whose name does not stand in it are told apart, to be linked after it. */
export function linkCells(text: string, cells: readonly NamedCell[]): { pieces: Piece[]; others: NamedCell[] } {
  let pieces: Piece[] = [{ text }];
  const others: NamedCell[] = [];
  // The longest first: `4-A` is a part of `4-A · 700` too.
  for (const cell of cells.toSorted((a, b) => b.name.length - a.name.length)) {
    const cut = pieces.flatMap((piece) => (piece.cell === undefined ? cutAt(piece.text, cell) : [piece]));
    if (cut.length === pieces.length) others.push(cell);
    pieces = cut;
  }
  return { pieces: pieces.filter((piece) => piece.text !== ''), others };
}

/** The text before, the name and the text after; the text alone where the name does not stand in it as a whole. */
function cutAt(text: string, { id, name }: NamedCell): Piece[] {
  if (name === '') return [{ text }];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (isWithin(text[at - 1], name[0]) || isWithin(text[end], name.at(-1))) continue;
    return [{ text: text.slice(0, at) }, { text: name, cell: id }, { text: text.slice(end) }];
  }
  return [{ text }];
}

/** `7-1` must not be found in `7-12`. */
function isWithin(neighbour: string | undefined, edge: string | undefined): boolean {
  return /[\p{Script=Latin}\d]/u.test(neighbour ?? '') && /[\p{Script=Latin}\d]/u.test(edge ?? '');
}
