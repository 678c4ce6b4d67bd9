import type { BrowserContext } from "@playwright/test";

/** A picture of one pixel. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What the window of Instagram calls itself. Inside of it the first page has an island already. */
export const INSTAGRAM =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
  "Chrome/140.0.0.0 Mobile Safari/537.36 Instagram 390.0.0.0 Android";

let addresses = 0;

/**
 * What a browser meets in life: an address of its own, told by the proxy before the portal, so that no journey
 * uses up what another one may still do; and the pictures of people, which the sandbox names but does not serve.
 */
export async function settle(context: BrowserContext): Promise<void> {
  addresses += 1;
  const address = `10.0.${addresses >> 8}.${addresses & 0xff}`;
  await Promise.all([
    context.setExtraHTTPHeaders({ "x-forwarded-for": address }),
    context.route("https://*.fbcdn.net/**", (route) =>
      route.fulfill({ contentType: "image/png", body: PICTURE }),
    ),
  ]);
}
