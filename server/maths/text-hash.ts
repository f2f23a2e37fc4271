// A small stable number from a text, to deal texts out evenly.

/** FNV-1a over UTF-16 units, 32 bits (Fowler, Noll, Vo; IETF draft-eastlake-fnv). */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
