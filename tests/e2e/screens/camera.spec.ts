import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, type Page, test } from "@playwright/test";
import { Gallery } from "../support/gallery.ts";

const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
const SCHEMES = ["light", "dark"] as const;

/**
 * The whole page as WebP, which Playwright does not offer: a fifth of the bytes of a PNG. The window is made as
 * high as the page, so that nothing that sticks to its edge hides what lies behind.
 */
async function photograph(context: BrowserContext, page: Page, width: number): Promise<Buffer> {
  const chromium = await context.newCDPSession(page);
  const { cssContentSize } = await chromium.send("Page.getLayoutMetrics");
  await page.setViewportSize({ width, height: Math.ceil(cssContentSize.height) });
  const { data } = await chromium.send("Page.captureScreenshot", { format: "webp", quality: 65 });
  await chromium.detach();
  return Buffer.from(data, "base64");
}

test("every page has its picture", async ({ browser }) => {
  const pictures = process.env["PORTICO_SCREENS_PICTURES"];
  if (pictures === undefined) {
    throw new Error("PORTICO_SCREENS_PICTURES is set by `cargo xtask screens`");
  }
  for (const viewport of SIZES) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        reducedMotion: "reduce",
      });
      const gallery = await Gallery.open(context);
      const page = await context.newPage();
      for (const name of gallery.names) {
        await page.setViewportSize(viewport);
        await gallery.show(page, name);
        const picture = `${name}-${viewport.width}-${colorScheme}.webp`;
        await writeFile(join(pictures, picture), await photograph(context, page, viewport.width));
      }
      await context.close();
    }
  }
});
