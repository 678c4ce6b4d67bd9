import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { type Engine, type Make, NOWHERE, PHONE, type Point } from "./engine.ts";

const FOR_OTHERS_ONLY = {
  "network.proxy.type": 1,
  "network.proxy.ssl": NOWHERE.host,
  "network.proxy.ssl_port": NOWHERE.port,
};
/** What the driver answers while one page goes and the next one comes. */
const BETWEEN_PAGES = /no such frame|Execution context|Cannot find context|realm|detached|aborted/i;

/** Firefox, driven over WebDriver BiDi. */
export const firefox: Make = {
  name: "Firefox",
  async start({ script }) {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: process.env["PORTICO_FIREFOX"] ?? "/usr/bin/firefox-esr",
      extraPrefsFirefox: { ...FOR_OTHERS_ONLY, "javascript.enabled": script },
    });
    const [page] = await browser.pages();
    if (page === undefined) {
      throw new Error("Firefox started without a window");
    }
    await page.setViewport(PHONE);
    return new Firefox(browser, page);
  },
};

class Firefox implements Engine {
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #page: Page;

  constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warn") {
        this.complaints.push(`${page.url()}: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${String(error)}`));
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async evaluate<Args extends (string | number)[], Result>(
    work: (...args: Args) => Result,
    ...args: Args
  ): Promise<Result | undefined> {
    try {
      // The types of puppeteer allow for handles, of which there are none here.
      return await this.#page.evaluate(work as (...given: unknown[]) => Result, ...args);
    } catch (error) {
      if (error instanceof Error && BETWEEN_PAGES.test(error.message)) {
        return undefined;
      }
      throw error;
    }
  }

  async clickAt({ x, y }: Point): Promise<void> {
    await this.#page.mouse.click(x, y);
  }

  async picture(): Promise<Buffer> {
    return Buffer.from(await this.#page.screenshot());
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
