import { expectAccessible } from "../../support/accessibility.ts";
import { expect, test } from "../../support/fixtures.ts";
import { Gallery } from "../../support/gallery.ts";

// Hundreds of pages, four times each: some minutes where nothing else is at work.
test.setTimeout(1_200_000);

test("every page in every state is accessible, small and large, light and dark", async ({
  page,
  context,
}) => {
  const gallery = await Gallery.open(context);
  expect(gallery.names.length).toBeGreaterThan(100);
  for (const name of gallery.names) {
    await gallery.show(page, name);
    await expectAccessible(page, name);
  }
});
