import { requireNodeVersion } from "./node-version.mjs";

requireNodeVersion();
const { runDemo } = await import("./run-demo.mjs");
await runDemo();
