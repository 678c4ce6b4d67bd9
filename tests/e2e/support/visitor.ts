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

  /** The sandbox's dialog, two pages: this person, and everything that is asked for. */
  async consent(person: string): Promise<void> {
    const onward = this.page.getByRole("button", { name: "Continue", exact: true });
    await this.page.getByRole("radio", { name: person }).check();
    await onward.click();
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(
      `Continue as ${person}?`,
    );
    await onward.click();
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
