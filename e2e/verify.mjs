import { requireNodeVersion } from "../lib/simulator/demo/node-version.mjs";

requireNodeVersion();
const { runVerification } = await import("./run-verification.mjs");
await runVerification();
