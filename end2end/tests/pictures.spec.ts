import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { DEMO, expect, test } from "../harness/fixtures";
import { choose } from "../harness/files";
import { settled } from "../harness/places";

/** What the README shows is small enough to be loaded with it. */
const LARGEST = 250_000;

// A year of history is written before the test begins.
test.describe.configure({ timeout: 600_000 });
test.use({ viewport: { width: 1440, height: 900 }, installation: { demo: true } });

/** Takes a picture for the README, when pictures are wanted; what they show is checked each time. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  if (process.env.POSEL_PICTURES !== "1") {
    return;
  }
  const path = fileURLToPath(new URL(`../pictures/${name}.png`, import.meta.url));
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  expect((await stat(path)).size).toBeLessThan(LARGEST);
}

test("the screens of a company with a year behind it look as the README shows them", async ({ page, mailServer }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail", { exact: true }).fill(DEMO.email);
  await page.getByLabel("Heslo", { exact: true }).fill(DEMO.password);
  await page.getByRole("button", { name: "Prihlásiť sa" }).click();
  await expect(page.getByRole("link", { name: "Komunikácia", exact: true })).toBeVisible();

  await test.step("communication: the list beside the opened message", async () => {
    await page.goto("/messages?state=sent");
    await page.getByRole("row").nth(3).click();
    await expect(page.getByRole("tab", { name: "Doručenia" })).toBeVisible();
    const letter = page.frameLocator("iframe[title='Správa tak, ako odišla']");
    await expect(letter.locator("body")).toContainText(/Dobrý|Vážen/);
    await settled(page);
    await take(page, "communication");
  });

  await test.step("overview in the dark", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto("/");
    await settled(page);
    await expect(page.getByRole("heading", { name: "Posledné správy" })).toBeVisible();
    await take(page, "overview-dark");
    await page.emulateMedia({ colorScheme: "light" });
  });

  await test.step("a contact with everything that was written to it", async () => {
    await page.goto("/contacts?kind=client");
    await page.getByRole("textbox", { name: "Hľadať v kontaktoch" }).fill("gajdos");
    await expect(page.getByRole("row", { name: "Novák" })).toHaveCount(0);
    await page.getByRole("row", { name: "Gajdoš" }).first().click();
    await expect(page.getByRole("tab", { name: "Komunikácia" })).toBeVisible();
    await settled(page);
    await take(page, "contact");
  });

  await test.step("writing to that contact", async () => {
    await page.getByRole("group", { name: "Akcie s kontaktom" }).getByRole("link", { name: "Napísať e-mail" }).click();
    await expect(page.getByRole("list", { name: "Komu: zadané adresy" }).getByRole("listitem")).toHaveCount(1);
    await page.getByRole("textbox", { name: "Predmet" }).fill("Zmena otváracích hodín od decembra");
    const letter = [
      "Dobrý deň,",
      "od 1. decembra máme pre vás otvorené dlhšie:",
      "- predajňa v pracovné dni od 7:00 do 18:00\nsklad a výdaj tovaru do 16:30\nv sobotu od 8:00 do 12:00\n",
      "Objednávky prijaté do poludnia odošleme v ten istý deň. Ak by vám iný čas vyhovoval viac, stačí odpísať.",
    ].join("\n");
    await page.getByRole("textbox", { name: "Text správy" }).click();
    await page.keyboard.type(letter);
    await page.getByRole("button", { name: "Kópia", exact: true }).click();
    await page.getByRole("combobox", { name: "Kópia", exact: true }).fill("sklad@jasenove-dielo.example,");
    await choose(page, [{ name: "Cenník jeseň.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(412_300, 7) }]);
    await expect(page.getByText("412 kB z 15,7 MB")).toBeVisible();
    const sheet = page.frameLocator("iframe[title^='E-mail tak']");
    await expect(sheet.getByText("sklad a výdaj tovaru do 16:30")).toBeVisible();
    await expect(page.getByText("Uložené medzi rozpísané")).toBeVisible();
    await take(page, "compose");
  });

  await test.step("an account whose password is wrong", async () => {
    await page.goto("/settings/accounts/new");
    await page.getByRole("textbox", { name: "Názov medzi kolegami" }).fill("Obchod");
    await page.getByRole("textbox", { name: "Server", exact: true }).fill(mailServer.host);
    await page.getByRole("textbox", { name: "Port" }).fill(String(mailServer.port));
    await page.getByRole("textbox", { name: /^Prihlasovacie meno/ }).fill(mailServer.user);
    await page.getByLabel("Heslo", { exact: true }).fill("zabudnuté heslo");
    await page.getByRole("textbox", { name: /^Meno odosielateľa/ }).fill("Jaseňové dielo");
    await page.getByRole("textbox", { name: "Adresa odosielateľa" }).fill("obchod@jasenove-dielo.example");
    await page.getByRole("button", { name: "Vyskúšať pripojenie" }).click();
    const login = page.getByRole("status").getByRole("listitem").filter({ hasText: "Prihlásiť sa" });
    await expect(login).toContainText("Prihlasovacie meno alebo heslo nesedí.");
    await login.getByText("Čo odpovedal server").click();
    await page.getByRole("button", { name: "Pridať účet" }).scrollIntoViewIfNeeded();
    await take(page, "account-test");
  });
});
