import { expect, test } from "../../support/fixtures.ts";
import { clientCalled } from "../../support/staff.ts";

test.describe("inside Instagram on Android", () => {
  test.use({
    userAgent:
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
      "Chrome/140.0.0.0 Mobile Safari/537.36 Instagram 390.0.0.0 Android",
    viewport: { width: 360, height: 740 },
  });

  test("the real browser is one press away, and the link can be copied and shared", async ({
    page,
    portal,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    // What the phone offers to share with, which a browser without a screen has not.
    await page.addInitScript(() => {
      Object.assign(navigator, {
        share: (data: ShareData) => {
          document.title = `shared ${data.url}`;
          return Promise.resolve();
        },
      });
    });
    const link = await portal.invite(clientCalled("Inside an App"));
    await page.goto(link);
    const open = page.getByRole("link", { name: "Open in the browser" });
    await expect(open).toBeVisible();
    const intent = await open.getAttribute("href");
    expect(intent).toMatch(/^intent:\/\/localhost:\d+\/i\/[^#]+#Intent;scheme=http;.*;end$/);
    expect(intent).toContain(`S.browser_fallback_url=${encodeURIComponent(link)};`);

    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await page.getByRole("button", { name: "Share the link" }).click();
    await expect(page).toHaveTitle(`shared ${link}`);
  });
});

test.describe("inside Messenger on an iPhone", () => {
  test.use({
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 " +
      "[FBAN/MessengerForiOS;FBAV/500.0.0.0;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS]",
  });

  test("nothing is offered that the phone does not know", async ({ page, portal }) => {
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "share", { value: undefined }));
    await page.goto(await portal.invite(clientCalled("Inside Messenger")));
    await expect(page.getByRole("button", { name: "Copy", exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: "Open in the browser" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Share the link" })).toBeHidden();
  });
});
