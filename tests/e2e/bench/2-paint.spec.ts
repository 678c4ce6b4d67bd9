import type { Browser, Page } from "@playwright/test";
import { median, RUNS, tell } from "../support/bench/figures.ts";
import { PHONE, slowDown } from "../support/bench/phone.ts";
import { hasWasm, loadWhole } from "../support/bench/whole.ts";
import { expect, unwatched as test } from "../support/fixtures.ts";
import type { Portal } from "../support/portal.ts";
import { clientCalled } from "../support/staff.ts";
import { Visitor } from "../support/visitor.ts";

/** A page with a form, where it is, and whose cookies it needs. */
interface Case {
  name: string;
  url: string;
  button: string;
  hasIslands: boolean;
  cookies: Awaited<ReturnType<ReturnType<Page["context"]>["cookies"]>>;
}

interface Times {
  first: number;
  largest: number;
  usable: number;
}

/** What the page notes down about itself. */
interface Noted {
  largest: number;
  usable: number;
}

test("paint and usable form on a phone", async ({ browser, portal }) => {
  const cases = [await invitation(browser, portal), await choice(browser, portal)];
  const rows: string[][] = [];
  for (const one of cases) {
    for (const wasm of one.hasIslands ? [true, false] : [true]) {
      const runs: Times[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        runs.push(await measured(browser, one, wasm));
      }
      const times = (["first", "largest", "usable"] as const).map(
        (key) => `${Math.round(median(runs.map((times) => times[key])))} ms`,
      );
      const part = one.hasIslands ? (wasm ? "with wasm" : "wasm blocked") : "has no wasm";
      rows.push([one.name, part, ...times]);
    }
  }
  await tell(
    "A phone as Lighthouse plays it, but for real: processor slowed down four times, slow 4G " +
      "(562.5 ms, 1.44 Mbit/s), empty cache, from the start of the navigation. *Usable form*: the " +
      `button is in its place and can be pressed; each time it was, and the form was sent. ${RUNS} runs, medians.`,
    ["page", "browser part", "first paint", "largest paint", "usable form"],
    rows,
  );
});

async function invitation(browser: Browser, portal: Portal): Promise<Case> {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await page.goto(await portal.invite(clientCalled("Paint Shop")));
  return found(page, "invitation", "Continue with Facebook");
}

/** The choice of ad accounts belongs to the browser that signed in, so its cookies are kept. */
async function choice(browser: Browser, portal: Portal): Promise<Case> {
  const context = await browser.newContext(PHONE);
  const visitor = new Visitor(await context.newPage());
  await visitor.signInWithFacebook(await portal.invite(clientCalled("Picking Hands")), "Marta Kowalska");
  await visitor.confirmPerson();
  const button = "Submit for approval";
  await expect(visitor.page.getByRole("button", { name: button })).toBeVisible();
  return found(visitor.page, "choice of ad accounts", button);
}

/** The page that a window shows now; the window is closed. */
async function found(page: Page, name: string, button: string): Promise<Case> {
  const hasIslands = (await page.locator("leptos-island").count()) > 0;
  const cookies = await page.context().cookies();
  const url = page.url().replace(/#.*/, "");
  await page.context().close();
  return { name, url, button, hasIslands, cookies };
}

async function measured(browser: Browser, one: Case, wasm: boolean): Promise<Times> {
  const context = await browser.newContext(PHONE);
  await context.addCookies(one.cookies);
  const page = await context.newPage();
  await page.addInitScript(takeNotes, one.button);
  const session = await slowDown(page);
  await session.send("Network.setBlockedURLs", { urls: wasm ? [] : ["*.wasm"] });
  // The browser part comes after everything else, and may paint as well.
  await loadWhole(page, one.url);
  expect(await hasWasm(page), "the browser part is here").toBe(wasm && one.hasIslands);
  const times = await page.evaluate(() => {
    const noted = (window as unknown as { noted: Noted }).noted;
    const [first] = performance.getEntriesByName("first-contentful-paint");
    return { ...noted, first: first?.startTime ?? Number.NaN };
  });
  // What is sent goes no further, so that every run finds the same page.
  await page.route("**/*", (route) => route.abort());
  const posted = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: one.button }).click();
  await posted;
  await context.close();
  for (const [name, time] of Object.entries(times)) {
    expect(time, `${name} of ${one.name}`).toBeGreaterThan(0);
  }
  return times;
}

/** Runs in the page before anything else: looks at every frame until the button can be hit. */
function takeNotes(button: string): void {
  const noted: Noted = { largest: 0, usable: 0 };
  (window as unknown as { noted: Noted }).noted = noted;
  new PerformanceObserver((list) => {
    noted.largest = list.getEntries().at(-1)?.startTime ?? noted.largest;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  const look = () => {
    const found = [...document.querySelectorAll("button")].find((element) =>
      element.textContent?.includes(button),
    );
    const { left, top, width, height } = found?.getBoundingClientRect() ?? new DOMRect();
    const isPainted = performance.getEntriesByName("first-contentful-paint").length > 0;
    const isPlaced = isPainted && width > 0 && height > 0 && left >= 0 && top >= 0;
    if (isPlaced && found !== undefined && found.form !== null && !found.disabled) {
      noted.usable = performance.now();
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}
