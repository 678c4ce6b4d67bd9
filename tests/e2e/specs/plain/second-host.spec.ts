import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { linkIn } from "../../support/mailbox.ts";
import { Portal } from "../../support/portal.ts";
import { Staff } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

const CLIENT = { name: "Two Hosts", email: "two@hosts.example", metaAccountName: "Two Hosts" };

/**
 * Facebook sends the dialog from one of its hosts to another. Chromium holds every hop after a
 * posted form against the page's `form-action`, so the way there must survive a second host.
 */
test("the dialog may lie behind a redirect through another host", async ({
  page,
  browser,
  contextOptions,
}) => {
  const hosts = await SecondHost.open();
  const portal = await Portal.open({ dialogUrl: (sandbox) => hosts.before(sandbox) });
  try {
    const owner = new Staff(page, portal);
    await owner.signInForTheFirstTime("owner@northlight.example");
    await owner.addClient(CLIENT);
    await owner.sendLink();
    const link = linkIn(await portal.mailbox.next(CLIENT.email));

    const context = await browser.newContext(contextOptions);
    const visitor = new Visitor(await context.newPage());
    await visitor.signInWithFacebook(link, "Marta Kowalska");
    expect(hosts.hops).toBe(1);
    await expect(visitor.page.getByRole("button", { name: "Yes, this is me" })).toBeVisible();
    await context.close();
  } finally {
    await portal.close();
    await hosts.close();
  }
});

/** A host that sends every request on to the sandbox. */
class SecondHost {
  hops = 0;
  #target = "";
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.hops += 1;
      response.writeHead(302, { location: `${this.#target}${request.url}` }).end();
    });
  }

  static async open(): Promise<SecondHost> {
    const host = new SecondHost();
    host.#server.listen(0, "127.0.0.2");
    await once(host.#server, "listening");
    return host;
  }

  /** The address that leads to `target`. */
  before(target: string): string {
    this.#target = target;
    return `http://127.0.0.2:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
