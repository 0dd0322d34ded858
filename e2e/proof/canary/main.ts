import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provideBuild, root } from "@/e2e/proof/provide-build";
import { type NamedSecret, secretsIn } from "@/e2e/proof/secrets/named-secrets";
import { filesIn, handedOver, searchFiles } from "@/e2e/proof/secrets/search-files";
import { signInByRequest } from "@/e2e/proof/sign-in-by-request";
import { type Stack, startStack } from "@/e2e/stack";
import { sendMessages, startPost } from "./messages";
import { Recording } from "./recorded-walk";
import { CONTROL_NAME, walk } from "./walk";

/** `npm run canary`: one line at the end; exit code 1 with every place in which a secret was found. */
async function main(): Promise<void> {
  await provideBuild();
  const began = new Date();
  const copies = mkdtempSync(join(tmpdir(), "keywarden-canary-"));
  const post = await startPost();
  const environment = {
    ...post.environment,
    KEYWARDEN_LOG_LEVEL: "trace",
    KEYWARDEN_AUDIT_COPY: join(copies, "audit-copy.ndjson"),
  };
  const stack = await startStack({ accounts: 20, projects: 6, organizations: 2, configured: 1, environment });
  try {
    const cookie = await signInByRequest(stack, stack.signInNameOf("administrator"));
    const recording = new Recording(stack.url);
    await walk(stack, recording, cookie);
    const made = await sendMessages(recording, cookie, stack.organizations[0]?.key ?? "", post);
    const secrets = [...(await stack.secrets()), ...made, { name: "session cookie", value: sessionOf(cookie) }];
    report(stack, recording, secrets, { began, copies, messages: post.texts() });
  } finally {
    await stack.stop();
    await post.stop();
    rmSync(copies, { recursive: true, force: true });
  }
}

const sessionOf = (cookie: string) => /keywarden\.session=([^;]+)/.exec(cookie)?.[1] ?? "";
type Where = { began: Date; copies: string; messages: string[] };

function report(stack: Stack, recording: Recording, secrets: NamedSecret[], { began, copies, messages }: Where): void {
  const build = join(root, ".next");
  const fixed = secrets.filter(({ name }) => !/issued|token|cookie/.test(name));
  const hits = [
    ...searchFiles(stack.folder, secrets, { except: handedOver }),
    ...searchFiles(copies, secrets),
    ...searchFiles(build, fixed, { except: /^cache\// }),
    ...searchFiles(build, secrets, { changedSince: began }),
  ].map(({ file, secret }) => `${file}: ${secret}`);
  hits.push(...recording.leaks(secrets));
  hits.push(...messages.flatMap((text) => secretsIn(text, secrets).map((name) => `a message: ${name}`)));

  // What must be found is found: the search reads the files that it says it reads.
  const sought = [{ name: "control", value: CONTROL_NAME }];
  const control = [...searchFiles(stack.folder, sought, { except: handedOver }), ...searchFiles(copies, sought)];
  const unseen = ["keywarden.sqlite", "audit-copy.ndjson"].filter(
    (name) => !control.some(({ file }) => file.includes(name)),
  );
  if (unseen.length > 0) throw new Error(`The search did not even find the control in ${unseen.join(" and ")}.`);
  if (!messages.some((text) => text.includes("service account"))) throw new Error("No message could be read.");
  const issued = secrets.filter(({ name }) => name === "issued secret").length;
  const searched = filesIn(stack.folder, { except: handedOver }).length + filesIn(build, { except: /^cache\// }).length;
  for (const hit of hits) console.log(hit);
  console.log(
    `canary: ${secrets.length} secrets (${issued} issued on the way), ${recording.answers.length} answers ` +
      `(${recording.handedOver()} hand a secret over), ${messages.length} messages, ${searched} files: ${hits.length} hits`,
  );
  if (hits.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
