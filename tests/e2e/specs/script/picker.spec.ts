import type { Page } from "@playwright/test";
import { expect, test } from "../../support/fixtures.ts";
import type { Portal } from "../../support/portal.ts";
import { clientCalled } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const PERSON = "Aurora Lindqvist-Okafor";
/** What is hidden in a place is not what it says. */
const VISIBLE = { useInnerText: true };
/** One letter after the other, as a person types. */
const TYPING = { delay: 30 };

/** The choice among three thousand accounts, with the picker awake. */
async function choice(page: Page, portal: Portal, name: string): Promise<Visitor> {
  const visitor = new Visitor(page);
  await visitor.signInWithFacebook(await portal.invite(clientCalled(name)), PERSON);
  await visitor.confirmPerson();
  await expect(page.locator("#found")).toHaveText("3000 accounts");
  await expect(chosen(page)).toBeVisible();
  // From here on no page may be loaded: what is at work is the picker.
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  return visitor;
}

const chosen = (page: Page) => page.getByRole("status").filter({ hasText: "Accounts chosen:" });
const search = (page: Page) => page.getByRole("searchbox", { name: "Find an account" });
const box = (page: Page, index: number) => page.getByRole("checkbox", { disabled: false }).nth(index);

async function expectSamePage(page: Page): Promise<void> {
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
}

test("a search while typing, pages and whole businesses keep every tick, and count it", async ({ page, portal }) => {
  const visitor = await choice(page, portal, "Picker of Many");
  await box(page, 0).check();
  await expect(chosen(page)).toHaveText("Accounts chosen: 1", VISIBLE);

  await search(page).pressSequentially("piekarnia", TYPING);
  await expect(page.locator("#found")).toHaveText("300 of 3000 accounts match");
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveValue("piekarnia");
  await expect(chosen(page)).toHaveText("Accounts chosen: 1", VISIBLE);
  await box(page, 3).check();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByText("Page 2 of 12")).toBeVisible();
  await box(page, 1).check();
  await expect(chosen(page)).toHaveText("Accounts chosen: 3", VISIBLE);

  // Some are closed for good and cannot be chosen.
  const all = page.getByRole("button", { name: /^Select all 2\d\d/ });
  const open = Number((await all.innerText()).match(/\d+/)?.[0]);
  await all.click();
  await expect(chosen(page)).toHaveText(`Accounts chosen: ${open + 1}`, VISIBLE);
  await expect(page.getByText("Page 2 of 12")).toBeVisible();
  await page.getByRole("button", { name: /^None/ }).click();
  await expect(chosen(page)).toHaveText("Accounts chosen: 1", VISIBLE);

  await search(page).press("Escape");
  await expect(page.locator("#found")).toHaveText("3000 accounts");
  await expect(box(page, 0)).toBeChecked();
  await expectSamePage(page);

  // The server knows it all: what a page that is loaded anew shows, and what is submitted.
  await page.reload();
  await expect(chosen(page)).toHaveText("Accounts chosen: 1", VISIBLE);
  await page.getByRole("button", { name: "Submit for approval" }).click();
  await expect(visitor.heading).toContainText("Your part is done");
});

test("boxes and search are reached by keyboard alone", async ({ page, portal }) => {
  await choice(page, portal, "Picker by Keyboard");
  await page.keyboard.press("/");
  await expect(search(page)).toBeFocused();
  // In the field it is a letter like any other.
  await search(page).pressSequentially("a/", TYPING);
  await expect(search(page)).toHaveValue("a/");
  await page.keyboard.press("Escape");
  await expect(search(page)).toHaveValue("");
  await expect(page.locator("#found")).toHaveText("3000 accounts");

  await page.keyboard.press("ArrowDown");
  await expect(box(page, 0)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(box(page, 1)).toBeChecked();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(search(page)).toBeFocused();
  await page.keyboard.type("piekarnia", TYPING);
  await page.keyboard.press("Enter");
  await expect(page.locator("#found")).toHaveText("300 of 3000 accounts match");
  await expect(chosen(page)).toHaveText("Accounts chosen: 1", VISIBLE);

  await page.getByRole("button", { name: "Next", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Page 2 of 12")).toBeVisible();
  // The button is another one now: the focus is at the list's beginning.
  await expect(page.locator("#picks")).toBeFocused();
  await expectSamePage(page);
});

test("a tick that is set while an answer is on its way is not lost", async ({ page, portal }) => {
  await choice(page, portal, "Picker in a Hurry");
  const number = await box(page, 2).getAttribute("value");
  // The list is held back until the box is ticked; then it comes, without that account in it.
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  await page.route("**/accounts", async (route) => {
    asked += 1;
    if (asked === 1) {
      await held;
    }
    await route.continue();
  });
  const first = page.waitForRequest("**/accounts");
  await search(page).fill("piekarnia");
  await first;
  await box(page, 2).check();
  release();
  await expect(page.locator("#found")).toHaveText("300 of 3000 accounts match");
  await expect(page.locator(`[value="${number}"].tick`)).toHaveCount(0);
  await expect(chosen(page)).toHaveText("Accounts chosen: 1", VISIBLE);
  await page.reload();
  await expect(chosen(page)).toHaveText("Accounts chosen: 1", VISIBLE);
});

test("what is pressed while an answer comes is ticked all the same", async ({ page, portal }) => {
  await choice(page, portal, "Picker under a Finger");
  const number = await box(page, 1).getAttribute("value");
  const ticked = page.locator(`[value="${number}"].tick`);
  const presses = [
    [() => page.keyboard.down("Space"), () => page.keyboard.up("Space")],
    [() => page.mouse.down(), () => page.mouse.up()],
  ] as const;
  for (const [down, up] of presses) {
    const wasTicked = await ticked.isChecked();
    // The list comes back the same, while a box of the old one is pressed.
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/accounts", (route) => held.then(() => route.continue()), { times: 1 });
    const answer = page.waitForResponse("**/accounts");
    await search(page).press("Enter");
    await ticked.focus();
    await ticked.hover();
    await down();
    release();
    await (await answer).finished();
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    await up();
    await expect(ticked).toBeChecked({ checked: !wasTicked });
  }
  await expectSamePage(page);
});

test("without a connection it says so, and goes on by itself", async ({ page, portal, context, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  await choice(page, portal, "Picker in a Tunnel");
  await box(page, 0).check();
  await context.setOffline(true);
  await search(page).fill("piekarnia");
  await expect(page.getByText("No connection.")).toBeVisible();
  await expect(box(page, 0)).toBeChecked();
  await context.setOffline(false);
  await expect(page.locator("#found")).toHaveText("300 of 3000 accounts match");
  await expect(page.getByText("No connection.")).toBeHidden();
  await expect(chosen(page)).toHaveText("Accounts chosen: 1", VISIBLE);
  await expectSamePage(page);
});
