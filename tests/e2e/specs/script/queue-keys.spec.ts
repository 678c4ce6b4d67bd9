import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../../support/accessibility.ts";
import { expect, test } from "../../support/fixtures.ts";
import { Portal } from "../../support/portal.ts";
import { clientCalled, Staff } from "../../support/staff.ts";
import { haveWaiting } from "../../support/waiting.ts";

const NAMES = ["Anchor Books", "Birch Bakery", "Cedar Cycles", "Dune Dental"];

test.setTimeout(180_000);

function row(page: Page, name: string): Locator {
  return page.locator(".case", { has: page.getByRole("heading", { name }) });
}

test("the queue is worked through with the keyboard alone", async ({ page, browser }) => {
  const portal = await Portal.open();
  await haveWaiting(portal, browser, NAMES.map(clientCalled));
  await new Staff(page, portal).signInForTheFirstTime("keys@northlight.example");
  const [anchor, birch, cedar, dune] = NAMES.map((name) => row(page, name)) as [
    Locator,
    Locator,
    Locator,
    Locator,
  ];
  const keys = page.keyboard;

  // The first row is marked, and has the focus once a key asks for it.
  await expect(page.getByText("move · x select")).toBeVisible();
  await expect(anchor).toHaveAttribute("aria-current", "true");
  await expect(anchor).not.toBeFocused();
  await keys.press("j");
  await expect(anchor).toBeFocused();
  await keys.press("j");
  await expect(birch).toBeFocused();
  await expect(birch).toHaveAttribute("aria-current", "true");
  await expect(anchor).not.toHaveAttribute("aria-current");
  await expectAccessible(page, "queue with a current row");
  await keys.press("k");
  await keys.press("k");
  await expect(anchor).toBeFocused();

  // With a modifier it is the browser's key.
  await keys.press("Control+j");
  await expect(anchor).toBeFocused();
  await keys.press("x");
  await expect(anchor.getByRole("checkbox")).toBeChecked();
  await keys.press("x");
  await expect(anchor.getByRole("checkbox")).not.toBeChecked();

  await keys.press("?");
  const help = page.getByRole("dialog", { name: "Keys" });
  await expect(help).toBeVisible();
  await expect(help).toContainText("Approve it");
  await expectAccessible(page, "list of keys");
  // In a dialog no key does anything to what lies behind it.
  await keys.press("x");
  await keys.press("j");
  await keys.press("Escape");
  await expect(help).toBeHidden();
  await expect(anchor.getByRole("checkbox")).not.toBeChecked();

  // Letters of a reason are letters; Escape leaves it, and keeps what is written.
  await anchor.focus();
  await keys.press("r");
  const reason = anchor.getByRole("textbox", { name: "Reason" });
  await expect(reason).toBeFocused();
  await keys.type("a jxrk?");
  await expect(reason).toHaveValue("a jxrk?");
  await keys.press("Escape");
  await expect(anchor).toBeFocused();
  await expect(reason).toBeHidden();
  await keys.press("r");
  await expect(reason).toHaveValue("a jxrk?");
  await keys.press("Tab");
  await expect(anchor.getByRole("button", { name: "Reject", exact: true })).toBeFocused();
  await keys.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "The connection was rejected." })).toBeVisible();

  // The next one is where the last one was.
  await expect(anchor).toHaveCount(0);
  await expect(birch).toBeFocused();
  await keys.press("j");
  await expect(cedar).toBeFocused();
  await keys.press("a");
  await expect(page.getByRole("status").filter({ hasText: "The connection was approved." })).toBeVisible();
  await expect(cedar).toHaveCount(0);
  await expect(dune).toBeFocused();
  await keys.press("k");
  await expect(birch).toBeFocused();

  // Enter on a link or a button is theirs; on the row it opens the client.
  await keys.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Birch Bakery");
  await page.goBack();
  // Keys do nothing before the page is awake.
  await expect(page.getByText("move · x select")).toBeVisible();
  await keys.press("j");
  await keys.press("o");
  await expect(page.getByRole("heading", { level: 1 })).not.toContainText("wait");

  await page.goto(`${portal.url}/admin/clients`);
  await expect(page.getByText("all keys")).toBeVisible();
  await keys.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await keys.type("jk");
  await expect(page.getByRole("searchbox")).toHaveValue("jk");
  await page.getByRole("heading", { level: 1 }).click();
  await keys.press("j");
  const rows = page.locator(".clients tbody > tr");
  await expect(rows.first()).toBeFocused();
  await keys.press("j");
  await expect(rows.nth(1)).toBeFocused();
  await expectAccessible(page, "clients with a current row");
  const name = await rows.nth(1).getByRole("link").innerText();
  await keys.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  // What the page still asks for must not meet a portal that is gone.
  await page.close();
  await portal.close();
});
