import type { Page } from "@playwright/test";
import { expect, test } from "../../support/fixtures.ts";
import { expectTidy } from "../../support/layout.ts";
import { clientCalled } from "../../support/staff.ts";
import { INSTAGRAM } from "../../support/surroundings.ts";
import { Visitor } from "../../support/visitor.ts";

const PERSON = "Marta Kowalska";
const ACCOUNT = "Kowalska Workshops";
const PHONE = { isMobile: true, hasTouch: true };

test("the way of a client, with script", async ({ page, portal }) => {
  const client = clientCalled("Way with Script");
  const visitor = new Visitor(page);
  await visitor.walk(await portal.invite(client), PERSON, ACCOUNT, (name) =>
    expectTidy(page, name),
  );
});

test.describe("on the smallest phone", () => {
  test.use({ ...PHONE, viewport: { width: 320, height: 568 } });

  test("the way of a client, at 320 px", async ({ page, portal }) => {
    const client = clientCalled("Way at Three Hundred and Twenty");
    const visitor = new Visitor(page);
    await visitor.walk(await portal.invite(client), PERSON, ACCOUNT, (name) =>
      expectTidy(page, name),
    );
  });
});

test.describe("on a phone", () => {
  test.use({ ...PHONE, viewport: { width: 360, height: 740 } });

  test("the way of a client, with text twice as large", async ({ page, portal }) => {
    const client = clientCalled("Way in Large Letters");
    await enlargeText(page);
    const visitor = new Visitor(page);
    await visitor.walk(await portal.invite(client), PERSON, ACCOUNT, async (name) => {
      const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
      expect(Number.parseFloat(size), "the setting counts").toBeGreaterThanOrEqual(28);
      await expectTidy(page, name);
    });
  });
});

/** What a person sets in the browser's settings: text twice as large. */
async function enlargeText(page: Page): Promise<void> {
  const chromium = await page.context().newCDPSession(page);
  await chromium.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
}

test.describe("inside the window of an app", () => {
  test.use({ userAgent: INSTAGRAM });

  test("the way of a client, with the wasm blocked", async ({ page, context, portal, watch }) => {
    watch.allow(/ERR_BLOCKED_BY_CLIENT.*\.wasm/);
    await context.route("**/*.wasm", (route) => route.abort("blockedbyclient"));
    const visitor = new Visitor(page);
    const link = await portal.invite(clientCalled("Way without Wasm"));
    await visitor.walk(link, PERSON, ACCOUNT);
  });
});

test.describe("with less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("the way of a client, and nothing moves", async ({ page, portal }) => {
    const moving = () => page.evaluate(() => document.getAnimations().length);
    const visitor = new Visitor(page);
    const link = await portal.invite(clientCalled("Way without Motion"));
    await portal.control("faults", { edge: "me/adaccounts", hold: true });
    await visitor.signInWithFacebook(link, PERSON);
    await visitor.confirmPerson();
    await expect(visitor.heading).toHaveText("Looking for your ad accounts");
    expect(await moving()).toBe(0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await moving(), "else it moves").toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await portal.control("faults", { clear: true });
    await expect(visitor.heading).toContainText("Which ad accounts");
    expect(await moving()).toBe(0);
    await visitor.submitAccounts(ACCOUNT);
    await expect(visitor.heading).toContainText("Your part is done");
    expect(await moving()).toBe(0);
  });
});
