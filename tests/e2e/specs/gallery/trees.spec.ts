import { expect, test } from "../../support/fixtures.ts";
import { Gallery } from "../../support/gallery.ts";

/** The steps of the client's way, and where it may end. */
const STEPS = [
  "invitation",
  "invitation-in-instagram-apple",
  "identity",
  "identity-missing",
  "progress-reading",
  "accounts",
  "no-accounts-nothing_there",
  "done",
  "link-expired",
  "link-spent-approved",
  "stopped-not_given",
];

for (const name of STEPS) {
  test(`a screen reader is told the same as ever: ${name}`, async ({ page, context }) => {
    const gallery = await Gallery.open(context);
    await gallery.show(page, name);
    await expect(page.locator("body")).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
  });
}
