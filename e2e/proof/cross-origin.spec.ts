import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test as base, expect } from "@/e2e/fixtures";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import { api } from "@/lib/paths/paths";

/** A second web server on this machine: `localhost` is the console's own site, 127.0.0.1 another one. */
const test = base.extend<object, { elsewhere: { sameSite: string; crossSite: string } }>({
  elsewhere: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its first argument
    async ({}, use) => {
      const server = createServer((request, response) => {
        const html = "<!doctype html><title>Another page</title><p>Nothing to see here.</p>";
        response.writeHead(200, { "content-type": "text/html" }).end(request.method === "GET" ? html : "");
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      await use({ sameSite: `http://localhost:${port}/`, crossSite: `http://127.0.0.1:${port}/` });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    { scope: "worker" },
  ],
});
test.use({ stackOptions: { accounts: 10, projects: 4 } });

type Target = { address: string; body: string; key: string };
const key = () => crypto.randomUUID();

/** Everything a page of another origin can try with a browser that is signed in. Runs inside that page. */
async function attack({ address, body, key }: Target): Promise<string[]> {
  const read: string[] = [];
  const json = { "content-type": "application/json", "idempotency-key": key };
  const inits: RequestInit[] = [
    { method: "POST", body, headers: json, credentials: "include" },
    { method: "POST", body, headers: json, credentials: "include", mode: "no-cors" },
    { method: "POST", body, credentials: "include", mode: "no-cors", headers: { "content-type": "text/plain" } },
    { method: "POST", body: new Blob([body], { type: "application/json" }), credentials: "include", mode: "no-cors" },
    { method: "POST", body: new URLSearchParams({ body }), credentials: "include", mode: "no-cors" },
    { method: "GET", credentials: "include" },
    { method: "GET", credentials: "include", mode: "no-cors" },
  ];
  for (const init of inits) {
    try {
      const answer = await fetch(address, init);
      if (answer.type !== "opaque") read.push(`${init.method}: ${answer.status} ${await answer.text()}`);
    } catch {
      // The browser kept the answer from the page, as it should.
    }
  }
  navigator.sendBeacon(address, new Blob([body], { type: "text/plain" }));
  navigator.sendBeacon(address, body);
  const submit = (encoding: string, name: string, value: string, owner: Document) => {
    const form = owner.createElement("form");
    Object.assign(form, { method: "post", action: address, enctype: encoding });
    const field = owner.createElement("input");
    Object.assign(field, { name, value });
    form.append(field);
    owner.body.append(form);
    form.submit();
  };
  for (const encoding of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    // As text/plain the field's name and value join to the very JSON that is wanted.
    if (frame.contentDocument) submit(encoding, `${body.slice(0, -1)},"x":"`, '"}', frame.contentDocument);
  }
  const sandboxed = document.createElement("iframe");
  sandboxed.setAttribute("sandbox", "allow-scripts allow-forms");
  sandboxed.srcdoc = `<form method="post" action="${address}" enctype="text/plain"><input name='${body}'></form><script>
    fetch(${JSON.stringify(address)}, { method: "POST", body: ${JSON.stringify(body)}, credentials: "include", mode: "no-cors" })
      .catch(() => {}).then(() => document.forms[0].submit());</script>`;
  document.body.append(sandboxed);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  return read;
}

test("A page on another origin changes and reads nothing in the name of whoever is signed in", async ({
  page,
  stack,
  organization,
  signInAs,
  elsewhere,
}) => {
  await signInAs(page, "manager", { anew: true });
  const body = JSON.stringify({ name: "from-elsewhere", expiresAt: expiryAfterDays(30, new Date()) });
  const address = `${stack.url}${api.serviceAccounts(organization.key)}`;
  const reached: string[] = [];
  page.on("request", (request) => {
    if (request.url() === address) reached.push(request.method());
  });
  for (const origin of [elsewhere.sameSite, elsewhere.crossSite]) {
    await page.goto(origin);
    expect(await page.evaluate(attack, { address, body, key: key() })).toEqual([]);
  }
  // The attempts left the browser; it is the console that refused them.
  expect(reached.filter((method) => method === "POST").length).toBeGreaterThan(12);
  expect(await stack.simulator.ledger()).toEqual([]);

  await page.goto(stack.url);
  const own = await page.evaluate(attack, { address, body, key: key() });
  expect(own.filter((line) => line.startsWith("POST: 201"))).toHaveLength(1);
  expect(await stack.simulator.ledger()).toHaveLength(1);
});

test("A page on another origin neither signs anybody in nor out", async ({ page, stack, signInAs, elsewhere }) => {
  await signInAs(page, "viewer", { anew: true });
  // On the same site the browser sends the session along; to another site it does not even do that.
  for (const path of ["/api/auth/signout", "/api/auth/signin/oidc"]) {
    await page.goto(elsewhere.sameSite);
    await page.evaluate(attack, { address: `${stack.url}${path}`, body: '{"csrfToken":"a"}', key: key() });
  }
  expect((await page.request.get(`${stack.url}${api.operator}`)).status()).toBe(200);

  // Somebody else's answer from the provider, without the flow that this browser began: no session comes of it.
  const before = await page.context().cookies(stack.url);
  await page.goto(`${stack.url}/api/auth/callback/oidc?code=stolen&state=stolen&iss=${stack.identityProvider.issuer}`);
  await expect(page).toHaveURL(/\/sign-in\?.*error=OAuthCallback/);
  const session = (cookies: typeof before) => cookies.find(({ name }) => name === "keywarden.session")?.value;
  expect(session(await page.context().cookies(stack.url))).toBe(session(before));
});

test("No page of the console can be put into a frame", async ({ page, stack, elsewhere }) => {
  await page.goto(elsewhere.sameSite);
  const refused = page.waitForEvent("console", (message) => /frame-ancestors|X-Frame-Options/i.test(message.text()));
  await page.evaluate((address) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(frame);
  }, `${stack.url}/sign-in`);
  await refused;
  const [, framed] = page.frames();
  expect(framed?.url()).not.toBe(`${stack.url}/sign-in`);
});
