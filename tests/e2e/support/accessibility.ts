import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { overhang } from "./layout.ts";

type RunOptions = Parameters<AxeBuilder["options"]>[0];

const SIZES = [
  { width: 320, height: 640 },
  { width: 1440, height: 900 },
];

/** All of WCAG 2.0 to 2.2, A and AA, and what axe holds for good practice. Sizes of targets are off by default. */
const EVERY_RULE: RunOptions = { rules: { "target-size": { enabled: true } } };
const COLOURS: RunOptions = {
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};

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
    expect.soft(await violations(page, EVERY_RULE), label).toEqual([]);
    expect.soft(await overhang(page), `${label}: scrolls sideways`).toBe(0);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    expect.soft(await violations(page, COLOURS), `${label}, dark`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before !== null) {
    await page.setViewportSize(before);
  }
}

async function violations(page: Page, options: RunOptions): Promise<string[]> {
  // Nobody asks what was right. The mode that is not this one opens a second page for frames, which there are none of.
  const axe = new AxeBuilder({ page }).options({ ...options, resultTypes: ["violations"] });
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
