import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";

const SITE = "http://gallery.example";
const ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** The app's pages with made-up people in them, as `xtask` wrote them: no server, always the same. */
export class Gallery {
  readonly names: string[];

  private constructor(names: string[]) {
    this.names = names;
  }

  /**
   * Lets a browser find the pages, and what they load under the names that the build gave it. A picture waits for
   * the font, which a person's page does not.
   */
  static async open(context: BrowserContext, waitsForFont = true): Promise<Gallery> {
    const pages = folder("PORTICO_GALLERY_PAGES");
    const pkg = folder("PORTICO_GALLERY_PKG");
    // Beside the pages lies what their agencies wear: colours and a logo.
    const [own, files] = [await readdir(pages), await readdir(pkg)];
    const built = (begin: string, end: string) =>
      files.find((name) => name.startsWith(begin) && name.endsWith(end)) ?? "";
    await context.route(`${SITE}/**`, async (route) => {
      const name = basename(new URL(route.request().url()).pathname);
      if (name.endsWith(".html")) {
        const html = await readFile(join(pages, name), "utf8");
        const body = html
          .replaceAll("figtree.woff2", built("figtree.", ".woff2"))
          .replaceAll("style.css", built("portico.", ".css"));
        await route.fulfill({ body, contentType: "text/html" });
      } else if (own.includes(name)) {
        await route.fulfill({ path: join(pages, name) });
      } else if (name.endsWith(".css") && waitsForFont) {
        const css = await readFile(join(pkg, name), "utf8");
        const body = css.replaceAll(/font-display:\s*optional/g, "font-display:block");
        await route.fulfill({ body, contentType: "text/css" });
      } else if (files.includes(name)) {
        await route.fulfill({ path: join(pkg, name) });
      } else if (name === "favicon.svg") {
        await route.fulfill({ body: ICON, contentType: "image/svg+xml" });
      } else {
        await route.abort();
      }
    });
    const names = own.filter((file) => extname(file) === ".html");
    return new Gallery(names.map((file) => basename(file, ".html")).sort());
  }

  /** Opens a page, and waits until it is painted, with its font or without. */
  async paint(page: Page, name: string): Promise<void> {
    await page.goto(`${SITE}/${name}.html`, { waitUntil: "domcontentloaded" });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  }

  /** Shows a page, with its font. */
  async show(page: Page, name: string): Promise<void> {
    await this.paint(page, name);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  }
}

function folder(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is set by \`cargo xtask screens\` and \`cargo xtask test --only e2e\``);
  }
  return value;
}
