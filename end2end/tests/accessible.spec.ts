import { Caller, expect, Findings, test } from "../harness/fixtures";
import { PHONE, settled, sideways } from "../harness/places";

const THEMES = ["light", "dark"] as const;

for (const colorScheme of THEMES) {
  test(`every page before signing in is accessible, ${colorScheme}`, async ({ posel, page }) => {
    const findings = new Findings();
    await page.emulateMedia({ colorScheme });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Posel je nainštalovaný" })).toBeVisible();
    await findings.look(page, "fresh installation");
    await page.goto(await posel.firstRunLink());
    await expect(page.getByRole("heading", { name: "Vitajte v Poslovi" })).toBeVisible();
    await findings.look(page, "first run");
    await page.getByRole("button", { name: "Začať" }).click();
    await expect(page.getByText("Vyplňte toto pole.").first()).toBeVisible();
    await findings.look(page, "first run with faults");
    const admin = await Caller.setUp(posel);
    const guest = { name: "Ľubica Malá", email: "lubica@novak.example", roles: [1], language: "Sk" };
    const [, { url }] = await admin.ask<[number, { url: string }]>("users/invite_user", { draft: guest });
    for (const [path, heading] of [
      ["/invitation#neplatny", "Odkaz už neplatí"],
      ["/sign-in", "Prihlásenie"],
      [url, "Vitajte, Ľubica Malá"],
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { name: heading })).toBeVisible();
      await findings.look(page, heading);
    }
    findings.expectNone();
  });

  test(`what lies over the pages is accessible, ${colorScheme}`, async ({ admin, page }) => {
    const findings = new Findings();
    await page.emulateMedia({ colorScheme });
    const letter = { contact: null, account: null, to: "a@klient.example", cc: "", bcc: "", subject: "Ahoj", body: "Text" };
    await page.goto("/messages");
    await settled(page);
    // A slow machine may need longer to load the page than there is time for undo; then the next message is in time.
    await expect(async () => {
      await admin.ask("messages/send_message", { key: null, draft: { ...letter, with_signature: false, attachments: [] } });
      await page.reload({ waitUntil: "commit" });
      await expect(page.getByRole("button", { name: "Vrátiť späť" })).toBeVisible({ timeout: 10_000 });
    }).toPass();
    await findings.look(page, "undo");
    for (const [key, name] of [
      ["Control+k", "Hľadať alebo prejsť"],
      ["?", "Klávesové skratky"],
    ]) {
      await page.keyboard.press(key);
      await expect(page.getByRole("dialog", { name })).toBeVisible();
      await findings.look(page, name);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: /^Používateľ / }).click();
    await expect(page.getByRole("menuitem", { name: "Odhlásiť sa" })).toBeVisible();
    await findings.look(page, "menu");
    findings.expectNone();
  });
}

test("no page before signing in scrolls sideways on a phone", async ({ posel, page }) => {
  await page.setViewportSize(PHONE);
  for (const [path, heading] of [
    ["/", "Posel je nainštalovaný"],
    [await posel.firstRunLink(), "Vitajte v Poslovi"],
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
    expect(await sideways(page)).toEqual([]);
  }
  await Caller.setUp(posel);
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "Prihlásenie" })).toBeVisible();
  expect(await sideways(page)).toEqual([]);
});
