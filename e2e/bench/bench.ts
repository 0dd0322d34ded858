import type { Figure } from "./figure";
import { benchListQuery } from "./list-query";
import { benchListRoute } from "./list-route";
import { benchSync } from "./sync";

/** Each prints figures as it has them; `npm run bench -- NAME` runs one. */
const benches: Record<string, () => AsyncIterable<Figure>> = {
  "list-query": benchListQuery,
  "list-route": benchListRoute,
  sync: benchSync,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}`);
  process.exit(1);
}
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  for await (const figure of bench()) console.log(JSON.stringify(figure));
}
