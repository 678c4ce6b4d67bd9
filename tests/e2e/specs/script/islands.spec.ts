import { expect, test } from "../../support/fixtures.ts";
import { Staff } from "../../support/staff.ts";

const CLIENT = {
  name: "Orchard and Sons",
  email: "orchard@sons.example",
  metaAccountName: "Orchard",
};

test("the copy button wakes up and copies a link that was just made", async ({
  page,
  portal,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime("islands@northlight.example");
  await owner.addClient(CLIENT);
  await page.getByRole("button", { name: "Copy link" }).click();
  const link = await page.locator("#minted").inputValue();
  expect(link).toContain(`${portal.url}/i/`);

  // The button shows itself once it listens.
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});
