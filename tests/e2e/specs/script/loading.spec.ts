import type { Page, Request } from "@playwright/test";
import { expect, test } from "../../support/fixtures.ts";
import { Staff } from "../../support/staff.ts";

test("the browser part is asked for when the page is whole, and not before", async ({ page, portal }) => {
  const staff = new Staff(page, portal);
  await staff.signInForTheFirstTime("loading@northlight.example");
  await expect(page.getByRole("group", { name: "Colours" })).toBeVisible();
  const order: string[] = [];
  page.on("request", (request) => order.push(kind(request)));
  page.on("load", () => order.push("load"));
  const wasm = page.waitForResponse((response) => response.url().endsWith(".wasm"));
  await page.goto(`${portal.url}/admin/outbox`);
  expect((await wasm).headers()["content-encoding"]).toBe("br");
  await expect(page.getByRole("group", { name: "Colours" })).toBeVisible();
  expect(order.indexOf("load")).toBeGreaterThan(order.indexOf("css"));
  expect(order.indexOf("js")).toBeGreaterThan(order.indexOf("load"));
  expect(order.indexOf("wasm")).toBeGreaterThan(order.indexOf("load"));
});

test("a page without islands asks for no script", async ({ page, portal }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(kind(request)));
  await page.goto(`${portal.url}/`);
  await idle(page);
  expect(asked).not.toContain("js");
  expect(asked).not.toContain("wasm");
});

function kind(request: Request): string {
  return new URL(request.url()).pathname.split(".").at(-1) ?? "";
}

/** The browser has nothing left to do, for as long as our own script would wait for that. */
async function idle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestIdleCallback(done, { timeout: 2500 })),
  );
}
