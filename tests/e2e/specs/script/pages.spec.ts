import { expectAccessible } from "../../support/accessibility.ts";
import { expect, test } from "../../support/fixtures.ts";
import { linkIn } from "../../support/mailbox.ts";
import { Phone } from "../../support/phone.ts";
import { Staff } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const CLIENT = {
  name: "Bakery at the Corner",
  email: "baker@corner.example",
  metaAccountName: "Bakery",
};

test.setTimeout(240_000);

test("every page is accessible, small and large, light and dark", async ({
  page,
  portal,
  browser,
}) => {
  await page.goto(`${portal.url}/admin/sign-in`);
  await expectAccessible(page, "sign-in");
  const owner = new Staff(page, portal);
  const link = await portal.signInLink("pages@northlight.example");
  await page.goto(link);
  await expectAccessible(page, "first sign-in");
  await owner.signInForTheFirstTime("pages@northlight.example");
  await expectAccessible(page, "empty queue");
  await page.goto(`${portal.url}/admin/account`);
  await expectAccessible(page, "account");
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  await expectAccessible(page, "second factor to set up");
  const phone = await Phone.setUp(page);
  await page.locator("[name=code]").fill(phone.code(new Date()));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expectAccessible(page, "recovery codes");
  await page.goto(`${portal.url}/admin/settings/team`);
  await expectAccessible(page, "team");
  await page.goto(`${portal.url}/admin/clients/new`);
  await expectAccessible(page, "new client");
  const clientPage = await owner.addClient(CLIENT);
  await expectAccessible(page, "new client's page");
  await owner.sendLink();
  await expectAccessible(page, "client's page with a link");
  const guidedLink = linkIn(await portal.mailbox.next(CLIENT.email));

  const context = await browser.newContext();
  const visitor = new Visitor(await context.newPage());
  await visitor.page.goto(guidedLink);
  await expectAccessible(visitor.page, "guided link");
  await visitor.signInWithFacebook(guidedLink, "Marta Kowalska");
  await expectAccessible(visitor.page, "is this you");
  await visitor.confirmPerson();
  await expect(visitor.page.getByRole("button", { name: "Submit for approval" })).toBeVisible();
  await expectAccessible(visitor.page, "choice of accounts");
  await visitor.submitAccounts("Kowalska Workshops");
  await expect(visitor.page.getByRole("heading", { level: 1 })).toContainText("Thank you");
  await expectAccessible(visitor.page, "done");

  await page.goto(`${portal.url}/admin/queue`);
  await expectAccessible(page, "queue");
  await owner.approve(CLIENT);
  await expectAccessible(page, "queue after an approval");
  await portal.mailbox.next(CLIENT.email);
  for (const path of ["/admin/clients", "/admin/outbox", new URL(clientPage).pathname]) {
    await page.goto(`${portal.url}${path}`);
    await expectAccessible(page, path);
  }
  await visitor.page.goto(guidedLink);
  await expectAccessible(visitor.page, "spent link");
  await context.close();
});

test("a page that is not there says so accessibly", async ({ page, portal, watch }) => {
  watch.allow(/status of 404/);
  for (const path of ["/i/unknown", "/nowhere", "/connect/stopped/denied"]) {
    await page.goto(`${portal.url}${path}`);
    await expectAccessible(page, path);
  }
});
