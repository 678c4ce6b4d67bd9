import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { overhang } from "./layout.ts";

const SIZES = [
  { width: 320, height: 640 },
  { width: 1440, height: 900 },
];

/**
 * Holds a page against axe, small and large, light and dark; and nothing may stick out. The scheme changes
 * colours only, so in the dark axe looks at these alone.
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    const label = `${name}, ${size.width} px`;
    expect.soft(await violations(everyRule(page)), label).toEqual([]);
    expect.soft(await overhang(page), `${label}: scrolls sideways`).toBe(0);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    const colours = new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]);
    expect.soft(await violations(colours), `${label}, dark`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before !== null) {
    await page.setViewportSize(before);
  }
}

/** All of WCAG 2.0 to 2.2, A and AA, and what axe holds for good practice. Sizes of targets are off by default. */
function everyRule(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ rules: { "target-size": { enabled: true } } });
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  // The other mode opens a second page for frames, which there are none of.
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
