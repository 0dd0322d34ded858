import { type Figure, figure, timed } from "./figure";
import { startSignedInStack } from "./signed-in-stack";
import { syncOnce } from "./sync-once";

const rounds = 3;

/** A whole sync of 120 accounts in 24 projects at 100 ms per answer, beside the same reads one after another. */
export async function* benchSync(): AsyncIterable<Figure> {
  const signedIn = await startSignedInStack({ accounts: 120, projects: 24, latency: 100 });
  const { stack } = signedIn;
  try {
    await syncOnce(signedIn);
    const results: Figure[] = [];
    for (let index = 0; index < rounds; index += 1) {
      const together = await timed(() => syncOnce(signedIn));
      const oneByOne = await timed(() => readOneByOne(stack.organizations[0]));
      results.push(figure("sync: 120 accounts in 24 projects", together, oneByOne, rounds));
    }
    const [middle] = results.sort((a, b) => a.value - b.value).slice(Math.floor(rounds / 2));
    if (middle) yield middle;
  } finally {
    await stack.stop();
  }
}

type Organization = Awaited<ReturnType<typeof startSignedInStack>>["stack"]["organizations"][number];

async function readOneByOne(organization: Organization | undefined): Promise<void> {
  if (!organization) throw new Error("The simulator has no organization.");
  const { url, owner, organizationId } = organization;
  const authorization = `Basic ${Buffer.from(`${owner.username}:${owner.secret}`).toString("base64")}`;
  const read = async (path: string) => {
    const answer = await fetch(`${url}/api/app${path}`, { headers: { authorization } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
  };
  const me = await read("/me?include_workspace_users=false");
  await read(`/organizations/${organizationId}/service-accounts`);
  for (const id of Object.keys(me.results.projects)) await read(`/projects/${id}/service-accounts`);
}
