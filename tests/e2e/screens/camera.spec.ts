import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { type BrowserContext, type Page, test } from "@playwright/test";

const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
const SCHEMES = ["light", "dark"] as const;
const SITE = "http://gallery.example";

function folder(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is set by \`cargo xtask screens\``);
  }
  return value;
}

/**
 * Serves pages and what they wear by name, and the main stylesheet and fonts by their endings: the gallery knows no
 * hashes.
 */
async function serve(context: BrowserContext, pages: string, pkg: string): Promise<void> {
  const [own, files] = [await readdir(pages), await readdir(pkg)];
  await context.route("**/*", async (route) => {
    const path = new URL(route.request().url()).pathname;
    const wanted = basename(path);
    const name = files.find((file) => file === wanted) ??
      files.find((file) => extname(file) !== "" && file.endsWith(extname(wanted)));
    if (own.includes(wanted)) {
      await route.fulfill({ path: join(pages, wanted), contentType: type(wanted) });
    } else if (name !== undefined && extname(wanted) !== "") {
      await route.fulfill({ body: await readFile(join(pkg, name)), contentType: type(wanted) });
    } else {
      await route.abort();
    }
  });
}

function type(name: string): string {
  const types: Record<string, string> = {
    ".css": "text/css",
    ".html": "text/html",
    ".png": "image/png",
  };
  return types[extname(name)] ?? "font/woff2";
}

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
  const pages = folder("PORTICO_SCREENS_PAGES");
  const names = (await readdir(pages))
    .filter((file) => extname(file) === ".html")
    .map((file) => basename(file, ".html"));
  for (const viewport of SIZES) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        reducedMotion: "reduce",
      });
      await serve(context, pages, folder("PORTICO_SCREENS_PKG"));
      const page = await context.newPage();
      for (const name of names) {
        await page.setViewportSize(viewport);
        await page.goto(`${SITE}/${name}.html`);
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        const picture = `${name}-${viewport.width}-${colorScheme}.webp`;
        await writeFile(
          join(folder("PORTICO_SCREENS_PICTURES"), picture),
          await photograph(context, page, viewport.width),
        );
      }
      await context.close();
    }
  }
});
