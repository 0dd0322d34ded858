import { expect, it } from "vitest";
import { escapeHtml } from "./escape-html";

it("lets no text be read as markup, and nothing be read twice", () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe(
    "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;",
  );
});
