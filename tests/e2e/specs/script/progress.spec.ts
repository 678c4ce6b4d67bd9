import type { Page } from "@playwright/test";
import { expect, test } from "../../support/fixtures.ts";
import type { Portal } from "../../support/portal.ts";
import { clientCalled } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const PERSON = "Aurora Lindqvist-Okafor";
/** What is read after the person's own accounts, and held back here. */
const LAST_READ = "me/businesses";

/** The reading of three thousand accounts, held before its end. */
async function reading(page: Page, portal: Portal, name: string): Promise<Visitor> {
  const visitor = new Visitor(page);
  await visitor.signInWithFacebook(await portal.invite(clientCalled(name)), PERSON);
  await portal.control("faults", { edge: LAST_READ, hold: true });
  await visitor.confirmPerson();
  await expect(visitor.heading).toHaveText("Looking for your ad accounts");
  return visitor;
}

const release = (portal: Portal) => portal.control("faults", { edge: LAST_READ, clear: true });

/** A look of the island: the browser's own loads are documents. */
const look = (page: Page) => page.waitForRequest((request) => request.resourceType() === "fetch");

test("long work is followed in place, and the page goes on when it is done", async ({ page, portal }) => {
  const visitor = await reading(page, portal, "Slow Reading");
  await look(page);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await expect(page.getByText("3000 accounts found so far.")).toBeVisible();
  // More looks than would fit before the page would load itself again, had it not been taken over.
  for (let looks = 0; looks < 5; looks += 1) {
    await look(page);
  }
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  await release(portal);
  await expect(visitor.heading).toContainText("Which ad accounts");
});

test("without a connection the wait says so, and goes on by itself", async ({ page, portal, context, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const visitor = await reading(page, portal, "Reading in a Tunnel");
  await look(page);
  await context.setOffline(true);
  await expect(page.getByText("No connection.")).toBeVisible();
  await release(portal);
  await context.setOffline(false);
  await expect(visitor.heading).toContainText("Which ad accounts");
});

test("where the browser part cannot be had, the page asks for itself again", async ({ page, portal, watch }) => {
  watch.allow(/\.wasm/);
  await page.route("**/*.wasm", (route) => route.abort());
  const visitor = await reading(page, portal, "Reading Without Wasm");
  await release(portal);
  await expect(visitor.heading).toContainText("Which ad accounts");
});
