import { expect, it } from "vitest";
import { createBulkhead } from "./bulkhead";

it("runs eight at a time, and a write passes the queue of reads", async () => {
  const bulkhead = createBulkhead();
  const order: string[] = [];
  let running = 0;
  let peak = 0;
  const job = (name: string) => async () => {
    running += 1;
    peak = Math.max(peak, running);
    order.push(name);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  };
  const reads = Array.from({ length: 40 }, (_, index) => bulkhead("read", job(`read ${index}`)));
  await new Promise((resolve) => setTimeout(resolve, 1));
  await Promise.all([...reads, bulkhead("write", job("write"))]);
  expect(peak).toBe(8);
  expect(order).toHaveLength(41);
  expect(order.indexOf("write")).toBeLessThan(16);
});
