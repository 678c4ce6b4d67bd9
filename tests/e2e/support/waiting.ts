import type { Browser } from "@playwright/test";
import type { Portal } from "./portal.ts";
import type { Client } from "./staff.ts";
import { Visitor } from "./visitor.ts";

/** A client by a name that is good for a file. */
export function clientCalled(name: string): Client {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@clients.example`;
  return { name, email, metaAccountName: name };
}

/** Has clients submit their connections, one after the other, so that they wait in this order. */
export async function haveWaiting(
  portal: Portal,
  browser: Browser,
  clients: Client[],
): Promise<void> {
  for (const client of clients) {
    const context = await browser.newContext();
    const visitor = new Visitor(await context.newPage());
    await visitor.signInWithFacebook(await guidedLink(portal, client), "Marta Kowalska");
    await visitor.confirmPerson();
    await visitor.submitAccounts("Kowalska Workshops");
    await visitor.page.getByText("Your part is done").waitFor();
    await context.close();
  }
}

async function guidedLink(portal: Portal, client: Client): Promise<string> {
  const { name, email } = client;
  await portal.portico("client", "add", "--name", name, "--email", email);
  const answer = await portal.portico("invite", "--client", email, "--no-mail", "--json");
  return (JSON.parse(answer) as { url: string }).url;
}
