import { expect, test } from "../../support/fixtures.ts";
import { linkIn } from "../../support/mailbox.ts";
import { clientCalled, Staff } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

test("a link that is sent again works, and the earlier one no longer does", async ({
  page,
  portal,
  browser,
  watch,
}) => {
  const client = clientCalled("Sent Again");
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime("resends@northlight.example");
  await owner.addClient(client);
  await owner.sendLink();
  const earlier = linkIn(await portal.mailbox.next(client.email));
  await owner.resend();
  const later = linkIn(await portal.mailbox.next(client.email));
  expect(later).not.toBe(earlier);

  watch.allow(/status of 410.*\/i\//);
  const visitor = new Visitor(await browser.newPage());
  await visitor.page.goto(earlier);
  await expect(visitor.heading).toHaveText("This link is no longer in use");
  await visitor.walk(later, "Marta Kowalska", "Kowalska Workshops");
  await visitor.page.context().close();
});

test("back and forward through the whole way, and nothing happens twice", async ({
  page,
  portal,
  browser,
}) => {
  const client = clientCalled("Back and Forth");
  const link = await portal.invite(client);
  const visitor = new Visitor(page);
  await visitor.signInWithFacebook(link, "Marta Kowalska");
  await visitor.confirmPerson();
  await expect(visitor.heading).toContainText("Which ad accounts");
  await page.getByRole("checkbox", { name: "Kowalska Workshops" }).check();
  // Twice, as people do who are in a hurry.
  await page.getByRole("button", { name: "Submit for approval" }).dblclick();
  await expect(visitor.heading).toContainText("Your part is done");

  const sane = /Your part is done|This link has done its work|Which ad accounts|Is this you/;
  const isDialog = () => page.url().startsWith(portal.sandboxUrl);
  const seen: string[] = [];
  for (const step of [() => page.goBack(), () => page.goForward()]) {
    while ((await step()) !== null) {
      seen.push(isDialog() ? "the dialog" : await visitor.heading.innerText());
    }
  }
  expect(seen).toContain("the dialog");
  expect(seen.filter((words) => words !== "the dialog" && !sane.test(words))).toEqual([]);

  // Who agrees once more on an old page of the dialog ends where the first time ended.
  while (!isDialog()) {
    await page.goBack();
  }
  await visitor.agree();
  await expect(visitor.heading).toHaveText(sane);

  const owner = new Staff(await browser.newPage(), portal);
  await owner.signInForTheFirstTime("back@northlight.example");
  await expect(owner.waiting(client)).toHaveCount(1);
  await owner.page.getByRole("link", { name: client.name }).click();
  const submissions = owner.story().getByText("Connection submitted");
  await expect(submissions).toHaveCount(1);
  await owner.page.context().close();
});
