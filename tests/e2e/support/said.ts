import type { Locator, Page } from "@playwright/test";

/** What a page says of itself to everybody, a screen reader too: news as a status, trouble as an alert. */
export function said(page: Page, role: "status" | "alert", words: string): Locator {
  return page.getByRole(role).filter({ hasText: words });
}
