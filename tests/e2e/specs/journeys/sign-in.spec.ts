import type { Page } from "@playwright/test";
import { expect, test } from "../../support/fixtures.ts";
import { said } from "../../support/said.ts";
import { PASSWORD, Staff } from "../../support/staff.ts";

/** Wrong passwords for one account in a quarter of an hour. */
const TRIES = 10;

test("a wrong password is refused in words, and the right one opens the desk", async ({
  page,
  portal,
}) => {
  const email = "mistypes@northlight.example";
  const staff = new Staff(page, portal);
  await staff.signInForTheFirstTime(email);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(said(page, "status", "You are signed out.")).toBeVisible();

  await staff.showPassword(email, "seven columns and a gate");
  await expect(said(page, "alert", "E-mail or password is wrong.")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/admin\/queue/);
});

test("who tries too often is told to wait, wherever they try, and nobody else is", async ({
  page,
  portal,
  browser,
  watch,
}) => {
  const email = "guessed@northlight.example";
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime(email);
  const guesser = new Staff(await browser.newPage(), portal);
  for (let guess = 1; guess <= TRIES; guess += 1) {
    await guesser.showPassword(email, `guess number ${guess}`);
    await expect(said(guesser.page, "alert", "E-mail or password is wrong.")).toBeVisible();
  }
  watch.allow(/status of 429.*\/admin\/sign-in/);
  await guesser.showPassword(email);
  await expectToWait(guesser.page);
  // The account is closed, not the address.
  const elsewhere = new Staff(await browser.newPage(), portal);
  await elsewhere.showPassword(email);
  await expectToWait(elsewhere.page);
  await guesser.signInForTheFirstTime("neighbour@northlight.example");
  // And whoever is in stays in.
  await page.reload();
  await expect(page).toHaveURL(/\/admin\/queue/);
  await guesser.page.context().close();
  await elsewhere.page.context().close();
});

async function expectToWait(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("That was a bit too often");
  await expect(page.getByRole("main")).toContainText(/Please wait \d+ (minute|second)s?, then try/);
}
