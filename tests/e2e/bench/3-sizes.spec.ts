import type { Page } from "@playwright/test";
import { tell } from "../support/bench/figures.ts";
import { PHONE } from "../support/bench/phone.ts";
import { loadWhole } from "../support/bench/whole.ts";
import { expect, unwatched as test } from "../support/fixtures.ts";
import { clientCalled, Staff } from "../support/staff.ts";
import { Visitor } from "../support/visitor.ts";

const KINDS = ["HTML", "CSS", "JS", "wasm", "font", "other"] as const;
type Kind = (typeof KINDS)[number];
type Sizes = Record<Kind, number>;

/** Aims, in bytes over the wire. */
const CLIENT_PAGE = 20_000;
const WASM = 150_000;

test("sizes over the wire, by page", async ({ browser, page, portal }) => {
  const desk = new Scales(page);
  const owner = new Staff(page, portal);
  await desk.weigh("sign-in", `${portal.url}/admin/sign-in`);
  await owner.signInForTheFirstTime("owner@northlight.example");
  const clientPage = await owner.addClient(clientCalled("Wire Works"));

  const context = await browser.newContext(PHONE);
  const visitor = new Visitor(await context.newPage());
  const phone = new Scales(visitor.page);
  const link = await portal.invite(clientCalled("Weights and Measures"));
  await phone.weigh("invitation", link);
  await visitor.signInWithFacebook(link, "Marta Kowalska");
  await phone.weigh("is this you?", visitor.page.url());
  await visitor.confirmPerson();
  await expect(visitor.page.getByRole("button", { name: "Submit for approval" })).toBeVisible();
  await phone.weigh("choice of ad accounts", visitor.page.url());
  await visitor.submitAccounts("Kowalska Workshops");
  await expect(visitor.page.getByRole("heading", { level: 1 })).toContainText("Thank you");
  await phone.weigh("done", visitor.page.url());
  await phone.weigh("spent link", link);
  await context.close();

  for (const path of ["queue", "clients", "outbox", "account", "settings/team"]) {
    await desk.weigh(path, `${portal.url}/admin/${path}`);
  }
  await desk.weigh("client", clientPage);

  const rows = [...phone.rows("client: "), ...desk.rows("desk: ")];
  await tell(
    "Bytes over the wire with an empty cache, headers included, for an agency with two clients " +
      `and one case in the queue. Aims: HTML and CSS of a client's page at most ${kilo(CLIENT_PAGE)} kB, wasm at most ${kilo(WASM)} kB.`,
    ["page", ...KINDS.map((kind) => `${kind}, kB`), "HTML + CSS, kB"],
    rows,
  );
  for (const [name, sizes] of phone.weighed) {
    expect.soft(sizes.HTML + sizes.CSS, `HTML and CSS of ${name}`).toBeLessThanOrEqual(CLIENT_PAGE);
  }
  for (const [name, sizes] of [...phone.weighed, ...desk.weighed]) {
    expect.soft(sizes.wasm, `wasm of ${name}`).toBeLessThanOrEqual(WASM);
  }
});

/** Weighs pages in one browser window, each as if nothing had been loaded before. */
class Scales {
  readonly weighed: [string, Sizes][] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async weigh(name: string, url: string): Promise<void> {
    const session = await this.#page.context().newCDPSession(this.#page);
    await session.send("Network.enable");
    await session.send("Network.clearBrowserCache");
    const sizes: Sizes = { HTML: 0, CSS: 0, JS: 0, wasm: 0, font: 0, other: 0 };
    const kinds = new Map<string, Kind>();
    session.on("Network.responseReceived", ({ requestId, response }) => {
      kinds.set(requestId, kindOf(response.mimeType));
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      sizes[kinds.get(requestId) ?? "other"] += encodedDataLength;
    });
    // With its fragment, which Facebook's callback leaves, it might be where the window is already.
    await loadWhole(this.#page, url.replace(/#.*/, ""));
    await session.detach();
    this.weighed.push([name, sizes]);
  }

  rows(prefix: string): string[][] {
    return this.weighed.map(([name, sizes]) => [
      `${prefix}${name}`,
      ...KINDS.map((kind) => kilo(sizes[kind])),
      kilo(sizes.HTML + sizes.CSS),
    ]);
  }
}

function kindOf(mimeType: string): Kind {
  const known: [string, Kind][] = [
    ["text/html", "HTML"],
    ["text/css", "CSS"],
    ["javascript", "JS"],
    ["application/wasm", "wasm"],
    ["font/", "font"],
  ];
  return known.find(([part]) => mimeType.includes(part))?.[1] ?? "other";
}

function kilo(bytes: number): string {
  return bytes === 0 ? "–" : (bytes / 1000).toFixed(1);
}
