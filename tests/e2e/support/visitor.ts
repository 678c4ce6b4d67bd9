import { expect, type Page } from "@playwright/test";

/** A client with a guided link in hand. */
export class Visitor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** From the link through the dialog, as a person of the sandbox, back to Portico. */
  async signInWithFacebook(link: string, person: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByRole("button", { name: "Continue with Facebook" }).click();
    await this.consent(person);
    await expect(this.page.getByText(person).first()).toBeVisible();
  }

  /** The sandbox's dialog: this person, everything that is asked for. */
  async consent(person: string): Promise<void> {
    await this.page.getByRole("radio", { name: person }).check();
    await this.page.getByRole("button", { name: "Continue" }).click();
  }

  async confirmPerson(): Promise<void> {
    await this.page.getByRole("button", { name: "Yes, this is me" }).click();
  }

  /** Ticks ad accounts by name and submits. */
  async submitAccounts(...names: string[]): Promise<void> {
    for (const name of names) {
      await this.page.getByRole("checkbox", { name }).check();
    }
    await this.page.getByRole("button", { name: "Submit for approval" }).click();
  }
}
