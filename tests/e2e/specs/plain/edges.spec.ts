import { expect, test } from "../../support/fixtures.ts";
import { linkIn } from "../../support/mailbox.ts";
import { Staff } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const CLIENT = {
  name: "Berg Timber",
  email: "nina@berg.example",
  metaAccountName: "Berg",
};

test("a client who is stuck passes the link on, and who got it reconnects later", async ({
  page,
  portal,
  browser,
  contextOptions,
}) => {
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime("edges@northlight.example");
  const clientPage = await owner.addClient(CLIENT);
  await owner.sendLink();
  const link = linkIn(await portal.mailbox.next(CLIENT.email));

  const first = await browser.newContext(contextOptions);
  const nina = new Visitor(await first.newPage());
  const heading = (visitor: Visitor) => visitor.page.getByRole("heading", { level: 1 });
  await nina.page.goto(link);
  await nina.page.getByRole("button", { name: "Continue with Facebook" }).click();
  await nina.page.getByRole("button", { name: "Cancel" }).click();
  await expect(heading(nina)).toHaveText("Facebook did not give us permission");
  await nina.page.getByRole("button", { name: "Continue with Facebook" }).click();
  await nina.consent("Nina Berg");
  await nina.confirmPerson();
  await expect(heading(nina)).toHaveText("No ad account was found");

  await nina.page.getByRole("link", { name: "Ask for help" }).click();
  await nina.page.getByRole("button", { name: "Ask for help" }).click();
  const call = await portal.mailbox.next("hello@northlight.example");
  expect(call.text).toContain(CLIENT.name);
  expect(call.text).not.toContain("/i/");

  await nina.page.getByRole("link", { name: "Pass this on" }).click();
  await nina.page.getByRole("button", { name: "Make a link to pass on" }).click();
  const passedOn = await nina.page.getByLabel("The link to pass on").inputValue();
  await first.close();

  const second = await browser.newContext(contextOptions);
  const marta = new Visitor(await second.newPage());
  await marta.signInWithFacebook(passedOn, "Marta Kowalska");
  await marta.confirmPerson();
  await marta.submitAccounts("Kowalska Workshops");
  await expect(heading(marta)).toContainText("Your part is done");
  await page.goto(`${portal.url}/admin/queue`);
  await expect(page.getByText("The link was passed on by Nina Berg")).toBeVisible();
  await owner.approve(CLIENT);

  const args = ["invite", "--client", CLIENT.email, "--kind", "reconnect", "--no-mail", "--json"];
  const again = JSON.parse(await portal.portico(...args)) as { url: string };
  await marta.signInWithFacebook(again.url, "Marta Kowalska");
  await marta.confirmPerson();
  await expect(heading(marta)).toContainText("Your part is done");
  await second.close();

  await page.goto(clientPage);
  for (const event of ["Asked for help", "passed on", "Approved"]) {
    await expect(owner.story()).toContainText(event);
  }
});
