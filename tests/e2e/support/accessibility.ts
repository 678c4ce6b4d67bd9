import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const SIZES = [
  { width: 320, height: 640 },
  { width: 1440, height: 900 },
];
const SCHEMES = ["light", "dark"] as const;

/** Holds a page against axe, small and large, light and dark; and nothing may stick out. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      expect.soft(found, `${name}, ${size.width} px, ${colorScheme}`).toEqual([]);
    }
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overhang, `${name} scrolls sideways at ${size.width} px`).toBe(0);
  }
  if (before !== null) {
    await page.setViewportSize(before);
  }
}
