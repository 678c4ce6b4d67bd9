import { test as base } from "@playwright/test";
import { Portal } from "./portal.ts";

/** `portal`: one installation for all tests of a worker; each test brings its own people. */
export const test = base.extend<object, { portal: Portal }>({
  portal: [
    async ({}, use) => {
      const portal = await Portal.open();
      await use(portal);
      await portal.close();
    },
    { scope: "worker" },
  ],
});

export { expect } from "@playwright/test";
