// A sentence as a code and its values, as findings, alerts and predictions keep it.

/** A sentence as a code and its values; `words/` renders it. Journals keep this, never the sentence. */
export interface Said {
  code: string;
  values: Record<string, string | number>;
}
