import type { Locator } from "@playwright/test";
import { expectAccessible } from "../../support/accessibility.ts";
import { expect, test } from "../../support/fixtures.ts";
import { Portal } from "../../support/portal.ts";
import { clientCalled, Staff } from "../../support/staff.ts";
import { haveWaiting } from "../../support/waiting.ts";

const NAMES = ["Elm Events", "Fir Fitness", "Grove Garden", "Hazel Hotel"];

test.setTimeout(180_000);

test("many are ticked at once, and a bulk rejection asks before it ends them", async ({
  page,
  browser,
}) => {
  const portal = await Portal.open();
  await haveWaiting(portal, browser, NAMES.map(clientCalled));
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", (route) => held.then(() => route.continue()));
  await new Staff(page, portal).signInForTheFirstTime("many@northlight.example");
  const top = async () => (await page.locator(".case").first().boundingBox())?.y;
  const topAsleep = await top();
  release();
  const all = page.getByRole("checkbox", { name: "Select all" });
  const ticks = NAMES.map((name) => page.getByRole("checkbox", { name: `Select ${name}` }));
  const [first, second, third] = ticks as [Locator, Locator, Locator];
  const bar = page.getByRole("group", { name: "Decide about all that are ticked" });
  const count = page.locator(".select-all [aria-live]");

  await expect(all).toBeVisible();
  await expect(page.getByText("move · x select")).toBeVisible();
  expect(await top(), "what wakes moves nothing").toBe(topAsleep);
  await expect(bar).toBeHidden();
  await first.check();
  await expect(bar).toContainText("1 selected");
  await expect(count).toHaveText("1 selected");
  await expect(all).toHaveJSProperty("indeterminate", true);
  await expectAccessible(page, "queue with one selected");

  // The bar is in reach, and covers nothing that has the focus.
  await page.setViewportSize({ width: 900, height: 500 });
  await expect(bar).toBeInViewport({ ratio: 1 });
  await all.focus();
  for (const tick of ticks) {
    await tick.focus();
    const [row, edge] = [await tick.boundingBox(), await bar.boundingBox()];
    expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual(edge?.y ?? 0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  // From the first to the third, and back.
  await third.click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("3 selected");
  await expect(second).toBeChecked();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("");
  await all.check();
  await expect(bar).toContainText("4 selected");
  await bar.getByRole("button", { name: "Clear" }).click();
  await expect(bar).toBeHidden();
  await expect(all).toBeFocused();
  await expect(all).not.toBeChecked();

  await first.check();
  await second.check();
  // Without a reason there is nothing to ask about: the server says so, and what was ticked is still ticked.
  await bar.getByText("Reject selected…").click();
  await bar.getByRole("button", { name: "Reject selected", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("This is needed.");
  await expect(bar).toContainText("2 selected");

  await bar.getByRole("textbox", { name: "Reason" }).fill("Please use the company's page.");
  const reject = bar.getByRole("button", { name: "Reject selected", exact: true });
  await reject.click();
  const question = page.getByRole("dialog", { name: "Reject all that are selected?" });
  await expect(question).toContainText("2 connections are rejected.");
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page, "question before a bulk rejection");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await expect(reject).toBeFocused();
  await expect(page.locator(".case")).toHaveCount(4);

  await reject.click();
  await question.getByRole("button", { name: "Reject them" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 connections were rejected." })).toBeVisible();
  await expect(page.locator(".case")).toHaveCount(2);
  // What the page still asks for must not meet a portal that is gone.
  await page.close();
  await portal.close();
});
