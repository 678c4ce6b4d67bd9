import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

/** Where the programs' output goes. */
export const LOGS = join(process.env["PORTICO_E2E_RESULTS"] ?? tmpdir(), "logs");

const START_LIMIT = 30_000;
const GLANCE = 50;

/** A program that serves until it is stopped; what it prints goes to a file. */
export class Program {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #log: string;

  constructor(name: string, file: string, args: string[], env: NodeJS.ProcessEnv, log: string) {
    this.#name = name;
    this.#log = log;
    this.#child = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const sink = createWriteStream(log);
    this.#child.stdout?.pipe(sink);
    this.#child.stderr?.pipe(sink);
  }

  /** Waits until an address answers 200, and fails as soon as the program ends. */
  async answersAt(url: string): Promise<void> {
    const limit = Date.now() + START_LIMIT;
    while (!(await isOk(url))) {
      if (this.#child.exitCode !== null) {
        throw new Error(`${this.#name} ended by itself: see ${this.#log}`);
      }
      if (Date.now() > limit) {
        throw new Error(`${this.#name} does not answer at ${url}: see ${this.#log}`);
      }
      await pause(GLANCE);
    }
  }

  /** What it prints first. */
  async firstOutput(): Promise<string> {
    const { stdout } = this.#child;
    if (stdout === null) {
      throw new Error(`${this.#name} has no output`);
    }
    const ended = once(this.#child, "exit").then(() => {
      throw new Error(`${this.#name} ended by itself: see ${this.#log}`);
    });
    const [chunk] = (await Promise.race([once(stdout, "data"), ended])) as [Buffer];
    return chunk.toString().trim();
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "exit");
      this.#child.kill("SIGTERM");
      await ended;
    }
  }
}

/** Runs a program to its end and gives its stdout; a failure carries its stderr. */
export async function output(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, { env });
  return stdout.trim();
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function isOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
