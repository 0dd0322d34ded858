import { api } from "@/lib/paths/paths";
import { compare, type Figure } from "./figure";
import { startSignedInStack } from "./signed-in-stack";
import { syncOnce } from "./sync-once";

/** A page of the list over HTTP at 10,000 accounts, beside the smallest answer the console gives. */
export async function* benchListRoute(): AsyncIterable<Figure> {
  const signedIn = await startSignedInStack({ accounts: 10_000, projects: 500 });
  const { stack, call } = signedIn;
  try {
    await syncOnce(signedIn);
    const get = (path: string) => async () => {
      const answer = await call(path);
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    };
    const list = api.serviceAccounts(stack.organizations[0]?.key ?? "");
    yield await compare("list-route: 50 rows of 10,000", 60, get(list), get("/api/health/live"));
  } finally {
    await stack.stop();
  }
}
