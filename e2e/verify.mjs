import { requireNodeVersion } from "../lib/simulator/demo/node-version.mjs";

requireNodeVersion();
if (process.env.npm_lifecycle_event) await import("../lib/simulator/demo/leave-with-parent.mjs");
const { runVerification } = await import("./run-verification.mjs");
await runVerification();
