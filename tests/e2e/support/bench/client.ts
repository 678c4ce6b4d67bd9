import { linkIn } from "../mailbox.ts";
import type { Portal } from "../portal.ts";

/** Adds a client and gives the guided link out of their mail. */
export async function invited(portal: Portal, name: string): Promise<string> {
  const email = `${name.replaceAll(" ", ".").toLowerCase()}@bench.example`;
  await portal.portico("client", "add", "--name", name, "--email", email);
  await portal.portico("invite", "--client", email);
  return linkIn(await portal.mailbox.next(email));
}
