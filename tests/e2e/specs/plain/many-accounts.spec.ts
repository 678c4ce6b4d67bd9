import { expect, test } from "../../support/fixtures.ts";
import { clientCalled, Staff } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const PERSON = "Aurora Lindqvist-Okafor";

test("three thousand accounts are searched and paged without script, and every tick is kept", async ({
  page,
  portal,
  browser,
}) => {
  const client = clientCalled("Three Thousand");
  const visitor = new Visitor(page);
  await visitor.signInWithFacebook(await portal.invite(client), PERSON);
  await visitor.confirmPerson();
  await expect(visitor.heading).toContainText("Which ad accounts");
  await expect(page.getByText(/^3.?000 accounts$/)).toBeVisible();

  // On all pages together, which the picker counts once it is awake.
  const expectChosen = (count: number) =>
    expect(page.getByRole("status").filter({ hasText: `Accounts chosen: ${count}` })).toBeVisible();
  await expectChosen(0);

  const chosen: string[] = [];
  const tickFirst = async () => {
    const open = page.getByRole("checkbox", { disabled: false, checked: false }).first();
    chosen.push((await open.getAttribute("value")) ?? "");
    await open.check();
  };
  await tickFirst();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByText(/Page 2 of/)).toBeVisible();
  await expectChosen(1);
  await tickFirst();

  const last = "1015889000002999";
  await page.getByRole("searchbox", { name: "Find an account" }).fill(last);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByText(/^1 of 3.?000 accounts match$/)).toBeVisible();
  await expectChosen(2);
  await page.getByRole("checkbox").check();
  chosen.push(last);
  await page.getByRole("button", { name: "Submit for approval" }).click();
  await expect(visitor.heading).toHaveText(`Thank you, ${PERSON}. Your part is done.`);

  const owner = new Staff(await browser.newPage(), portal);
  await owner.signInForTheFirstTime("thousands@northlight.example");
  const waiting = owner.waiting(client);
  await expect(waiting).toContainText("3 accounts");
  await waiting.getByText("Show the accounts").click();
  const digits = (await waiting.innerText()).replaceAll(/\D/g, "");
  for (const number of chosen) {
    expect(digits).toContain(number);
  }
  await owner.page.context().close();
});
