import type { Page } from "@playwright/test";
import { Caller, expect, Findings, test } from "../harness/fixtures";
import { furnish, placesOf, settled } from "../harness/places";

const THEMES = ["light", "dark"] as const;

/** Pages that are walked for their width only; editing templates has a walk of its own. */
const WIDTH_ONLY = /^(outbox|template|library)/;

/** The narrowest phone that people still use. */
const PHONE = { width: 360, height: 740 };

/** What is wider than the window, by its outermost element; what scrolls inside a box of its own is fine. */
async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) {
      return [];
    }
    const wide = Array.from(document.body.querySelectorAll("*")).filter((it) => clientWidth < it.getBoundingClientRect().right);
    return wide.slice(0, 5).map((it) => `${it.tagName.toLowerCase()}.${it.getAttribute("class")} of ${scrollWidth} px`);
  });
}

for (const colorScheme of THEMES) {
  test(`every page of a signed-in person is accessible, ${colorScheme}`, async ({ admin, page }) => {
    test.setTimeout(900_000);
    await page.emulateMedia({ colorScheme });
    const findings = new Findings();
    const office = await furnish(admin);
    for (const { name, path } of placesOf(office).filter((it) => !WIDTH_ONLY.test(it.name))) {
      await page.goto(path);
      await settled(page);
      await findings.look(page, name);
    }
    findings.expectNone();
  });

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
    await admin.ask("messages/send_message", { key: null, draft: { ...letter, with_signature: false, attachments: [] } });
    await page.reload();
    await expect(page.getByRole("button", { name: "Vrátiť späť" })).toBeVisible();
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

test("no page scrolls sideways on a phone", async ({ admin, page }) => {
  test.setTimeout(900_000);
  await page.setViewportSize(PHONE);
  const office = await furnish(admin);
  for (const { name, path } of placesOf(office)) {
    await page.goto(path);
    await settled(page);
    expect.soft(await sideways(page), name).toEqual([]);
  }
});

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
