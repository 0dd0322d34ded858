import { requireNodeVersion } from "./node-version.mjs";

requireNodeVersion();
if (process.env.npm_lifecycle_event) await import("./leave-with-parent.mjs");
const { runDemo } = await import("./run-demo.mjs");
await runDemo();
