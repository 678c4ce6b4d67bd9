import { expect, test as base } from "../../support/fixtures.ts";
import { linkIn } from "../../support/mailbox.ts";
import { Portal } from "../../support/portal.ts";
import { clientCalled, PASSWORD, Staff } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const PERSON = "Marta Kowalska";
const ACCOUNT = "Kowalska Workshops";
const DAY = 24 * 60;

/** The portal of these tests is one whose clock can be moved, forward only. */
const test = base.extend<object, { portal: Portal }>({
  portal: [
    async ({}, use) => {
      const portal = await Portal.open({ clock: true });
      await use(portal);
      await portal.close();
    },
    { scope: "worker" },
  ],
});

test("a link that has expired mails a fresh one, which works", async ({ page, portal, watch }) => {
  const client = clientCalled("Long Holidays");
  const link = await portal.invite(client);
  await portal.pass(7 * DAY + 1);
  watch.allow(/status of 410.*\/i\//);
  const visitor = new Visitor(page);
  await page.goto(link);
  await expect(visitor.heading).toHaveText("This link has expired");
  await page.getByRole("button", { name: "E-mail me a fresh link" }).click();
  await expect(visitor.heading).toHaveText("Look into your mailbox");
  const fresh = linkIn(await portal.mailbox.next(client.email));
  await visitor.walk(fresh, PERSON, ACCOUNT);
});

test("a visit that took too long says so, and the link begins another one", async ({
  page,
  portal,
}) => {
  const visitor = new Visitor(page);
  const link = await portal.invite(clientCalled("Called Away"));
  await visitor.signInWithFacebook(link, PERSON);
  await portal.pass(31);
  await visitor.confirmPerson();
  await expect(visitor.heading).toHaveText("That took a little too long");
  await expect(page.getByText("Open the link in your e-mail again to go on.")).toBeVisible();
  await visitor.walk(link, PERSON, ACCOUNT);
});

test("an answer of Facebook that comes too late is not taken, and asked for again", async ({
  page,
  portal,
}) => {
  const visitor = new Visitor(page);
  await page.goto(await portal.invite(clientCalled("Slow Reader")));
  await page.getByRole("button", { name: "Continue with Facebook" }).click();
  await visitor.sayWho(PERSON);
  await portal.pass(11);
  await visitor.agree();
  await expect(visitor.heading).toHaveText("This login is no longer fresh");
  await page.getByRole("button", { name: "Continue with Facebook" }).click();
  await visitor.consent(PERSON);
  await expect(visitor.heading).toHaveText("Is this you?");
});

test("a session that was left alone is over, and signing in leads back", async ({
  page,
  portal,
}) => {
  const email = "lunch@northlight.example";
  const staff = new Staff(page, portal);
  await staff.signInForTheFirstTime(email);
  await page.getByRole("link", { name: "Clients", exact: true }).click();
  await expect(page).toHaveURL(/\/admin\/clients/);
  await portal.pass(61);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/admin\/clients/);
});

test("a one-time sign-in link of yesterday is over", async ({ page, portal, watch }) => {
  const link = await portal.signInLink("yesterday@northlight.example");
  await portal.pass(DAY + 1);
  watch.allow(/status of 410.*\/admin\/sign-in\//);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This sign-in link is over");
});
