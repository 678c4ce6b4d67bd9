import { expect, type Page } from "@playwright/test";

/** By how many pixels a page is wider than the window. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/**
 * Nothing sticks out of the window, no control lies on another one, and no text is cut off. What sticks to the
 * window's edge may cover what scrolls below it.
 */
export async function expectTidy(page: Page, name: string): Promise<void> {
  expect(await overhang(page), `${name} scrolls sideways`).toBe(0);
  expect(await page.evaluate(untidy), name).toEqual([]);
}

/** Runs in the page, so it stands alone. */
function untidy(): string[] {
  const isSeen = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 1 &&
    element.closest(".unseen, [hidden]") === null;
  const sticks = (element: Element | null): boolean =>
    element !== null &&
    (["sticky", "fixed"].includes(getComputedStyle(element).position) ||
      sticks(element.parentElement));
  const told = (element: Element) =>
    `${element.tagName.toLowerCase()} “${(element.textContent ?? "").trim().slice(0, 40)}”`;

  const found: string[] = [];
  const controls = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((control) => isSeen(control) && !sticks(control))
    .map((control) => ({ control, box: control.getBoundingClientRect() }));
  const width = document.documentElement.clientWidth;
  for (const [index, { control, box }] of controls.entries()) {
    if (box.left < -1 || box.right > width + 1) {
      found.push(`out of the window: ${told(control)}`);
    }
    for (const other of controls.slice(index + 1)) {
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (across > 1 && down > 1 && !control.contains(other.control)) {
        found.push(`one on the other: ${told(control)}, ${told(other.control)}`);
      }
    }
  }
  for (const element of document.querySelectorAll("body *:not(input, textarea, select, svg *)")) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const cutsX = overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    const cutsY = overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1;
    if (isSeen(element) && (cutsX || cutsY)) {
      found.push(`cut off: ${told(element)}`);
    }
  }
  return found;
}
