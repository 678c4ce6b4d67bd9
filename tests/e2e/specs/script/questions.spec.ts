import { expectAccessible } from "../../support/accessibility.ts";
import { expect, test } from "../../support/fixtures.ts";
import { clientCalled, Staff } from "../../support/staff.ts";

test("what ends something asks first, and its outcome is told at the edge of the page", async ({
  page,
  portal,
}) => {
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime("questions@northlight.example");
  await owner.addClient(clientCalled("Iris Interiors"));
  await owner.sendLink();
  const revoke = page.getByRole("button", { name: "Revoke", exact: true });
  // What is told of the link shows that the page is awake: before, the button does at once what it says.
  await page.getByRole("button", { name: "Dismiss" }).click();
  const question = page.getByRole("dialog", { name: "End all links?" });

  // Cancelled by Escape, by the button, and by a click beside it: nothing happens, and the focus is where it was.
  const posts: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") {
      posts.push(request.url());
    }
  });
  const ways = [
    () => page.keyboard.press("Escape"),
    () => question.getByRole("button", { name: "Cancel" }).click(),
    () => page.mouse.click(5, 5),
  ];
  for (const leave of ways) {
    await revoke.focus();
    await page.keyboard.press("Enter");
    await expect(question).toContainText("No link that was sent to Iris Interiors");
    await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
    await leave();
    await expect(question).toBeHidden();
    await expect(revoke).toBeFocused();
  }
  await revoke.click();
  await expectAccessible(page, "question before links are revoked");
  expect(posts).toEqual([]);

  await page.clock.install();
  await question.getByRole("button", { name: "Revoke links" }).click();
  const told = page.getByRole("status").filter({ hasText: "no longer work" });
  await expect(told).toBeVisible();
  await expect(page.getByRole("button", { name: "Revoke", exact: true })).toHaveCount(0);
  expect(posts).toHaveLength(1);
  await expectAccessible(page, "toast");

  // Under the pointer it stays; left alone it goes.
  await expect(page.getByRole("button", { name: "Dismiss" })).toBeVisible();
  await told.hover();
  await page.clock.fastForward(60_000);
  await expect(told).toBeVisible();
  await page.mouse.move(5, 5);
  await page.clock.fastForward(60_000);
  await expect(told).toHaveCount(0);

  // What was sent before is no longer of use, and what is told of it can be dismissed.
  await owner.sendLink();
  await expect(page.getByRole("status").filter({ hasText: "on its way" })).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).focus();
  await page.clock.fastForward(60_000);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "on its way" })).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
});

test("bad news stays until it is dismissed", async ({ page, portal }) => {
  const owner = new Staff(page, portal);
  await owner.signInForTheFirstTime("bad-news@northlight.example");
  await owner.addClient(clientCalled("Juniper Jewels"));
  await page.clock.install();
  // Five mails an hour, and one more.
  await owner.sendLink();
  for (let sent = 1; sent <= 5; sent += 1) {
    await page.getByRole("button", { name: "Resend", exact: true }).click();
    await expect(page.getByRole("button", { name: "Dismiss" })).toBeVisible();
  }
  const told = page.getByRole("alert").filter({ hasText: "as many links as may be sent" });
  await expect(told).toBeVisible();
  await page.clock.fastForward(600_000);
  await expect(told).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(told).toHaveCount(0);
});
