import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mailbox } from "./mailbox.ts";
import { freePort, LOGS, output, Program } from "./program.ts";
import type { Client } from "./staff.ts";

const APP_ID = "1000000000000001";
const APP_SECRET = "0123456789abcdef0123456789abcdef";

export interface Options {
  /** Where the dialog is, if not at the sandbox. */
  dialogUrl?: string;
  /** Whether its clock can be moved. */
  clock?: boolean;
}

/** Portico, the sandbox and a mail server, with a database of their own. */
export class Portal {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly mailbox: Mailbox;
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  #minutesAhead = 0;
  #programs: Program[] = [];

  private constructor(
    folder: string,
    ports: { portal: number; sandbox: number },
    mailbox: Mailbox,
    options: Options,
  ) {
    this.#folder = folder;
    this.mailbox = mailbox;
    // Two hosts, so that the browser takes them for two sites, as in life.
    this.url = `http://localhost:${ports.portal}`;
    this.sandboxUrl = `http://127.0.0.1:${ports.sandbox}`;
    this.#env = {
      PATH: process.env["PATH"],
      PORTICO_BASE_URL: this.url,
      PORTICO_LISTEN: `127.0.0.1:${ports.portal}`,
      // Browsers tell where they come from, see `settle`.
      PORTICO_TRUSTED_PROXIES: "127.0.0.1",
      PORTICO_DATABASE_URL: `sqlite://${join(folder, "portico.db")}?mode=rwc`,
      PORTICO_KEYS_FILE: join(folder, "keys"),
      PORTICO_AGENCY__NAME: "Northlight Studio",
      PORTICO_AGENCY__SUPPORT_EMAIL: "hello@northlight.example",
      PORTICO_META__APP_ID: APP_ID,
      PORTICO_META__APP_SECRET: APP_SECRET,
      PORTICO_META__GRAPH_URL: this.sandboxUrl,
      PORTICO_META__DIALOG_URL: options.dialogUrl ?? this.sandboxUrl,
      PORTICO_MAIL__URL: mailbox.url,
      ...(options.clock === true ? movable(this.#clock) : {}),
    };
  }

  /** What libfaketime reads before every look at the time of day. */
  get #clock(): string {
    return join(this.#folder, "clock");
  }

  static async open(options: Options = {}): Promise<Portal> {
    const folder = await mkdtemp(join(tmpdir(), "portico-e2e-"));
    const ports = { portal: await freePort(), sandbox: await freePort() };
    const portal = new Portal(folder, ports, await Mailbox.open(), options);
    try {
      await portal.#start(ports);
    } catch (error) {
      await portal.close();
      throw error;
    }
    return portal;
  }

  /** A one-time sign-in link for a member of the staff, who is made if unknown. */
  async signInLink(email: string, role = "owner"): Promise<string> {
    const args = ["admin", "create", "--email", email, "--role", role, "--json"];
    const answer = JSON.parse(await this.portico(...args)) as { url: string };
    return answer.url;
  }

  /** Adds a client from the command line. */
  async add(client: Client): Promise<Client> {
    const { name, email, metaAccountName } = client;
    const meta = ["--meta-account-name", metaAccountName];
    await this.portico("client", "add", "--name", name, "--email", email, ...meta);
    return client;
  }

  /** Adds a client from the command line, and gives a guided link that is mailed to nobody. */
  async invite(client: Client): Promise<string> {
    const { email } = await this.add(client);
    const args = ["invite", "--client", email, "--no-mail", "--json"];
    const answer = JSON.parse(await this.portico(...args)) as { url: string };
    return answer.url;
  }

  /** Sets the scene at the sandbox, as its `README.md` tells. */
  async control(what: string, body: object): Promise<void> {
    const url = `${this.sandboxUrl}/_control/${what}`;
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) {
      throw new Error(`the sandbox refuses ${what}: ${await answer.text()}`);
    }
  }

  /** Lets time pass for this portal, which must have been opened so, and for its sandbox. */
  async pass(minutes: number): Promise<void> {
    this.#minutesAhead += minutes;
    await this.#setClock();
    await this.control("clock", { advance_seconds: minutes * 60 });
  }

  /** Runs a verb of the command line and gives what it prints. */
  portico(...args: string[]): Promise<string> {
    return output(program("PORTICO_BIN"), args, this.#env);
  }

  async close(): Promise<void> {
    for (const running of this.#programs.reverse()) {
      await running.stop();
    }
    await this.mailbox.close();
    await rm(this.#folder, { recursive: true });
  }

  async #setClock(): Promise<void> {
    await writeFile(this.#clock, `+${this.#minutesAhead}m\n`);
  }

  async #start(ports: { portal: number; sandbox: number }): Promise<void> {
    await mkdir(LOGS, { recursive: true });
    const ring = await output(program("PORTICO_BIN"), ["keys", "generate"], {
      PATH: process.env["PATH"],
    });
    await writeFile(join(this.#folder, "keys"), `${ring}\n`, { mode: 0o600 });
    await this.#setClock();
    await this.portico("migrate");

    const sandbox = this.#run("sandbox", program("SANDBOX_BIN"), [
      ...["--listen", `127.0.0.1:${ports.sandbox}`],
      ...["--app-id", APP_ID, "--app-secret", APP_SECRET],
      ...["--redirect-uri", `${this.url}/oauth/facebook/callback`],
      ...["--callback-url", this.url],
    ]);
    await sandbox.answersAt(`${this.sandboxUrl}/_control/state`);
    const portico = this.#run("portico", program("PORTICO_BIN"), ["serve"]);
    await portico.answersAt(`${this.url}/readyz`);
  }

  #run(name: string, file: string, args: string[]): Program {
    const log = join(LOGS, `${name}-${new URL(this.url).port}.log`);
    const running = new Program(name, file, args, this.#env, log);
    this.#programs.push(running);
    return running;
  }
}

/** The path of a program or a library; `cargo xtask test --only e2e` names it. */
function program(variable: string): string {
  const path = process.env[variable];
  if (path === undefined) {
    throw new Error(`${variable} is not set: run \`cargo xtask test --only e2e\``);
  }
  return path;
}

/**
 * Lets a program take the time of day from a file that says how far ahead it is. The program is the one that is
 * shipped: it knows nothing of this. Durations are left as they are, so that waiting takes no longer.
 */
function movable(clock: string): NodeJS.ProcessEnv {
  return {
    LD_PRELOAD: program("PORTICO_FAKETIME"),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
}
