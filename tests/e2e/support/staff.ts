import { expect, type Locator, type Page } from "@playwright/test";
import type { Portal } from "./portal.ts";

export interface Client {
  name: string;
  email: string;
  metaAccountName: string;
}

const PASSWORD = "eight columns and a gate";

/** Somebody of the agency's staff, at their browser. */
export class Staff {
  readonly page: Page;
  readonly #portal: Portal;

  constructor(page: Page, portal: Portal) {
    this.page = page;
    this.#portal = portal;
  }

  /** Opens a one-time link and sets a password, which ends on the desk. */
  async signInForTheFirstTime(email: string): Promise<void> {
    await this.page.goto(await this.#portal.signInLink(email));
    await this.page.locator("[name=new_password]").fill(PASSWORD);
    await this.page.getByRole("button", { name: "Set password and sign in" }).click();
    await expect(this.page).toHaveURL(/\/admin\/queue/);
  }

  async signIn(email: string): Promise<void> {
    await this.showPassword(email);
    await expect(this.page).toHaveURL(/\/admin\/queue/);
  }

  /** Types e-mail and password, wherever that leads. */
  async showPassword(email: string): Promise<void> {
    await this.page.goto(`${this.#portal.url}/admin/sign-in`);
    await this.page.locator("[name=email]").fill(email);
    await this.page.locator("[name=password]").fill(PASSWORD);
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

  /** Approves what a client has submitted. */
  async approve(client: Client): Promise<void> {
    await this.page.goto(`${this.#portal.url}/admin/queue`);
    const button = { name: /^Approve/ };
    const entry = this.page
      .getByRole("listitem")
      .filter({ hasText: client.name, has: this.page.getByRole("button", button) });
    await entry.getByRole("button", button).click();
    await expect(this.page).toHaveURL(/\/admin\/queue/);
  }

  /** The story of a client, on the client's page, which must be open. */
  story(): Locator {
    const heading = this.page.getByRole("heading", { name: "What happened" });
    return this.page.locator("section", { has: heading }).getByRole("list");
  }
}
