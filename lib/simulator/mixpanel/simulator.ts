import { Clock } from "./clock";
import { Faults } from "./faults";
import { Ledger } from "./ledger";
import { RequestCounts } from "./request-counts";
import { type SeedOptions, seedWorld } from "./seed/world";
import type { World } from "./store";

/** Everything one simulator remembers. */
export class Simulator {
  readonly clock: Clock;
  readonly faults = new Faults();
  world: World;
  ledger = new Ledger();
  requests = new RequestCounts();
  /** Seeded dates count from here, also after a reset: the seed it goes back to is the one it began with. */
  private readonly epoch: number;

  constructor(private readonly options: SeedOptions & { now: number | null; latency: number }) {
    this.clock = new Clock(options.now);
    this.epoch = this.clock.now();
    this.world = seedWorld(options, this.epoch);
  }

  /** Milliseconds every answer is held back. */
  get latency(): number {
    return this.options.latency;
  }

  reset(): void {
    this.clock.reset();
    this.faults.clear();
    this.ledger = new Ledger();
    this.requests = new RequestCounts();
    this.world = seedWorld(this.options, this.epoch);
  }
}
