import { expect, unwatched } from "../../support/fixtures.ts";
import type { Make } from "../../support/engines/engine.ts";
import { firefox } from "../../support/engines/firefox.ts";
import { Hand } from "../../support/engines/hand.ts";
import { webkit } from "../../support/engines/webkit.ts";
import { linkIn } from "../../support/mailbox.ts";
import { clientCalled } from "../../support/staff.ts";

const PERSON = "Marta Kowalska";

interface Setting {
  make: Make;
  script: boolean;
}

const test = unwatched.extend<{ setting: Setting; hand: Hand }>({
  setting: [{ make: firefox, script: true }, { option: true }],
  hand: async ({ setting }, use, info) => {
    const engine = await setting.make.start(setting);
    await use(new Hand(engine));
    if (info.status !== info.expectedStatus) {
      await info.attach("the window", { body: await engine.picture(), contentType: "image/png" });
    }
    await engine.close();
  },
});

for (const make of [firefox, webkit]) {
  for (const script of [true, false]) {
    const name = `${make.name} with${script ? "" : "out"} script`;
    test.describe(name, () => {
      test.use({ setting: { make, script } });

      test(`a client connects in ${name}`, async ({ hand, portal }) => {
        const { engine } = hand;
        await engine.open(
          "data:text/html,<title>off</title><script>document.title = 'on'</script>",
        );
        expect(await engine.evaluate(() => document.title)).toBe(script ? "on" : "off");

        const { email } = await portal.add(clientCalled(name));
        await portal.portico("invite", "--client", email);
        await engine.open(linkIn(await portal.mailbox.next(email)));
        expect(await engine.evaluate(() => innerWidth)).toBe(360);
        await hand.presses("Continue with Facebook");

        await hand.sees("Who is logging in?");
        await hand.ticks("radio", PERSON);
        await hand.presses("Continue");
        await hand.sees(`Continue as ${PERSON}?`);
        await hand.presses("Continue");

        await hand.sees("Is this you?");
        await hand.presses("Yes, this is me");
        await hand.sees("Which ad accounts may Northlight Studio see?");

        await hand.follows("Someone else manages your ads? Pass this on");
        await hand.presses("Make a link to pass on");
        const link = () => engine.evaluate(() => document.querySelector("input")?.value);
        await expect.poll(link, "the link to pass on").toContain(`${portal.url}/i/`);
        if (script) {
          // The button shows itself once it listens.
          await hand.presses("Copy");
          await expect.poll(() => hand.reaches("button", "Copied"), "it copied").toBe(true);
        } else {
          expect(await hand.reaches("button", "Copy")).toBe(false);
        }
        await hand.follows("Go back");

        await hand.sees("Which ad accounts may Northlight Studio see?");
        await hand.ticks("checkbox", "Kowalska Workshops");
        if (script) {
          // The picker counts, once it is awake.
          const counted = () => engine.evaluate(() => document.querySelector("form leptos-island")?.textContent);
          await expect.poll(counted, "the picker counts").toContain("Accounts chosen: 1");
        }
        await hand.presses("Submit for approval");
        await hand.sees(`Thank you, ${PERSON}. Your part is done.`);
        expect(engine.complaints).toEqual([]);
      });
    });
  }
}
