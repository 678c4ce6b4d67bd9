import { defineConfig } from "@playwright/test";

/** A phone of the small kind: what clients hold in their hands. */
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1440, height: 900 };

export default defineConfig({
  testDir: "specs",
  outputDir: `${process.env["PORTICO_E2E_RESULTS"] ?? "."}/test-results`,
  forbidOnly: process.env["CI"] !== undefined,
  retries: 0,
  workers: 1,
  timeout: 90_000,
  expect: {
    timeout: 20_000,
    // Whole trees, so that nothing new stays unseen.
    toMatchAriaSnapshot: { pathTemplate: "snapshots/{arg}{ext}", children: "deep-equal" },
  },
  // One that is missing fails, too. `PORTICO_UPDATE_SNAPSHOTS=1` writes them anew.
  updateSnapshots: process.env["PORTICO_UPDATE_SNAPSHOTS"] === undefined ? "none" : "changed",
  reporter: [["list"]],
  use: {
    actionTimeout: 20_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["PORTICO_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        // Without these it looks for the internet and stalls where there is none.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    {
      name: "phone, no script",
      testMatch: "plain/*.spec.ts",
      use: { viewport: PHONE, javaScriptEnabled: false, isMobile: true, hasTouch: true },
    },
    {
      name: "desktop",
      testMatch: "script/*.spec.ts",
      use: { viewport: DESKTOP },
    },
    {
      name: "journeys",
      testMatch: "journeys/*.spec.ts",
      use: { viewport: DESKTOP },
    },
    {
      name: "gallery",
      testMatch: "gallery/*.spec.ts",
      // Nothing moves there, and a trace of hundreds of pages takes longer than the pages.
      use: { viewport: DESKTOP, trace: "off" },
    },
    {
      name: "other engines",
      testMatch: "engines/*.spec.ts",
    },
  ],
});
