import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config.ts";

/** `cargo xtask bench pages`: not a test, but the same browser. */
export default defineConfig({
  ...journeys,
  testDir: "bench",
  timeout: 900_000,
  use: { ...journeys.use, trace: "off", screenshot: "off" },
  projects: [{ name: "bench", testMatch: "*.spec.ts" }],
});
