import { expect, test } from "../../support/fixtures.ts";

const SITE = "http://noise.example";
const SCRIPT = `
  console.error("said as an error");
  console.warn("said as a warning");
  setTimeout(() => { throw new Error("thrown by a script"); });
`;
const PAGE = `<title>Noise</title><link rel="icon" href="/gone.png"><script nonce="n">${SCRIPT}</script>
  <script>"not allowed"</script><img src="/gone.png" alt=""><img src="/broken.png" alt="">`;

test("whatever a browser complains about is heard", async ({ page, context, watch }) => {
  const headers = { "content-security-policy": "script-src 'nonce-n'; img-src 'self'" };
  await context.route(`${SITE}/**`, (route) => route.fulfill({ status: 404 }));
  await context.route(`${SITE}/broken.png`, (route) => route.abort());
  await context.route(`${SITE}/noise`, (route) =>
    route.fulfill({ body: PAGE, contentType: "text/html", headers }),
  );
  // What is allowed and does not come fails a test, so this one tells that all of it came.
  watch.allow(/^error: said as an error/);
  watch.allow(/^warning: said as a warning/);
  watch.allow(/^script: thrown by a script/);
  watch.allow(/^error: .*Content Security Policy/);
  watch.allow(/^error: .*status of 404.*gone.png/);
  watch.allow(/^request: net::ERR_FAILED.*broken.png/);
  watch.allow(/^error: .*ERR_FAILED.*broken.png/);
  await page.goto(`${SITE}/noise`);
  await expect(page).toHaveTitle("Noise");
});
