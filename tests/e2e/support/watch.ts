import type { BrowserContext } from "@playwright/test";

/** How Chromium calls a request that was left behind when its page was: nothing went wrong. */
const LEFT_BEHIND = "net::ERR_ABORTED";

/**
 * Notes what browsers complain about: errors and warnings on the console, to which Chromium also writes what a
 * Content-Security-Policy forbade and every answer of 400 and above, errors of scripts, and requests that failed.
 */
export class Watch {
  readonly #noted: string[] = [];
  readonly #allowed: RegExp[] = [];

  follow(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        this.#noted.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => this.#noted.push(`script: ${error.error().message}`));
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "unknown";
      if (why !== LEFT_BEHIND) {
        this.#noted.push(`request: ${why} (${request.url()})`);
      }
    });
  }

  /** Names a complaint that a journey causes on purpose. It has to come, or the journey fails. */
  allow(complaint: RegExp): void {
    this.#allowed.push(complaint);
  }

  /** Complaints that nobody allowed, and those that were allowed and never came. */
  findings(): string[] {
    const unexpected = this.#noted.filter((noted) => !this.#allowed.some((a) => a.test(noted)));
    const missed = this.#allowed.filter((a) => !this.#noted.some((noted) => a.test(noted)));
    return [...unexpected, ...missed.map((complaint) => `never came: ${complaint}`)];
  }
}
