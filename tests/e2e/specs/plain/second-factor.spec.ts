import { expect, test } from "../../support/fixtures.ts";
import { Phone } from "../../support/phone.ts";
import { Staff } from "../../support/staff.ts";

const EMAIL = "phone@northlight.example";

test("a second factor is set up without script, and a recovery code opens the door", async ({
  page,
  portal,
  browser,
  watch,
}) => {
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime(EMAIL);
  await page.goto(`${portal.url}/admin/account`);
  await page.getByRole("button", { name: "Set up a second factor" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const phone = await Phone.setUp(page);
  await page.locator("[name=code]").fill(phone.code(new Date()));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expect(page.getByRole("status")).toContainText("Your second factor is on.");
  const codes = await page.locator(".codes code").allInnerTexts();
  expect(codes).toHaveLength(10);

  const context = await browser.newContext();
  const other = await context.newPage();
  await new Staff(other, portal).showPassword(EMAIL);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("One more step");
  watch.allow(/status of 422.*\/admin\/sign-in\/code/);
  await other.locator("[name=code]").fill("000 000");
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByRole("alert")).toContainText("This is not the code of now.");
  await other.locator("[name=code]").fill(codes[0] ?? "");
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByRole("alert")).toContainText("You signed in with a recovery code.");

  await page.goto(`${portal.url}/admin/account`);
  await page.getByRole("button", { name: "Sign out there" }).click();
  await other.goto(`${portal.url}/admin/queue`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await context.close();
});
