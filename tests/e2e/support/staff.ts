import { expect, type Locator, type Page } from "@playwright/test";
import type { Portal } from "./portal.ts";
import { said } from "./said.ts";

export interface Client {
  name: string;
  email: string;
  metaAccountName: string;
}

/** A client of this name, with an address that fits. */
export function clientCalled(name: string): Client {
  const address = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ".");
  return { name, email: `${address}@clients.example`, metaAccountName: name };
}

export const PASSWORD = "eight columns and a gate";

/** Somebody of the agency's staff, at their browser. */
export class Staff {
  readonly page: Page;
  readonly #portal: Portal;

  constructor(page: Page, portal: Portal) {
    this.page = page;
    this.#portal = portal;
  }

  /** Opens a one-time link and sets a password, which ends on the desk. */
  async signInForTheFirstTime(email: string, role = "owner"): Promise<void> {
    await this.page.goto(await this.#portal.signInLink(email, role));
    await this.page.locator("[name=new_password]").fill(PASSWORD);
    await this.page.getByRole("button", { name: "Set password and sign in" }).click();
    await expect(this.page).toHaveURL(/\/admin\/queue/);
  }

  async signIn(email: string): Promise<void> {
    await this.showPassword(email);
    await expect(this.page).toHaveURL(/\/admin\/queue/);
  }

  /** Types e-mail and password, wherever that leads. */
  async showPassword(email: string, password = PASSWORD): Promise<void> {
    await this.page.goto(`${this.#portal.url}/admin/sign-in`);
    await this.page.locator("[name=email]").fill(email);
    await this.page.locator("[name=password]").fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  /** Adds a client, which ends on the client's page, and gives its address. */
  async addClient(client: Client): Promise<string> {
    await this.page.goto(`${this.#portal.url}/admin/clients/new`);
    const form = this.page.locator("form", { has: this.page.locator("[name=meta_account_name]") });
    await form.locator("[name=name]").fill(client.name);
    await form.locator("[name=email]").fill(client.email);
    await form.locator("[name=meta_account_name]").fill(client.metaAccountName);
    await form.getByRole("button").click();
    await expect(this.page).toHaveURL(/\/admin\/clients\/[0-9a-f-]{36}/);
    await expect(this.page.getByRole("heading", { level: 1 })).toContainText(client.name);
    return this.page.url();
  }

  /** Sends the guided link from the client's page, which must be open. */
  async sendLink(): Promise<void> {
    await this.page.getByRole("button", { name: "Send link", exact: true }).click();
    await expect(this.page).toHaveURL(/\/admin\/clients\//);
  }

  /** Sends a new link from the client's page, which must be open; earlier ones end. */
  async resend(): Promise<void> {
    await this.page.getByRole("button", { name: "Resend", exact: true }).click();
    await expect(said(this.page, "status", "Earlier links no longer work.")).toBeVisible();
  }

  /** Approves what a client has submitted. */
  async approve(client: Client): Promise<void> {
    await this.page.goto(`${this.#portal.url}/admin/queue`);
    await this.waiting(client).getByRole("button", { name: "Approve" }).click();
    await expect(this.page).toHaveURL(/\/admin\/queue/);
  }

  /** Rejects what a client has submitted, with a reason that the client will read. */
  async reject(client: Client, reason: string): Promise<void> {
    await this.page.goto(`${this.#portal.url}/admin/queue`);
    const waiting = this.waiting(client);
    await waiting.getByText("Reject…").click();
    await waiting.getByLabel("Reason").fill(reason);
    await waiting.getByRole("button", { name: "Reject", exact: true }).click();
    await expect(this.page).toHaveURL(/\/admin\/queue/);
  }

  /** What waits for a decision about a client, on the queue, which must be open. Others may speak of it, too. */
  waiting({ name }: Client): Locator {
    const heading = this.page.getByRole("heading", { name, exact: true });
    const button = this.page.getByRole("button", { name: "Approve" });
    return this.page.getByRole("listitem").filter({ has: heading }).filter({ has: button });
  }

  /** The story of a client, on the client's page, which must be open. */
  story(): Locator {
    const heading = this.page.getByRole("heading", { name: "What happened" });
    return this.page.locator("section", { has: heading }).getByRole("list");
  }
}
