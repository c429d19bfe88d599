import type { Page } from "@playwright/test";
import exifr from "exifr";
import { Caller, expect, Findings, test } from "../harness/fixtures";
import { photograph } from "../harness/photograph";

const PDF = Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n");

/** Puts files up by the button. */
async function add(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Pridať súbory" }).first().click();
  await (await chooser).setFiles(files);
}

// The line of a file on its way has a button with its name, too.
const tile = (page: Page, name: string) => page.getByRole("list", { name: "Knižnica", exact: true }).getByRole("button", { name: new RegExp(name) });

test("a photograph loses its place, keeps its upright and becomes as wide as a mail", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  const photo = await photograph(page, 400, 1500);
  const before = await exifr.parse(photo, { gps: true });
  expect(before.latitude).toBeCloseTo(48.14, 1);
  await page.goto("/library");
  await expect(page.getByRole("heading", { name: "Knižnica je prázdna" })).toBeVisible();
  await add(page, { name: "dielňa.jpeg", mimeType: "image/jpeg", buffer: photo });
  await tile(page, "dielňa.jpg").click();
  const dialog = page.getByRole("dialog", { name: "dielňa.jpg" });
  await expect(dialog).toContainText("1200 × 320 px");
  const download = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Stiahnuť" }).click();
  const chunks = [];
  for await (const chunk of await (await download).createReadStream()) {
    chunks.push(chunk as Buffer);
  }
  const kept = Buffer.concat(chunks);
  expect(kept.subarray(0, 2).toString("hex")).toBe("ffd8");
  expect(await exifr.parse(kept, { gps: true, xmp: true, iptc: true, jfif: false })).toBeUndefined();
});

test("files are dropped, told by their content, found, and refused with the reason", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/library");
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["%PDF-1.7\n%%EOF\n"], "Cenník jeseň.txt", { type: "text/plain" }));
    data.items.add(new File(["<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"], "logo.svg", { type: "image/svg+xml" }));
    data.items.add(new File(["MZ\u0090"], "program.pdf", { type: "application/pdf" }));
    return data;
  });
  await page.locator(".library").dispatchEvent("drop", { dataTransfer: dropped });
  await expect(tile(page, "Cenník jeseň.pdf")).toBeVisible();
  await expect(page.getByText("Vektorové obrázky SVG knižnica neprijíma")).toBeVisible();
  await expect(page.getByText("Súbory tohto druhu knižnica neprijíma")).toBeVisible();
  await page.getByRole("button", { name: "Skryť: logo.svg" }).click();
  await expect(page.getByText("Vektorové obrázky SVG knižnica neprijíma")).toBeHidden();
  await page.getByRole("textbox", { name: "Hľadať v knižnici" }).fill("jesen");
  await expect(tile(page, "Cenník jeseň.pdf")).toBeVisible();
  await page.getByRole("textbox", { name: "Hľadať v knižnici" }).fill("zima");
  await expect(page.getByRole("heading", { name: "Nič sa nenašlo" })).toBeVisible();
});

test("a file is renamed, used, replaced with a look at what that changes, and not deleted while it is used", async ({ admin, page }) => {
  await page.goto("/library");
  await add(page, { name: "cennik.pdf", mimeType: "application/pdf", buffer: PDF });
  await tile(page, "cennik.pdf").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Názov" }).fill("Cenník 2026");
  await dialog.getByRole("textbox", { name: "Priečinok" }).fill("Obchod");
  await dialog.getByRole("button", { name: "Uložiť" }).click();
  await expect(tile(page, "Cenník 2026.pdf")).toBeVisible();

  const { rows } = await admin.ask<{ rows: { id: number }[] }>("library/list_library", { query: { filter: { words: "", folder: null, pictures: null }, sort: "Newest", after: null } });
  const { id: file } = await admin.ask<{ id: number }>("library/take_from_library", { id: rows[0]!.id });
  const draft = {
    channel: "Email", record: null, name: "Ponuka jeseň", description: "", hint: "", is_commercial: false, sender_name: "", sender_address: "",
    attachments: [{ File: file }], offered_to: [], is_active: true, keeps_diacritics: false,
    texts: [{ language: "Sk", subject: "Ponuka", preheader: "", body: { Html: "<p>Ponuka</p>" }, plain: "Made" }],
  };
  await admin.ask("templates/save_template", { key: null, draft });

  await page.reload();
  await tile(page, "Cenník 2026.pdf").click();
  await expect(dialog.getByRole("link", { name: "Ponuka jeseň" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Zmazať" })).toBeDisabled();
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Nahradiť iným súborom" }).click();
  await (await chooser).setFiles({ name: "novy.pdf", mimeType: "application/pdf", buffer: Buffer.concat([PDF, PDF]) });
  const question = page.getByRole("alertdialog").or(page.getByRole("dialog", { name: "Nahradiť súbor Cenník 2026.pdf?" }));
  await expect(question.last()).toContainText("predlohy: 1, koncepty: 0");
  await question.last().getByRole("button", { name: "Nahradiť", exact: true }).click();
  await expect(page.getByText("Nahradené: Cenník 2026.pdf")).toBeVisible();
});

test("who only writes looks and takes, and adds nothing", async ({ admin, another }) => {
  const role = await admin.ask<number>("users/save_role", { id: null, draft: { name: "Píše", permissions: ["MessageWrite"] } });
  const [, link] = await admin.ask<[number, { url: string }]>("users/invite_user", { draft: { name: "Peter Písal", email: "peter@novak.example", roles: [role], language: "Sk" } });
  const page = await another(await Caller.accept(link.url, "ešte dlhšie heslo"));
  await page.goto("/library");
  await expect(page.getByText("Súbory pridáva ten, kto spravuje predlohy.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Pridať súbory" })).toHaveCount(0);
});

test("the library is used by keyboard, on a phone and in the dark", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/library");
  await add(page, { name: "veľmi dlhý názov cenníka na jeseň a zimu 2026.pdf", mimeType: "application/pdf", buffer: PDF });
  await expect(page.getByRole("heading", { name: "Knižnica je prázdna" })).toBeHidden();
  const first = tile(page, "veľmi dlhý názov");
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.goto("/library?look=list");
  await expect(page.getByRole("row", { name: /veľmi dlhý názov/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(Findings).toBeDefined();
});
