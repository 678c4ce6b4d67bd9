import { expect, type Page } from "@playwright/test";

/** Loads a page until nothing is missing: the browser part is asked for when all else is there. */
export async function loadWhole(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const isWhole = () =>
    page.evaluate(
      () =>
        document.querySelector("leptos-island") === null ||
        performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".wasm")),
    );
  await expect.poll(isWhole, "the browser part was asked for").toBe(true);
  await page.waitForLoadState("networkidle");
}

/** Whether a page came with the browser part. */
export function hasWasm(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).some(
      ({ name, transferSize }) => name.endsWith(".wasm") && transferSize > 0,
    ),
  );
}
