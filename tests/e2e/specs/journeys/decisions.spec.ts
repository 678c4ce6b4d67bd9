import { expect, test } from "../../support/fixtures.ts";
import { said } from "../../support/said.ts";
import { clientCalled, Staff } from "../../support/staff.ts";
import { connect } from "../../support/waiting.ts";

test("a client reads why a connection was rejected, and another one that it was approved", async ({
  page,
  portal,
  browser,
}) => {
  const [good, bad] = [clientCalled("Welcome Bakery"), clientCalled("Mistaken Bakery")];
  await Promise.all([connect(browser, portal, good), connect(browser, portal, bad)]);
  const reviewer = new Staff(page, portal);
  await reviewer.signInForTheFirstTime("decides@northlight.example", "reviewer");

  await reviewer.approve(good);
  await expect(said(page, "status", "The connection was approved.")).toBeVisible();
  expect((await portal.mailbox.next(good.email)).text).toContain("approved");

  await reviewer.reject(bad, "");
  await expect(said(page, "alert", "Something is not right yet.")).toBeVisible();
  const reason = "This is the shop’s account, not the bakery’s.\nPlease share the other one.";
  await reviewer.reject(bad, reason);
  await expect(said(page, "status", "The connection was rejected.")).toBeVisible();
  const told = await portal.mailbox.next(bad.email);
  expect(told.text).toContain("This is the shop’s account, not the bakery’s.");
  expect(told.text).toContain("Please share the other one.");
});

test("several are approved at once, and only those that are ticked", async ({
  page,
  portal,
  browser,
}) => {
  const names = ["Ticked Once", "Ticked Twice", "Not Ticked"];
  const clients = names.map(clientCalled);
  await Promise.all(clients.map((client) => connect(browser, portal, client)));
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime("many@northlight.example");
  for (const name of names.slice(0, 2)) {
    await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  }
  await page.getByRole("button", { name: "Approve selected" }).click();
  await expect(said(page, "status", "2 connections were approved.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Select Not Ticked" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Select Ticked" })).toHaveCount(0);
  await Promise.all(
    clients.slice(0, 2).map(async ({ email }) => {
      expect((await portal.mailbox.next(email)).text).toContain("approved");
    }),
  );
});

test("of two who decide at once one wins, and the other is told who", async ({
  portal,
  browser,
}) => {
  const client = clientCalled("Wanted by Two");
  await connect(browser, portal, client);
  const emails = ["first@northlight.example", "second@northlight.example"];
  const admins = await Promise.all(
    emails.map(async (email) => {
      const admin = new Staff(await browser.newPage(), portal);
      await admin.signInForTheFirstTime(email, "admin");
      await expect(admin.waiting(client)).toBeVisible();
      // The desk's islands are awake, so that they may do nothing to the press.
      await expect(admin.page.getByRole("button", { name: "all keys" })).toBeVisible();
      return admin;
    }),
  );
  await Promise.all(
    admins.map((admin) => admin.waiting(client).getByRole("button", { name: "Approve" }).click()),
  );
  const said = await Promise.all(
    admins.map(async ({ page }) => {
      await expect(page).toHaveURL(/draft=/);
      return page.locator("body").innerText();
    }),
  );
  const winner = said.findIndex((words) => words.includes("The connection was approved."));
  expect(winner, said.join("\n")).toBeGreaterThanOrEqual(0);
  const other = said[1 - winner] ?? "";
  expect(other).toContain("Somebody was quicker.");
  expect(other).toContain(`${client.name}: decided by ${emails[winner]}`);
  for (const { page } of admins) {
    await page.context().close();
  }
});
