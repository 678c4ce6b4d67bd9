import { expect, test } from "../../support/fixtures.ts";
import { linkIn } from "../../support/mailbox.ts";
import { Staff } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const CLIENT = {
  name: "Kowalska Ceramics",
  email: "marta@kowalska.example",
  metaAccountName: "Kowalska Ceramics",
};

const STORY = [
  "Client added",
  "Link sent",
  "Continued with Facebook",
  "Signed in with Facebook",
  "Connection submitted, 1 account",
  "Approved",
];

test("a client connects by a guided link, and an owner approves", async ({
  page,
  portal,
  browser,
  contextOptions,
}) => {
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime("owner@northlight.example");
  const clientPage = await owner.addClient(CLIENT);
  await owner.sendLink();

  const invitation = await portal.mailbox.next(CLIENT.email);
  expect(invitation.subject).toContain("Northlight Studio");
  const link = linkIn(invitation);

  const context = await browser.newContext(contextOptions);
  const visitor = new Visitor(await context.newPage());
  await visitor.signInWithFacebook(link, "Marta Kowalska");
  await visitor.confirmPerson();
  await visitor.submitAccounts("Kowalska Workshops");
  await expect(visitor.page.getByRole("heading", { level: 1 })).toHaveText(
    "Thank you, Marta Kowalska. Your part is done.",
  );

  await owner.approve(CLIENT);
  const approval = await portal.mailbox.next(CLIENT.email);
  expect(approval.text).toContain("approved");
  expect(approval.html).not.toBe(false);

  await page.goto(clientPage);
  for (const event of STORY) {
    await expect(owner.story()).toContainText(event);
  }

  await visitor.page.goto(link);
  await expect(visitor.page.getByRole("button", { name: "Continue with Facebook" })).toHaveCount(0);
  await context.close();
});
