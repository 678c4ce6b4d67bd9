import { expect, test } from "../../support/fixtures.ts";
import { clientCalled } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const ACCOUNT = "1015880000000101";

test("somebody cancels, and tries again", async ({ page, portal }) => {
  const visitor = new Visitor(page);
  await page.goto(await portal.invite(clientCalled("Second Thoughts")));
  await page.getByRole("button", { name: "Continue with Facebook" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(visitor.heading).toHaveText("Facebook did not give us permission");
  await page.getByRole("button", { name: "Continue with Facebook" }).click();
  await visitor.consent("Marta Kowalska");
  await visitor.confirmPerson();
  await visitor.submitAccounts("Kowalska Workshops");
  await expect(visitor.heading).toContainText("Your part is done");
});

test("a permission that was not given is named, and asked for alone", async ({ page, portal }) => {
  const person = "Paula Halb";
  await portal.control("people", { id: "9101", name: person, accounts: [ACCOUNT] });
  const visitor = new Visitor(page);
  await page.goto(await portal.invite(clientCalled("Half a Permission")));
  await page.getByRole("button", { name: "Continue with Facebook" }).click();
  await visitor.sayWho(person);
  await page.getByRole("checkbox", { name: "business_management" }).uncheck();
  await visitor.agree();

  await expect(visitor.heading).toHaveText("Is this you?");
  await expect(page.getByText("One permission is missing.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "business accounts" })).toContainText(
    "without it we can’t see ad accounts that belong to a company.",
  );
  await page.getByRole("button", { name: "Ask Facebook again for this one" }).click();
  await visitor.sayWho(person);
  await expect(page.getByRole("checkbox", { name: "business_management" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "ads_read" })).toHaveCount(0);
  await visitor.agree();

  await expect(visitor.heading).toHaveText("Is this you?");
  await expect(page.getByText("permission is missing")).toHaveCount(0);
  await visitor.confirmPerson();
  await expect(visitor.heading).toContainText("Which ad accounts");
});

test("no account is found, then one is given, and the same page goes on", async ({
  page,
  portal,
}) => {
  const person = "Otto Leer";
  await portal.control("people", { id: "9102", name: person, accounts: [] });
  const visitor = new Visitor(page);
  await visitor.signInWithFacebook(await portal.invite(clientCalled("Nothing There")), person);
  await visitor.confirmPerson();
  await expect(visitor.heading).toHaveText("No ad account was found");
  await expect(page.getByRole("main")).toContainText("Ask whoever manages your ads to add you");
  await portal.control("people", { id: "9102", accounts: [ACCOUNT] });
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(visitor.heading).toContainText("Which ad accounts");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Submit for approval" }).click();
  await expect(visitor.heading).toContainText("Your part is done");
});
