import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";

const BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_SECONDS = 30;

/** The app on somebody's phone that makes one-time codes (RFC 6238). */
export class Phone {
  readonly #secret: Buffer;

  private constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** Set up with the secret that the page shows in letters. */
  static async setUp(page: Page): Promise<Phone> {
    const typed = await page.locator("code.secret").innerText();
    const bits = [...typed.replaceAll(" ", "")]
      .map((letter) => BASE_32.indexOf(letter).toString(2).padStart(5, "0"))
      .join("");
    const bytes = bits.match(/.{8}/g) ?? [];
    return new Phone(Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))));
  }

  /** The code that it shows at a moment. */
  code(at: Date): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000 / STEP_SECONDS)));
    const digest = createHmac("sha1", this.#secret).update(counter).digest();
    const offset = (digest.at(-1) ?? 0) & 0xf;
    const number = (digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000;
    return number.toString().padStart(6, "0");
  }
}
