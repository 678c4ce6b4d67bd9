import type { Browser } from "@playwright/test";
import type { Portal } from "./portal.ts";
import type { Client } from "./staff.ts";
import { Visitor } from "./visitor.ts";

/** Lets a client connect in a browser of their own. */
export async function connect(browser: Browser, portal: Portal, client: Client): Promise<void> {
  const visitor = new Visitor(await browser.newPage());
  await visitor.walk(await portal.invite(client), "Marta Kowalska", "Kowalska Workshops");
  await visitor.page.context().close();
}

/** Lets clients connect one after the other, so that they wait in this order. */
export async function haveWaiting(
  portal: Portal,
  browser: Browser,
  clients: Client[],
): Promise<void> {
  for (const client of clients) {
    await connect(browser, portal, client);
  }
}
