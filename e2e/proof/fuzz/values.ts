import fc from "fast-check";

/** What has broken programs before: markup, templates, SQL, paths, encodings, prototypes, numbers at their limits. */
export const hostileTexts = [
  "",
  "\0",
  "\u202e\u2066abc",
  "\ud800",
  "<script>alert(1)</script>",
  "\"'><img src=x onerror=alert(1)>",
  "{{7*7}}#{7*7}<%= 7 %>",
  "' or 1=1 --",
  "%' escape '",
  "__proto__",
  "constructor",
  "toString",
  "../../../../etc/passwd",
  "..%2f..%2f.env",
  "%00",
  "%zz",
  "//evil.example",
  "\\\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "http://169.254.169.254/latest/meta-data/",
  "a\r\nset-cookie: a=b",
  "=cmd|' /C calc'!A0",
  "NaN",
  "-0",
  "1e309",
  "9007199254740993",
  "99999999999999999999999999",
  "null",
  "undefined",
  "[object Object]",
  "0000-00-00T00:00:00Z",
  "2026-02-30",
  "+275760-09-13T00:00:00.001Z",
  "x".repeat(5_000),
];

export const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 200 }) },
);

const nested = fc.integer({ min: 10, max: 2_000 }).map((depth) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
});

export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: -5, max: 400 }), { maxLength: 300 }) },
  { weight: 1, arbitrary: nested },
);

const encode = (character: string) => {
  try {
    return encodeURIComponent(character);
  } catch {
    return "%ED%A0%80";
  }
};

/** A part of an address: properly encoded, or as raw as a request line can carry it. */
export const inAddress = fc.oneof(
  text.map((value) => [...value].map(encode).join("")),
  text.map((value) =>
    [...value].map((character) => (/[\x21-\x7e]/.test(character) ? character : encode(character))).join(""),
  ),
);

/** A header's value, of the bytes that HTTP allows in one. */
export const headerValue = text.map((value) => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?").slice(0, 2_000));
