import { expect } from "@playwright/test";
import type { Engine, Point } from "./engine.ts";

type Kind = "button" | "link" | "checkbox" | "radio";

/** Somebody's hand on a phone: presses what it finds by the words that stand on it. */
export class Hand {
  readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Waits for the page with this heading. */
  async sees(heading: string): Promise<void> {
    const seen = async () => (await this.engine.evaluate(readHeading)) ?? "";
    await expect.poll(seen, `the heading “${heading}”`).toBe(heading);
  }

  async presses(button: string): Promise<void> {
    await this.#clicks("button", button);
  }

  async follows(link: string): Promise<void> {
    await this.#clicks("link", link);
  }

  async ticks(kind: "checkbox" | "radio", label: string): Promise<void> {
    await this.#clicks(kind, label);
    const ticked = () => this.engine.evaluate(isTicked, label);
    await expect.poll(ticked, `the tick at “${label}”`).toBe(true);
  }

  /** Whether there is something of this kind that can be pressed. */
  async reaches(kind: Kind, words: string): Promise<boolean> {
    return (await this.#find(kind, words)) !== undefined;
  }

  async #clicks(kind: Kind, words: string): Promise<void> {
    const click = async () => {
      const point = await this.#find(kind, words);
      if (point !== undefined) {
        await this.engine.clickAt(point);
      }
      return point !== undefined;
    };
    await expect.poll(click, `the ${kind} “${words}” within reach`).toBe(true);
  }

  async #find(kind: Kind, words: string): Promise<Point | undefined> {
    return (await this.engine.evaluate(pointOf, kind, words)) ?? undefined;
  }
}

/*
 * The functions below are called in the page, so each has to be whole in itself.
 */

function readHeading(): string {
  return document.querySelector("h1")?.innerText.trim() ?? "";
}

function isTicked(label: string): boolean {
  return [...document.querySelectorAll<HTMLInputElement>("input:checked")].some((input) =>
    [...(input.labels ?? [])].some(({ textContent }) => textContent?.includes(label)),
  );
}

/** Brings it into the middle of the window, and gives the point at which nothing covers it. */
function pointOf(kind: Kind, words: string): Point | null {
  const selector = {
    button: "button",
    link: "a[href]",
    checkbox: "input[type=checkbox]",
    radio: "input[type=radio]",
  }[kind];
  const read = (node: Element) => node.textContent?.replace(/\s+/g, " ").trim() ?? "";
  const isMeant = (element: Element) =>
    element instanceof HTMLInputElement
      ? [...(element.labels ?? [])].some((label) => read(label).includes(words))
      : read(element) === words;
  const found = [...document.querySelectorAll(selector)].filter(isMeant);
  const [element] = found;
  if (element === undefined || found.length > 1 || element.matches(":disabled")) {
    return null;
  }
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = element.getBoundingClientRect();
  const point = { x: left + width / 2, y: top + height / 2 };
  const hit = document.elementFromPoint(point.x, point.y);
  const isFree = width > 0 && hit !== null && (element.contains(hit) || hit.contains(element));
  return isFree ? point : null;
}
