import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { type BrowserContext, test } from "@playwright/test";

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

/** Serves pages by name, and stylesheet and fonts by their endings: the gallery knows no hashes. */
async function serve(context: BrowserContext, pages: string, pkg: string): Promise<void> {
  const files = await readdir(pkg);
  await context.route("**/*", async (route) => {
    const path = new URL(route.request().url()).pathname;
    const wanted = basename(path);
    const name = files.find((file) => file === wanted) ??
      files.find((file) => extname(file) !== "" && file.endsWith(extname(wanted)));
    if (extname(wanted) === ".html") {
      await route.fulfill({ path: join(pages, wanted), contentType: "text/html" });
    } else if (name !== undefined && extname(wanted) !== "") {
      await route.fulfill({ body: await readFile(join(pkg, name)), contentType: type(wanted) });
    } else {
      await route.abort();
    }
  });
}

function type(name: string): string {
  return extname(name) === ".css" ? "text/css" : "font/woff2";
}

test("every page has its picture", async ({ browser }) => {
  const pages = folder("PORTICO_SCREENS_PAGES");
  const names = (await readdir(pages)).map((file) => basename(file, ".html"));
  for (const viewport of SIZES) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        reducedMotion: "reduce",
        javaScriptEnabled: false,
      });
      await serve(context, pages, folder("PORTICO_SCREENS_PKG"));
      const page = await context.newPage();
      for (const name of names) {
        await page.goto(`${SITE}/${name}.html`);
        await page.screenshot({
          path: join(
            folder("PORTICO_SCREENS_PICTURES"),
            `${name}-${viewport.width}-${colorScheme}.jpg`,
          ),
          type: "jpeg",
          quality: 70,
          fullPage: true,
        });
      }
      await context.close();
    }
  }
});
