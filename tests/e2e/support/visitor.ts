import { expect, type Locator, type Page } from "@playwright/test";

/** A client with a guided link in hand. */
export class Visitor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  /** The whole way as a person of the sandbox; each page is looked at when it is there. */
  async walk(
    link: string,
    person: string,
    account: string,
    look: (name: string) => Promise<void> = async () => {},
  ): Promise<void> {
    await this.page.goto(link);
    await look("the invitation");
    await this.page.getByRole("button", { name: "Continue with Facebook" }).click();
    await this.consent(person);
    await expect(this.heading).toHaveText("Is this you?");
    await look("who signed in");
    await this.confirmPerson();
    await expect(this.heading).toContainText("Which ad accounts");
    await look("the choice of accounts");
    await this.submitAccounts(account);
    await expect(this.heading).toHaveText(`Thank you, ${person}. Your part is done.`);
    await look("done");
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
    await this.sayWho(person);
    await this.agree();
  }

  /** The first page of the dialog. */
  async sayWho(person: string): Promise<void> {
    await this.page.getByRole("radio", { name: person }).check();
    await this.agree();
    await expect(this.heading).toHaveText(`Continue as ${person}?`);
  }

  /** *Continue*, on either page of the dialog. */
  async agree(): Promise<void> {
    await this.page.getByRole("button", { name: "Continue", exact: true }).click();
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
