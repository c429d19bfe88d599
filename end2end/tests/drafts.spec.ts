import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures";
import { choose } from "../harness/files";

const KEPT = "Uložené medzi rozpísané";

class Desk {
  readonly to: Locator;
  readonly toField: Locator;
  readonly subject: Locator;
  readonly body: Locator;
  readonly kept: Locator;

  constructor(readonly page: Page) {
    this.toField = page.getByRole("combobox", { name: "Komu" });
    this.to = page.getByRole("list", { name: "Komu: zadané adresy" }).locator(".recipient-words");
    this.subject = page.getByRole("textbox", { name: "Predmet" });
    this.body = page.getByRole("textbox", { name: "Text správy" });
    this.kept = page.getByText(KEPT);
  }

  /** Types a whole e-mail and waits until it is kept. */
  async write(subject: string, body: string): Promise<void> {
    await this.toField.fill("klient@klient.example,");
    await this.subject.fill(subject);
    await this.body.fill(body);
    await expect(this.kept).toBeVisible();
    await expect(this.page).toHaveURL(/\/write\?draft=\d+$/);
  }

  /** Writes another text and waits until that one is kept. */
  async rewrite(body: string): Promise<void> {
    const kept = this.page.waitForResponse((it) => it.url().endsWith("/messages/save_draft"));
    await this.body.fill(body);
    await kept;
    await expect(this.kept).toBeVisible();
  }
}

async function begin(page: Page): Promise<Desk> {
  await page.goto("/write");
  return new Desk(page);
}

test.beforeEach(({ admin }) => {
  expect(admin).toBeDefined();
});

test("what is typed is kept by itself, and a reload brings it back", async ({ page }) => {
  const desk = await begin(page);
  await desk.write("Ponuka", "Prvý riadok");
  await choose(page, [{ name: "príloha.txt", mimeType: "text/plain", buffer: Buffer.from("obsah") }]);
  await expect(desk.kept).toBeVisible();
  await desk.body.fill("Prvý riadok\nDruhý riadok");
  await expect(desk.kept).toBeHidden();
  await expect(desk.kept).toBeVisible();
  await page.reload();
  await expect(desk.to).toHaveText(["klient@klient.example"]);
  await expect(desk.subject).toHaveValue("Ponuka");
  await expect(desk.body).toHaveText("Prvý riadok Druhý riadok", { useInnerText: true });
  await expect(page.getByRole("region", { name: "Prílohy" })).toContainText("príloha.txt");
});

test("a reload in the middle of a word loses not a letter", async ({ page }) => {
  const desk = await begin(page);
  await desk.write("Ponuka", "Začiatok");
  await desk.body.pressSequentially(" a nedopovedan");
  await page.reload();
  await expect(desk.body).toHaveText("Začiatok a nedopovedan");
  await expect(desk.kept).toBeVisible();
});

test("a draft is found in the history and written on from there", async ({ page }) => {
  await (await begin(page)).write("Nedokončená", "Text");
  await page.goto("/messages?state=draft");
  await page.getByRole("row", { name: "Nedokončená" }).click();
  const desk = new Desk(page);
  await expect(desk.body).toHaveText("Text");
  await page.getByRole("button", { name: "Zahodiť" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zahodiť e-mail" }).click();
  await page.goto("/messages");
  await expect(page.getByRole("heading", { name: "Zatiaľ žiadna správa" })).toBeVisible();
});

for (const [choice, winner] of [
  ["Ponechať moju", "staršia karta"],
  ["Načítať novšiu", "novšia karta"],
]) {
  test(`two tabs never overwrite one another silently: ${choice}`, async ({ context, page }) => {
    const old = await begin(page);
    await old.write("Dve karty", "spoločný začiatok");
    const newer = new Desk(await context.newPage());
    await newer.page.goto(page.url());
    await expect(newer.body).toHaveText("spoločný začiatok");
    await newer.rewrite("novšia karta");

    await old.body.fill("staršia karta");
    await expect(page.getByText("Tento e-mail sa medzitým zmenil inde.")).toBeVisible();
    await expect(old.body).toHaveText("staršia karta");
    await expect(page.getByRole("button", { name: "Odoslať 1 príjemcovi" })).toBeDisabled();
    await page.getByRole("button", { name: choice }).click();
    await expect(old.body).toHaveText(winner);
    await expect(page.getByText("Tento e-mail sa medzitým zmenil inde.")).toBeHidden();
    await expect(old.kept).toBeVisible();
    await page.reload();
    await expect(old.body).toHaveText(winner);
  });
}

test("an e-mail that is only saved waits until it is ticked and sent from the list", async ({ page }) => {
  for (const subject of ["Prvá na neskôr", "Druhá na neskôr"]) {
    await (await begin(page)).write(subject, "Text");
    await page.getByRole("button", { name: "Iba uložiť" }).click();
    await expect(page.getByText("E-mail je pripravený. Odíde, keď ho uvoľníte.")).toBeVisible();
    await expect(page.getByRole("heading", { name: subject })).toBeVisible();
  }
  await page.goto("/messages");
  const rows = page.getByRole("row", { name: "na neskôr" });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "Pripravená" })).toHaveCount(2);
  for (const row of await rows.all()) {
    await row.getByRole("checkbox").check();
  }
  await page.getByRole("button", { name: "Odoslať 2 správy 2 príjemcom" }).click();
  await expect(page.getByRole("button", { name: "Vrátiť späť" })).toBeVisible();
  await expect(rows.filter({ hasText: "Vo fronte" })).toHaveCount(2);
  await expect(rows.filter({ hasText: "Odoslaná" })).toHaveCount(2, { timeout: 30_000 });
});

test("a server that is killed while somebody writes costs not a word", async ({ posel, page }) => {
  const desk = await begin(page);
  await desk.write("Výpadok", "Pred výpadkom.");
  await posel.stop("SIGKILL");
  await desk.body.fill("Pred výpadkom. Počas výpadku.");
  await expect(page.getByText("Neuložené. Server neodpovedá.")).toBeVisible();
  await expect(page.getByText("Bez spojenia so serverom. Obnoví sa samo.")).toBeVisible();
  await posel.start();
  await expect(desk.kept).toBeVisible({ timeout: 45_000 });
  await expect(desk.body).toHaveText("Pred výpadkom. Počas výpadku.");
  await expect(page.getByText("Bez spojenia so serverom.")).toBeHidden({ timeout: 45_000 });
  await page.reload();
  await expect(desk.body).toHaveText("Pred výpadkom. Počas výpadku.");
});

test("what was typed while the server was away survives even a closed page", async ({ posel, page }) => {
  const desk = await begin(page);
  await desk.write("Výpadok", "Pred výpadkom.");
  await posel.stop("SIGKILL");
  await desk.body.fill("Pred výpadkom. Počas výpadku.");
  await expect(page.getByText("Neuložené. Server neodpovedá.")).toBeVisible();
  await posel.start();
  await page.reload();
  await expect(desk.body).toHaveText("Pred výpadkom. Počas výpadku.");
  await expect(desk.kept).toBeVisible();
});

test("wrong addresses are named and the right ones stay", async ({ page }) => {
  const desk = await begin(page);
  await desk.toField.fill("dobra@klient.example; zla@; treti.klient; stvrta@klient.example,");
  await expect(desk.to).toHaveText(["dobra@klient.example", "zla@", "treti.klient", "stvrta@klient.example"]);
  await expect(page.getByRole("button", { name: "zla@ nie je adresa. Časť za zavináčom nie je doména." })).toBeVisible();
  await expect(page.getByRole("button", { name: "treti.klient nie je adresa. Adresa musí mať práve jeden zavináč." })).toBeVisible();
  await expect(page.getByText("Opravte 2 adresy.")).toBeVisible();
  const send = page.getByRole("button", { name: /^Odoslať/ });
  await expect(send).toBeDisabled();
  await page.getByRole("button", { name: "Odobrať zla@" }).click();
  await page.getByRole("button", { name: /^treti\.klient/ }).dblclick();
  await expect(desk.toField).toHaveValue("treti.klient");
  await desk.toField.fill("treti@klient.example,");
  await expect(desk.to).toHaveText(["dobra@klient.example", "stvrta@klient.example", "treti@klient.example"]);
  await expect(send).toHaveText(/^Odoslať 3 príjemcom/);
  await expect(page.getByText(/^Opravte/)).toBeHidden();
});

test("an e-mail without a subject and a text is not sent, and the fields say so", async ({ page }) => {
  const desk = await begin(page);
  await desk.toField.fill("klient@klient.example,");
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.getByText("Vyplňte toto pole.")).toHaveCount(2);
  await expect(desk.subject).toBeFocused();
  await desk.subject.fill("Už má predmet");
  await expect(page.getByText("Vyplňte toto pole.")).toHaveCount(1);
});
