/** What the bot counts and measures, as Prometheus reads it. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Delivery, EditionId } from '../model/delivery.ts';
import type { SourceNow } from '../model/source-day.ts';

export interface Metrics {
  /** An attempt at an edition came to this. */
  settled(edition: EditionId, delivery: Delivery): void;
  /** A command was answered. */
  took(command: string, seconds: number): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  contentType: string;
}

/** A database that is away takes its own numbers with it, and not those of the process, which are wanted most then. */
export function createMetrics(house: {
  editions: { counts(): Promise<Partial<Record<Delivery['state'], number>>> };
  /** Papers that can be searched. */
  papers(): number;
  sources(): Promise<readonly SourceNow[]>;
  now(): Date;
}): Metrics {
  const registers = [new Registry()] as const;
  const [registry] = registers;
  collectDefaultMetrics({ register: registry });
  const lag = new Histogram({
    name: 'paperboy_delivery_lag_seconds',
    help: 'From the slot of an edition to the end of its last message.',
    buckets: [1, 5, 15, 30, 60, 120, 300, 900, 3_600, 21_600, 86_400],
    registers: [...registers],
  });
  const attempts = new Counter({
    name: 'paperboy_delivery_attempts_total',
    help: 'Attempts at editions, by what became of them.',
    labelNames: ['state', 'reason'],
    registers: [...registers],
  });
  const retries = new Counter({
    name: 'paperboy_delivery_retries_total',
    help: 'Attempts that failed and are made again, by reason.',
    labelNames: ['reason'],
    registers: [...registers],
  });
  const latency = new Histogram({
    name: 'paperboy_command_seconds',
    help: 'From a command to its reply.',
    labelNames: ['command'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers: [...registers],
  });
  new Gauge({
    name: 'paperboy_editions',
    help: 'Editions in the ledger, by state.',
    labelNames: ['state'],
    registers: [...registers],
    async collect() {
      this.reset();
      for (const [state, n] of Object.entries(await house.editions.counts().catch(() => ({}))))
        this.set({ state }, n);
    },
  });
  new Gauge({
    name: 'paperboy_catalogue_papers',
    help: 'Papers that can be searched.',
    registers: [...registers],
    collect() {
      this.set(house.papers());
    },
  });
  new Gauge({
    name: 'paperboy_source_state',
    help: '1 for the state in which the newest day of each source is.',
    labelNames: ['source', 'state'],
    registers: [...registers],
    async collect() {
      this.reset();
      for (const { name, days } of await house.sources().catch(() => []))
        this.set({ source: name, state: days.at(-1)?.state ?? 'not asked yet' }, 1);
    },
  });
  return {
    settled({ slot }, delivery) {
      const { state } = delivery;
      // Why a day was empty is a sentence of its own, too many different ones for a label.
      const reason = 'reason' in delivery && state !== 'empty' ? (delivery.reason ?? '') : '';
      attempts.inc({ state, reason });
      if (state === 'failed') retries.inc({ reason });
      if (state === 'sent') lag.observe((house.now().getTime() - Date.parse(slot)) / 1_000);
    },
    took: (command, seconds) => latency.observe({ command }, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
