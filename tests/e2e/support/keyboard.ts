import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any page has before what is looked for. */
const STOPS = 60;

/** Somebody who has a keyboard and nothing else. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes on with Tab until this has the focus. At every stop one sees where it is. */
  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let stop = 0; stop < STOPS; stop += 1) {
      await this.#page.keyboard.press("Tab");
      expect(await this.#page.evaluate(hiddenFocus)).toEqual([]);
      if (await target.evaluate((element) => element === document.activeElement)) {
        return;
      }
    }
    throw new Error(`${STOPS} times Tab do not lead to ${target}`);
  }

  /** Goes to a button or a link and presses it. */
  async press(target: Locator): Promise<void> {
    await this.reach(target);
    await this.#page.keyboard.press("Enter");
  }

  /** Goes to a box or to the first of several choices and ticks it. */
  async tick(target: Locator): Promise<void> {
    await this.reach(target);
    await this.#page.keyboard.press("Space");
    await expect(target).toBeChecked();
  }
}

/** What is wrong with the place of the focus, in words. Runs in the page, so it stands alone. */
function hiddenFocus(): string[] {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) {
    return [];
  }
  const found: string[] = [];
  const told = `${focused.tagName.toLowerCase()} “${(focused.textContent ?? "").trim().slice(0, 40)}”`;
  const isMarked = (element: Element | null) => {
    const { outlineStyle, outlineWidth } = element === null ? { outlineStyle: "none", outlineWidth: "0" } : getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
  };
  // A box is marked by the line that it is part of.
  if (!isMarked(focused) && !isMarked(focused.closest("label"))) {
    found.push(`no mark: ${told}`);
  }
  const box = focused.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  if (top === null) {
    found.push(`out of sight: ${told}`);
  } else if (!focused.contains(top) && !top.contains(focused)) {
    found.push(`covered by ${top.tagName.toLowerCase()}.${top.className}: ${told}`);
  }
  return found;
}
