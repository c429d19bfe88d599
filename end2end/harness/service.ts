import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";

/** How long a program may take to come up or go down, in milliseconds. */
const PATIENCE = 20_000;

/** A program that runs beside the tests, and everything it has printed. */
export class Service {
  /** What came on both streams, in the order in which it came. */
  output = "";
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private hasEnded = false;
  private listeners: (() => void)[] = [];

  constructor(
    private readonly name: string,
    program: string,
    args: string[],
    options: SpawnOptions = {},
  ) {
    // The standard input stays open: its end tells a helper that the tests are gone.
    this.child = spawn(program, args, { ...options, stdio: "pipe" });
    this.child.stdout?.on("data", (bytes: Buffer) => this.take(bytes.toString()));
    this.child.stderr?.on("data", (bytes: Buffer) => this.take(bytes.toString()));
    this.child.on("error", (error) => this.take(`${error.message}\n`));
    const end = () => this.child.kill("SIGKILL");
    process.once("exit", end);
    this.ended = new Promise((resolve) => {
      this.child.once("close", () => {
        this.hasEnded = true;
        process.removeListener("exit", end);
        this.wake();
        resolve();
      });
    });
  }

  /** Waits until the output matches, and answers the match. */
  async prints(pattern: RegExp): Promise<RegExpMatchArray> {
    const deadline = AbortSignal.timeout(PATIENCE);
    for (;;) {
      const match = this.output.match(pattern);
      if (match) {
        return match;
      }
      if (this.hasEnded || deadline.aborted) {
        throw new Error(`${this.name} ${this.hasEnded ? "ended" : "waited"} without printing ${pattern}:\n${this.output}`);
      }
      await this.news(deadline);
    }
  }

  /** Waits until an address answers with a success. */
  async answers(url: string): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!(await fetch(url).then((response) => response.ok, () => false))) {
      if (this.hasEnded || deadline < Date.now()) {
        throw new Error(`${this.name} does not answer on ${url}:\n${this.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Asks the program to end and waits until it has; one that does not listen is killed, and that is an error. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.hasEnded) {
      return;
    }
    this.child.kill(signal);
    const killer = setTimeout(() => this.child.kill("SIGKILL"), PATIENCE);
    await this.ended;
    clearTimeout(killer);
    if (this.child.signalCode === "SIGKILL" && signal !== "SIGKILL") {
      throw new Error(`${this.name} did not end within ${PATIENCE / 1000} s of ${signal}:\n${this.output}`);
    }
  }

  private take(text: string): void {
    this.output += text;
    this.wake();
  }

  private wake(): void {
    const listeners = this.listeners;
    this.listeners = [];
    listeners.forEach((listener) => listener());
  }

  private news(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.listeners.push(resolve);
      deadline.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}
