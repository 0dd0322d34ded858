const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export type Random = {
  /** A whole number from min to max, both included. */
  integer: (min: number, max: number) => number;
  pick: <T>(list: readonly [T, ...T[]]) => T;
  /** Up to `count` different members of the list, in its order. */
  sample: <T>(list: readonly T[], count: number) => T[];
  /** `length` characters of the alphabet, letters and digits when none is given. */
  text: (length: number, alphabet?: string) => string;
};

/** FNV-1a, finished so that labels differing in one character are far apart. */
function hash(label: string, start: number): number {
  let value = start;
  for (const character of label) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

/** A source of numbers decided by its label alone (small fast counter, 32 bits); never for real secrets. */
export function randomOf(label: string): Random {
  let [a, b, c, counter] = [hash(label, 0x811c9dc5), hash(label, 0x9e3779b9), hash(label, 0x85ebca6b), 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  for (let warm = 0; warm < 12; warm += 1) next();
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    integer,
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    sample: (list, count) => {
      const chosen = new Set<number>();
      const size = Math.min(count, list.length);
      if (size === list.length) return [...list];
      while (chosen.size < size) chosen.add(integer(0, list.length - 1));
      return list.filter((_, index) => chosen.has(index));
    },
    text: (length, alphabet = LETTERS_AND_DIGITS) =>
      Array.from({ length }, () => alphabet[integer(0, alphabet.length - 1)]).join(""),
  };
}

/** Rising ids with gaps, as they are where others take ids too. */
export function idSequence(label: string, start: number, gap: number): () => number {
  const random = randomOf(label);
  let last = start + random.integer(0, start / 10);
  return () => {
    last += random.integer(1, gap);
    return last;
  };
}
