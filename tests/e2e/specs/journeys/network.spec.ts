import { expect, test } from "../../support/fixtures.ts";
import { clientCalled } from "../../support/staff.ts";
import { INSTAGRAM } from "../../support/surroundings.ts";
import { Visitor } from "../../support/visitor.ts";

const PERSON = "Marta Kowalska";
const ACCOUNT = "Kowalska Workshops";

/** What Chromium's developer tools call slow 3G: milliseconds, and bytes a second. */
const SLOW_3G = { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

test.describe("inside the window of an app", () => {
  test.use({ userAgent: INSTAGRAM });

  test("on a slow network every page is of use before its wasm is there", async ({
    page,
    context,
    portal,
  }) => {
    const chromium = await context.newCDPSession(page);
    await chromium.send("Network.emulateNetworkConditions", { offline: false, ...SLOW_3G });
    // It is asked for, and is still on its way when all is done.
    await context.route("**/*.wasm", () => {});
    const visitor = new Visitor(page);
    const link = await portal.invite(clientCalled("In the Train"));
    const asked = page.waitForRequest("**/*.wasm");
    await visitor.walk(link, PERSON, ACCOUNT, async (name) => {
      if (name === "the invitation") {
        await asked;
      }
    });
  });
});

test("whoever goes offline in the middle goes on with a reload, and nothing is lost", async ({
  page,
  context,
  portal,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const offline = async (press: () => Promise<void>) => {
    await context.setOffline(true);
    await press();
    // The browser's own page.
    await expect(page).toHaveURL("chrome-error://chromewebdata/");
    await context.setOffline(false);
    await page.reload();
  };
  const visitor = new Visitor(page);
  await visitor.signInWithFacebook(await portal.invite(clientCalled("In a Tunnel")), PERSON);
  await offline(() => visitor.confirmPerson());
  await expect(visitor.heading).toContainText("Which ad accounts");
  await offline(() => visitor.submitAccounts(ACCOUNT));
  await expect(visitor.heading).toContainText("Your part is done");
  await expect(page.getByRole("main")).toContainText(ACCOUNT);
});
