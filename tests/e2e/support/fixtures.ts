import { test as base, type BrowserContext, expect } from "@playwright/test";
import { Portal } from "./portal.ts";
import { settle } from "./surroundings.ts";
import { Watch } from "./watch.ts";

interface Shared {
  portal: Portal;
}

interface Own {
  /** Looks at every page of every browser of a test. */
  watch: Watch;
}

/** `portal`: one installation for all tests of a worker; each test brings its own people. */
export const unwatched = base.extend<object, Shared>({
  portal: [
    async ({}, use) => {
      const portal = await Portal.open();
      await use(portal);
      await portal.close();
    },
    { scope: "worker" },
  ],
});

/** The same, in a browser that is watched and has what it meets in life around it. */
export const test = unwatched.extend<Own>({
  watch: [
    async ({ browser }, use) => {
      const watch = new Watch();
      const welcome = (context: BrowserContext) => {
        watch.follow(context);
        // In the order in which commands are given, this comes before the first page.
        void settle(context);
      };
      browser.on("context", welcome);
      await use(watch);
      browser.off("context", welcome);
      expect(watch.findings(), "what browsers complained about").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
