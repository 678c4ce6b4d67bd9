import { expect, test } from "../../support/fixtures.ts";
import { clientCalled, Staff } from "../../support/staff.ts";

test.use({ timezoneId: "Asia/Kolkata" });

test("times stay fresh on a page that is left open, and tell the moment in the reader's zone", async ({
  page,
  portal,
}) => {
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime("times@northlight.example");
  const client = clientCalled("Katydid Kitchens");
  await owner.addClient(client);
  await owner.sendLink();
  await page.clock.install();
  await page.goto(`${portal.url}/admin/outbox`);
  const ago = page.getByRole("row").filter({ hasText: client.email }).locator("time");
  await expect(ago).toHaveText("just now");
  const hours = "[0-9]{1,2} [A-Z][a-z]{2} 20[0-9]{2}, [0-9]{2}:[0-9]{2} (IST|GMT\\+5:30)";
  await expect(ago).toHaveAttribute("title", new RegExp(`^${hours}$`));

  await page.clock.runFor(5 * 60_000);
  await expect(ago).toHaveText("5 minutes ago");
  await page.clock.runFor(60 * 60_000);
  await expect(ago).toHaveText("1 hour ago");

  // For those who cannot hover: by the button, by the key, and back.
  const exact = page.getByRole("button", { name: "Show exact times" });
  await exact.click();
  await expect(exact).toHaveAttribute("aria-pressed", "true");
  await expect(ago).toHaveText(new RegExp(`^${hours}$`));
  await page.keyboard.press("t");
  await expect(ago).toHaveText("1 hour ago");
  await expect(exact).toHaveAttribute("aria-pressed", "false");
});
