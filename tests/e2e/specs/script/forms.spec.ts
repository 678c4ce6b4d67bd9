import { expect, test } from "../../support/fixtures.ts";
import { Staff } from "../../support/staff.ts";

test("a form is sent once, says that it is at work, and is ready again after the back button", async ({
  page,
  portal,
}) => {
  await new Staff(page, portal).signInForTheFirstTime("forms@northlight.example");
  await page.goto(`${portal.url}/admin/clients/new`);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") {
      sent.push(request.url());
    }
  });
  await page.locator("[name=name]").fill("Twice and Sons");
  await page.locator("[name=email]").fill("twice@sons.example");
  const button = page.getByRole("main").locator("form").getByRole("button");
  // Two presses before the browser has begun to leave the page.
  const busy = await button.evaluate((it: HTMLElement) => {
    it.click();
    it.click();
    return it.getAttribute("aria-busy");
  });
  expect(busy).toBe("true");
  await expect(page).toHaveURL(/\/admin\/clients\/[0-9a-f-]{36}/);
  expect(sent).toHaveLength(1);

  await page.goBack();
  await expect(page.getByRole("main").locator("form").getByRole("button")).not.toHaveAttribute("aria-busy");
});
