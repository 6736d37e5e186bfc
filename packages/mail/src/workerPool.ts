import { Worker } from "node:worker_threads";
import type { ContentData } from "./content.ts";
import type { ReadAnswer, ReadRequest } from "./contentWorker.ts";
import type { MailLimits, Reading } from "./mail.ts";

export type ReadOutcome =
  | { readonly kind: "read"; readonly data: ContentData }
  | { readonly kind: "time" }
  | { readonly kind: "memory" }
  | { readonly kind: "failed"; readonly message: string };

interface Job {
  readonly bytes: Uint8Array;
  readonly reading: Reading;
  readonly settle: (outcome: ReadOutcome) => void;
}

/** Starting a thread on a busy machine is no fault of the mail. */
const startMilliseconds = 30_000;

/** What one mail makes is soon garbage: more room for it is memory, and no speed. */
const youngMegabytes = 8;

/** Threads that read mails, each one mail at a time. */
export class WorkerPool {
  readonly #size: number;
  readonly #limits: MailLimits;
  readonly #queue: Job[] = [];
  readonly #lanes = new Set<Lane>();
  #closed = false;

  constructor(size: number, limits: MailLimits) {
    this.#size = size;
    this.#limits = limits;
  }

  /** Always fulfilled; a thread that had to be ended is replaced when the next mail comes. */
  read(bytes: Uint8Array, reading: Reading): Promise<ReadOutcome> {
    if (this.#closed) {
      return Promise.resolve({ kind: "failed", message: "the mail reader is closed" });
    }
    return new Promise((settle) => {
      this.#queue.push({ bytes, reading, settle });
      this.#dispatch();
    });
  }

  /** Ends all threads; mails that are being read come out as failed. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) {
      job.settle({ kind: "failed", message: "the mail reader was closed" });
    }
    await Promise.all([...this.#lanes].map((lane) => lane.end()));
    this.#lanes.clear();
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      let lane = [...this.#lanes].find((one) => one.idle);
      if (lane === undefined) {
        if (this.#lanes.size >= this.#size) return;
        lane = new Lane(this.#limits);
        this.#lanes.add(lane);
      }
      const job = this.#queue.shift();
      if (job === undefined) return;
      void this.#run(lane, job);
    }
  }

  async #run(lane: Lane, job: Job): Promise<void> {
    const outcome = await lane.run(job.bytes, job.reading);
    if (!lane.alive) this.#lanes.delete(lane);
    job.settle(outcome);
    this.#dispatch();
  }
}

/** One thread. */
class Lane {
  readonly #limits: MailLimits;
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  #busy = false;
  #settle: ((outcome: ReadOutcome) => void) | undefined;
  alive = true;

  constructor(limits: MailLimits) {
    this.#limits = limits;
    const file = import.meta.url.endsWith(".ts") ? "./contentWorker.ts" : "./contentWorker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), {
      resourceLimits: {
        maxOldGenerationSizeMb: limits.megabytes,
        maxYoungGenerationSizeMb: youngMegabytes,
      },
    });
    this.#worker.unref();
    this.#ready = new Promise((resolve) => {
      this.#worker.on("message", (answer: ReadAnswer) => {
        if (answer.kind === "ready") resolve();
        else this.#finish(answer);
      });
    });
    this.#worker.on("error", (error: Error & { readonly code?: string }) => {
      this.alive = false;
      const memory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      this.#finish(memory ? { kind: "memory" } : { kind: "failed", message: error.message });
    });
    this.#worker.on("exit", () => {
      this.alive = false;
      this.#finish({ kind: "failed", message: "the reading thread ended" });
    });
  }

  get idle(): boolean {
    return this.alive && !this.#busy;
  }

  async run(bytes: Uint8Array, reading: Reading): Promise<ReadOutcome> {
    this.#busy = true;
    const done = new Promise<ReadOutcome>((settle) => {
      this.#settle = settle;
    });
    this.#worker.ref();
    let timer = this.#endAfter(startMilliseconds);
    const started = await Promise.race([this.#ready.then(() => true), done.then(() => false)]);
    clearTimeout(timer);
    if (started) {
      timer = this.#endAfter(this.#limits.milliseconds);
      const copy = new Uint8Array(bytes);
      const request: ReadRequest = { bytes: copy, reading, limits: this.#limits };
      this.#worker.postMessage(request, [copy.buffer]);
    }
    const outcome = await done;
    clearTimeout(timer);
    this.#worker.unref();
    this.#busy = false;
    return outcome;
  }

  async end(): Promise<void> {
    this.alive = false;
    await this.#worker.terminate();
  }

  #endAfter(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#finish({ kind: "time" });
      void this.end();
    }, milliseconds);
  }

  #finish(outcome: ReadOutcome): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(outcome);
  }
}
