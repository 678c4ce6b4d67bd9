import { expect, test } from "../../support/fixtures.ts";
import { Staff } from "../../support/staff.ts";

const DARK = "dark";

test("the colours that are chosen hold at once, on every page, in every tab and after a reload", async ({
  page,
  portal,
  context,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await new Staff(page, portal).signInForTheFirstTime("colours@northlight.example");
  const other = await context.newPage();
  await other.goto(`${portal.url}/admin/clients`);
  const choices = page.getByRole("group", { name: "Colours" });
  const dark = choices.getByRole("button", { name: "Dark" });
  await expect(choices.getByRole("button", { name: "Auto" })).toHaveAttribute("aria-pressed", "true");

  // By keyboard alone.
  await dark.focus();
  await page.keyboard.press("Enter");
  await expect(dark).toHaveAttribute("aria-pressed", "true");
  for (const shown of [page, other]) {
    await expect(shown.locator("html")).toHaveAttribute("data-theme", DARK);
    await expect(shown.locator("html")).toHaveCSS("color-scheme", DARK);
    await expect(shown.locator("meta[name=color-scheme]")).toHaveAttribute("content", DARK);
  }

  // Before anything is painted, so it must hold when the page has been read and nothing else has run.
  await page.goto(`${portal.url}/admin/outbox`, { waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", DARK);
  await page.getByRole("group", { name: "Colours" }).getByRole("button", { name: "Auto" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  await expect(page.locator("html")).toHaveCSS("color-scheme", "light dark");
  // A page that comes back by the back button shows what was chosen since.
  await page.goBack();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test("on a phone the colours are chosen on one's own account", async ({ page, portal }) => {
  await new Staff(page, portal).signInForTheFirstTime("colours-phone@northlight.example");
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.getByRole("group", { name: "Colours" })).toBeHidden();
  await page.goto(`${portal.url}/admin/account`);
  await page.getByRole("main").getByRole("button", { name: "Light" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
});
