import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, LOGS, Program } from "../program.ts";
import { type Engine, type Make, NOWHERE, PHONE, type Point } from "./engine.ts";
import { WebDriver, WebDriverError } from "./webdriver.ts";

/** What the driver answers while one page goes and the next one comes. */
const BETWEEN_PAGES = ["no such frame", "stale element reference", "javascript error"];

/** WebKitGTK's small browser, driven over WebDriver, on a display in memory. */
export const webkit: Make = {
  name: "WebKitGTK",
  async start({ script }) {
    const stage = await Stage.open();
    try {
      const session = await WebDriver.begin(stage.driverUrl, capabilities(script));
      await session.post("/window/rect", PHONE);
      return new WebKit(stage, session);
    } catch (error) {
      await stage.close();
      throw error;
    }
  },
};

function capabilities(script: boolean): object {
  return {
    // Nothing is excepted, and need not be, as our own pages come over plain HTTP: a list of
    // exceptions lets WebKitGTK 2.50 fall over one start in six.
    proxy: { proxyType: "manual", sslProxy: `${NOWHERE.host}:${NOWHERE.port}` },
    "webkitgtk:browserOptions": {
      binary: process.env["PORTICO_MINIBROWSER"] ?? "MiniBrowser",
      // Its bars are wider than a phone; a full screen has none.
      args: ["--automation", "--full-screen", `--enable-javascript=${script}`],
    },
  };
}

/** The display and the driver, with a home of their own. */
class Stage {
  readonly driverUrl: string;
  readonly #home: string;
  #programs: Program[] = [];

  private constructor(home: string, port: number) {
    this.#home = home;
    this.driverUrl = `http://127.0.0.1:${port}`;
  }

  static async open(): Promise<Stage> {
    const home = await mkdtemp(join(tmpdir(), "portico-e2e-webkit-"));
    const stage = new Stage(home, await freePort());
    try {
      await stage.#start();
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  async close(): Promise<void> {
    for (const running of this.#programs.reverse()) {
      await running.stop();
    }
    await rm(this.#home, { recursive: true });
  }

  async #start(): Promise<void> {
    await mkdir(LOGS, { recursive: true });
    const screen = `${PHONE.width}x${PHONE.height}x24`;
    // It takes a free display, says which, and stays when a window closes.
    const options = ["-displayfd", "1", "-noreset", "-screen", "0", screen, "-nolisten", "tcp"];
    const display = this.#run("Xvfb", options, {});
    const { port } = new URL(this.driverUrl);
    const driver = this.#run("WebKitWebDriver", [`--port=${port}`], {
      DISPLAY: `:${await display.firstOutput()}`,
      // Only our own pages are visited, and root may not build the sandbox.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      // There is nobody to read the screen, so none of it is looked for.
      NO_AT_BRIDGE: "1",
    });
    await driver.answersAt(`${this.driverUrl}/status`);
  }

  #run(name: string, args: string[], env: NodeJS.ProcessEnv): Program {
    const log = join(LOGS, `${name}-${new URL(this.driverUrl).port}.log`);
    const base = { PATH: process.env["PATH"], HOME: this.#home, XDG_RUNTIME_DIR: this.#home };
    const running = new Program(name, name, args, { ...base, ...env }, log);
    this.#programs.push(running);
    return running;
  }
}

class WebKit implements Engine {
  /** Stays empty: the console of an automated window is told to nobody. */
  readonly complaints: readonly string[] = [];
  readonly #stage: Stage;
  readonly #session: WebDriver;

  constructor(stage: Stage, session: WebDriver) {
    this.#stage = stage;
    this.#session = session;
  }

  async open(url: string): Promise<void> {
    await this.#session.post("/url", { url });
  }

  async evaluate<Args extends (string | number)[], Result>(
    work: (...args: Args) => Result,
    ...args: Args
  ): Promise<Result | undefined> {
    try {
      const script = `return (${work.toString()})(...arguments)`;
      return await this.#session.post<Result>("/execute/sync", { script, args });
    } catch (error) {
      if (error instanceof WebDriverError && BETWEEN_PAGES.includes(error.code)) {
        return undefined;
      }
      throw error;
    }
  }

  async clickAt({ x, y }: Point): Promise<void> {
    const at = { x: Math.round(x), y: Math.round(y), origin: "viewport" };
    await this.#session.post("/actions", {
      actions: [
        {
          type: "pointer",
          id: "finger",
          actions: [
            { type: "pointerMove", ...at },
            { type: "pointerDown", button: 0 },
            { type: "pointerUp", button: 0 },
          ],
        },
      ],
    });
  }

  async picture(): Promise<Buffer> {
    return Buffer.from(await this.#session.get<string>("/screenshot"), "base64");
  }

  async close(): Promise<void> {
    try {
      await this.#session.end();
    } finally {
      await this.#stage.close();
    }
  }
}
