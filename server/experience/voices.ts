// What people said lately, complaints or surveys: the newest few of each person; few people say anything, so a map holds them.

/** Of one person, and of all. */
const MOST_OF_ONE = 20;
export const MOST_VOICES = 1_000_000;

export class Voices<T extends { subscriber: string; at: number }> {
  private readonly byPerson = new Map<number, { mark: string; voice: T }[]>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The same time and mark again replaces. Beyond the maximum of all, new people are not taken. */
  put(person: number, voice: T, mark: string): void {
    const said = this.byPerson.get(person) ?? [];
    const same = said.findIndex((each) => each.voice.at === voice.at && each.mark === mark);
    if (same < 0 && this.count >= MOST_VOICES) return;
    if (same >= 0) said.splice(same, 1);
    else this.count++;
    said.push({ mark, voice });
    said.sort((a, b) => b.voice.at - a.voice.at || (a.mark < b.mark ? -1 : 1));
    while (said.length > MOST_OF_ONE) {
      said.pop();
      this.count--;
    }
    this.byPerson.set(person, said);
  }

  /** Of one person, newest first. */
  of(person: number): T[] {
    return this.byPerson.get(person)?.map(({ voice }) => voice) ?? [];
  }

  /** Who said anything. */
  people(): Iterable<number> {
    return this.byPerson.keys();
  }

  /** Of everybody, in no order. */
  *all(): Generator<T> {
    for (const said of this.byPerson.values()) for (const { voice } of said) yield voice;
  }
}
