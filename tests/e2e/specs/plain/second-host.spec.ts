import { expect, test } from "@playwright/test";
import { Facebook } from "../../support/facebook.ts";
import { linkIn } from "../../support/mailbox.ts";
import { Portal } from "../../support/portal.ts";
import { Staff } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const CLIENT = { name: "Two Hosts", email: "two@hosts.example", metaAccountName: "Two Hosts" };

/**
 * Facebook sends the dialog from one of its hosts to another. Chromium holds every hop after a
 * posted form against the page's `form-action`, so that must allow for all of them.
 */
test("the way to the dialog leads over a second host", async ({
  playwright,
  launchOptions,
  contextOptions,
}) => {
  const facebook = await Facebook.open();
  const portal = await Portal.open({ dialogUrl: facebook.dialogUrl });
  facebook.sandboxUrl = portal.sandboxUrl;
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), ...facebook.browserArguments],
  });
  try {
    const owner = new Staff(await browser.newPage(contextOptions), portal);
    await owner.signInForTheFirstTime("owner@northlight.example");
    await owner.addClient(CLIENT);
    await owner.sendLink();
    const link = linkIn(await portal.mailbox.next(CLIENT.email));

    const visitor = new Visitor(await browser.newPage(contextOptions));
    await visitor.signInWithFacebook(link, "Marta Kowalska");
    expect(facebook.asked.slice(0, 2)).toEqual(["www.facebook.com", "m.facebook.com"]);
    await expect(visitor.page.getByRole("button", { name: "Yes, this is me" })).toBeVisible();
  } finally {
    await browser.close();
    await portal.close();
    await facebook.close();
  }
});
