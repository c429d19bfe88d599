import { readFile, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fromEnvironment } from "../harness/environment";
import { expect, test } from "../harness/fixtures";

const run = promisify(execFile);
const SUBJECT = "Faktúra č. 2026/7 za dubové dosky";

test("a mail is found without diacritics, its delivery proved by a sheet, and the mail taken out as it left", async ({ admin, page }, info) => {
  expect(admin).toBeDefined();
  await page.goto("/write");
  await page.getByRole("combobox", { name: "Komu" }).fill("klient@klient.example,");
  await page.getByRole("textbox", { name: "Predmet" }).fill(SUBJECT);
  await page.getByRole("textbox", { name: "Text správy" }).fill("Dobrý deň,\n\nposielame Vám faktúru.");
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.getByRole("row", { name: SUBJECT })).toContainText("Odoslaná", { timeout: 30_000 });

  await page.goto("/messages?q=fakturou+dubove");
  await page.getByRole("row", { name: SUBJECT }).click();
  await page.getByRole("tab", { name: "Doručenia" }).click();
  const path = info.outputPath("sheet");
  for (const [item, ending] of [["Doklad ako PDF", "pdf"], ["Doklad ako stránka (HTML)", "html"], ["Podpísané údaje (JSON)", "json"]] as const) {
    await page.getByRole("button", { name: "Doklad o odoslaní" }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^evidence-\\d+-\\d+\\.${ending}$`));
    const sheet = await readFile(await download.path());
    await writeFile(path, sheet);
    // The program itself, with nothing but the file, says what it proves.
    const { stdout } = await run(fromEnvironment("POSEL_BIN"), ["verify", path]);
    expect(stdout).toContain("The signature fits.");
    expect(stdout).toContain(SUBJECT);
    expect(stdout).toContain("klient@klient.example");
  }

  await page.getByRole("button", { name: "Ďalšie úkony" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Stiahnuť ako e-mail (EML)" }).click();
  expect((await readFile(await (await coming).path())).toString()).toContain("Message-ID: <");
});

test("the log is taken out and shows by what it can be proved later", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/log");
  await page.getByRole("button", { name: "Dôkazy" }).click();
  const dialog = page.getByRole("dialog", { name: "Čím sa dá dokázať log a doklady" });
  await expect(dialog.getByRole("row").nth(1).locator("code")).toHaveText(/^[0-9a-f]{64}$/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Exportovať CSV" }).click();
  expect((await readFile(await (await coming).path())).toString()).toContain("hash");
});
