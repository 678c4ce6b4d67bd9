import { expect, test } from "../../support/fixtures.ts";
import { Keyboard } from "../../support/keyboard.ts";
import { clientCalled } from "../../support/staff.ts";
import { Visitor } from "../../support/visitor.ts";

test("the way of a client, with the keyboard alone", async ({ page, portal }) => {
  const keyboard = new Keyboard(page);
  const { heading } = new Visitor(page);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await page.goto(await portal.invite(clientCalled("Way by Keyboard")));
  await keyboard.press(button("Continue with Facebook"));

  await keyboard.tick(page.getByRole("radio", { name: "Marta Kowalska" }));
  await keyboard.press(button("Continue"));
  await expect(heading).toHaveText("Continue as Marta Kowalska?");
  await keyboard.press(button("Continue"));

  await expect(heading).toHaveText("Is this you?");
  await keyboard.press(button("Yes, this is me"));
  await expect(heading).toContainText("Which ad accounts");
  await keyboard.tick(page.getByRole("checkbox", { name: "Kowalska Workshops" }));
  await keyboard.press(button("Submit for approval"));
  await expect(heading).toContainText("Your part is done");
});
