// What a Content-Type says beside the type itself.

/** The encoding that it names, as it names it; undefined where it says nothing. */
export function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
}
