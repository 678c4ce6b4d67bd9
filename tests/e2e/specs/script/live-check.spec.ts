import { expectAccessible } from "../../support/accessibility.ts";
import { expect, test } from "../../support/fixtures.ts";
import { Staff } from "../../support/staff.ts";

const BAD = "This does not look like an e-mail address.";

test("a field says what is wrong when it is left, and takes it back once it is mended", async ({
  page,
  portal,
}) => {
  await new Staff(page, portal).signInForTheFirstTime("live@northlight.example");
  await page.goto(`${portal.url}/admin/clients/new`);
  const form = page.getByRole("main").locator("form");
  const [name, email] = [form.getByLabel("Name", { exact: true }), form.getByLabel("E-mail")];
  await expect(page.locator("leptos-island").first()).toBeAttached();
  await page.waitForLoadState("networkidle");

  // Passed through, or half typed: silence.
  await name.focus();
  await email.focus();
  await email.pressSequentially("marta@kowalska");
  await expect(form.locator(".error:visible").filter({ hasText: /\w/ })).toHaveCount(0);
  await expect(email).not.toHaveAttribute("aria-invalid");

  await name.focus();
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toHaveAccessibleDescription(`${BAD} The link goes to this address.`);
  await expectAccessible(page, "new client with a problem told at once");
  await email.press("End");
  await email.pressSequentially(".examp");
  await expect(email).not.toHaveAttribute("aria-invalid");
  await expect(email).toHaveAccessibleDescription("The link goes to this address.");

  await name.fill("x");
  await name.fill("");
  await email.focus();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveAccessibleDescription("This is needed.");
  await name.fill("Lotus Laundry");
  await expect(name).not.toHaveAttribute("aria-invalid");

  // A line that comes while a button is pressed must not push it away: the server still gets the form.
  await email.fill("marta@kowalska");
  await form.getByRole("button", { name: "Add client" }).click();
  await expect(page.getByRole("alert")).toContainText(BAD);
  await expect(email).toHaveValue("marta@kowalska");
  await email.fill("lotus@laundry.example");
  await expect(email).not.toHaveAttribute("aria-invalid");
  await form.getByRole("button", { name: "Add client" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lotus Laundry");
});

test("the sign-in page checks the form of an address", async ({ page, portal }) => {
  await page.goto(`${portal.url}/admin/sign-in`);
  await page.waitForLoadState("networkidle");
  const email = page.getByLabel("E-mail");
  await email.fill("not an address");
  await page.getByLabel("Password").focus();
  await expect(email).toHaveAccessibleDescription(BAD);
  await email.fill("live@northlight.example");
  await expect(email).not.toHaveAttribute("aria-invalid");
});
