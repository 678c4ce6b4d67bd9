import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

/** `cargo xtask screens`: not a test, but the same browser. */
export default defineConfig({
  ...journeys,
  testDir: "screens",
  timeout: 600_000,
  use: { ...journeys.use, trace: "off", screenshot: "off" },
  projects: [{ name: "camera", testMatch: "*.spec.ts" }],
});
