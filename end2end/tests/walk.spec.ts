import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, header, test } from "../harness/fixtures";
import { choose, drop, type LocalFile } from "../harness/files";

const SUBJECT = "Zmena otváracích hodín";
const BODY = "Dobrý deň, pani Ďurišová,\n\nod pondelka máme otvorené do šiestej.\n\n- Žilina\n- Martin\n\nTešíme sa na Vás.";
const TEXT = /^Dobrý deň, pani Ďurišová,\r?\n\r?\nod pondelka máme otvorené do šiestej\./;

const PRICES: LocalFile = { name: "Cenník jeseň.pdf", mimeType: "application/pdf", buffer: randomBytes(57_111) };
const NOTE: LocalFile = { name: "poznámka.txt", mimeType: "text/plain", buffer: Buffer.from("Kôš: 4,20 €\r\n.\r\nkoniec") };

function textbox(page: Page, name: string) {
  return page.getByRole("textbox", { name: new RegExp(`^${name}( nepovinné)?$`) });
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Hlavné menu" }).getByRole("link", { name, exact: true }).click();
}

test("one message walks through the house, from an empty folder to a second copy in a foreign mailbox", async ({
  posel,
  page,
  mailServer,
}) => {
  test.setTimeout(600_000);
  const client = "zofia.durisova@klient.example";
  const capturing = page.getByText("Von zatiaľ nič neodchádza");
  const undo = page.getByRole("button", { name: "Vrátiť späť" });
  const send = page.getByRole("button", { name: "Odoslať 4 príjemcom" });

  await test.step("first run: administrator, company, language", async () => {
    await page.goto(await posel.firstRunLink());
    await page.getByRole("group", { name: "Jazyk obrazoviek" }).getByRole("radio", { name: "English" }).check();
    await expect(page.getByRole("heading", { name: "Welcome to Posel" })).toBeVisible();
    await page.getByRole("group", { name: "Language of the screens" }).getByRole("radio", { name: "Slovenčina" }).check();
    await textbox(page, "Meno a priezvisko").fill("Ján Novák");
    await textbox(page, "Váš e-mail").fill("jan@novak.example");
    await page.getByLabel("Heslo", { exact: true }).fill("kone žerú zelenú trávu");
    await textbox(page, "Názov firmy").fill("Novák a synovia, s. r. o.");
    await textbox(page, "E-mail firmy").fill("info@novak.example");
    await page.getByRole("button", { name: "Začať" }).click();
    await expect(page.getByRole("heading", { name: /^(Dobré ráno|Dobrý deň|Dobrý večer)/ })).toBeVisible();
    await expect(capturing).toBeVisible();
  });

  await test.step("a signature", async () => {
    await goTo(page, "Nastavenia");
    await textbox(page, "Podpis").fill("Ján Novák\nNovák a synovia\n+421 41 123 45 67");
    const profile = page.locator("form").filter({ has: textbox(page, "Podpis") });
    await profile.getByRole("button", { name: "Uložiť", exact: true }).click();
    await expect(page.getByText("Profil je uložený.")).toBeVisible();
  });

  await test.step("an account, tested with a wrong password and with the right one", async () => {
    await page.getByRole("link", { name: "Účty" }).click();
    await page.getByRole("link", { name: "Pridať účet SMTP" }).click();
    await textbox(page, "Názov medzi kolegami").fill("Obchod");
    await textbox(page, "Server").fill(mailServer.host);
    await textbox(page, "Port").fill(String(mailServer.port));
    await page.getByRole("radio", { name: "STARTTLS" }).check();
    await textbox(page, "Prihlasovacie meno").fill(mailServer.user);
    await page.getByLabel("Heslo", { exact: true }).fill("zabudnuté");
    await textbox(page, "Meno odosielateľa").fill("Novák a synovia");
    await textbox(page, "Adresa odosielateľa").fill("obchod@novak.example");
    await page.getByRole("button", { name: "Vyskúšať pripojenie" }).click();
    const steps = page.getByRole("status").getByRole("listitem");
    await expect(page.getByText("Pripojenie sa zastavilo pri kroku „Prihlásiť sa“.")).toBeVisible();
    const login = steps.filter({ hasText: "Prihlásiť sa" });
    await expect(login).toContainText("zlyhalo");
    await expect(login).toContainText("Prihlasovacie meno alebo heslo nesedí.");
    await login.getByText("Čo odpovedal server").click();
    await expect(login).toContainText("535 5.7.8");

    await page.getByLabel("Heslo", { exact: true }).fill(mailServer.password);
    await expect(page.getByText("Údaje ste odvtedy zmenili.")).toBeVisible();
    await page.getByRole("button", { name: "Vyskúšať pripojenie" }).click();
    await expect(page.getByText("Pripojenie funguje, server prijme správy z tejto adresy.")).toBeVisible();
    await expect(steps.filter({ hasText: "v poriadku" })).toHaveCount(8);
    await expect(steps).toHaveCount(8);

    await page.getByRole("button", { name: "Pridať účet" }).click();
    await expect(page.getByRole("heading", { name: "Obchod", level: 1 })).toBeVisible();
    await expect(page.getByLabel("Heslo", { exact: true })).toHaveValue("");
    await expect(page.getByText("Heslo je uložené.")).toBeVisible();
    await expect(capturing).toBeHidden();
  });

  await test.step("a contact with diacritics, found without", async () => {
    await goTo(page, "Kontakty");
    await page.getByRole("link", { name: "Nový kontakt" }).first().click();
    await textbox(page, "Meno").fill("Žofia");
    await textbox(page, "Priezvisko").fill("Ďurišová");
    await textbox(page, "Hlavný e-mail").fill(client);
    await textbox(page, "Hlavný telefón").fill("0903 123 456");
    await page.getByRole("button", { name: "Uložiť kontakt" }).click();
    await expect(page.getByRole("heading", { name: "Žofia Ďurišová" })).toBeVisible();
    await expect(page.getByRole("link", { name: "+421 903 123 456" })).toBeVisible();
    await goTo(page, "Kontakty");
    await page.getByRole("textbox", { name: "Hľadať v kontaktoch" }).fill("durisova zof");
    const row = page.getByRole("row", { name: "Žofia Ďurišová" });
    await row.click();
    await expect(page.getByRole("heading", { name: "Žofia Ďurišová" })).toBeVisible();
  });

  await test.step("an e-mail to four people with two files", async () => {
    await page.getByRole("link", { name: "Napísať e-mail" }).last().click();
    const to = page.getByRole("list", { name: "Komu: zadané adresy" });
    await expect(to.locator(".recipient-words")).toHaveText(["Žofia Ďurišová"]);
    await page.getByRole("combobox", { name: "Komu" }).fill("eva@klient.example; Peter Malý <peter@klient.example>;");
    await expect(to.locator(".recipient-words")).toHaveText(["Žofia Ďurišová", "eva@klient.example", "Peter Malý"]);
    await page.getByRole("button", { name: "Kópia", exact: true }).click();
    await page.getByRole("combobox", { name: "Kópia", exact: true }).fill("ucto@novak.example,");
    await page.getByRole("textbox", { name: "Predmet" }).fill(SUBJECT);
    await page.getByRole("tab", { name: "Čistý text" }).click();
    await page.getByRole("textbox", { name: "Text", exact: true }).fill(BODY);
    await drop(page, [PRICES]);
    await expect(page.getByText("57 kB z 15,7 MB")).toBeVisible();
    await choose(page, [NOTE]);
    await expect(page.getByRole("region", { name: "Prílohy" })).toContainText(NOTE.name);
    await expect(page.frameLocator("iframe[title^='E-mail tak']").getByText("od pondelka máme otvorené")).toBeVisible();
  });

  await test.step("sent, undone, and unchanged", async () => {
    await send.click();
    await expect(page.getByText(/^Správa 4 príjemcom odchádza o \d+ s$/)).toBeVisible();
    await undo.click();
    await expect(page.getByText("Odoslanie je zrušené, správa je znova rozpísaná.")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Predmet" })).toHaveValue(SUBJECT);
    await expect(page.getByRole("textbox", { name: "Text", exact: true })).toHaveValue(BODY);
    const to = page.getByRole("list", { name: "Komu: zadané adresy" });
    await expect(to.locator(".recipient-words")).toHaveText(["Žofia Ďurišová", "eva@klient.example", "Peter Malý"]);
    await expect(page.getByRole("list", { name: "Kópia: zadané adresy", exact: true })).toContainText("ucto@novak.example");
    for (const { name } of [PRICES, NOTE]) {
      await expect(page.getByRole("region", { name: "Prílohy" })).toContainText(name);
    }
  });

  await test.step("sent again; ten seconds of undo survive a reload", async () => {
    await send.click();
    await expect(undo).toBeVisible();
    // Not until all is loaded: the seconds run.
    await page.reload({ waitUntil: "commit" });
    await expect(undo).toBeVisible();
    await expect(page.getByText(/^Správa 4 príjemcom odchádza o \d+ s$/)).toBeVisible();
  });

  const mail = await test.step("it arrives over TLS from a signed-in sender, whole", async () => {
    const mail = await mailServer.mailTo(client);
    expect(mail).toMatchObject({ from: "obchod@novak.example", user: mailServer.user, tls: true, defects: [] });
    expect(header(mail, "subject")).toBe(SUBJECT);
    expect(header(mail, "from")).toBe("Novák a synovia <obchod@novak.example>");
    expect(header(mail, "to")).toBe(`Žofia Ďurišová <${client}>, eva@klient.example, Peter Malý <peter@klient.example>`);
    expect(header(mail, "cc")).toBe("ucto@novak.example");
    expect(mail.text).toMatch(TEXT);
    expect(mail.text).toContain("Ján Novák");
    expect(mail.html).toMatch(/<li[^>]*>Žilina<\/li>/);
    expect(mail.html).toContain("+421 41 123 45 67");
    expect(mail.files.map(({ name, type }) => [name, type])).toEqual([
      [PRICES.name, "application/pdf"],
      [NOTE.name, "text/plain"],
    ]);
    expect(mail.files[0].content.equals(PRICES.buffer)).toBe(true);
    expect(mail.files[1].content.equals(NOTE.buffer)).toBe(true);
    for (const address of ["eva@klient.example", "peter@klient.example", "ucto@novak.example"]) {
      expect(header(await mailServer.mailTo(address), "message-id")).toBe(header(mail, "message-id"));
    }
    return mail;
  });

  await test.step("found by words without diacritics, with the relay's own answer", async () => {
    await goTo(page, "Komunikácia");
    const row = page.getByRole("row", { name: SUBJECT });
    await expect(row).toContainText("Odoslaná");
    await page.getByRole("textbox", { name: "Hľadať v správach" }).fill("PONDELKA sestej");
    await expect(page.getByText("1 správa", { exact: true })).toBeVisible();
    await row.click();
    const frame = page.frameLocator("iframe[title='Správa tak, ako odišla']");
    await expect(frame.getByText("od pondelka máme otvorené")).toBeVisible();
    await page.getByRole("tab", { name: "Doručenia" }).click();
    const delivery = page.getByRole("listitem").filter({ hasText: client });
    await expect(delivery.first()).toContainText("Prijaté serverom");
    await expect(delivery.first().getByLabel("Odpoveď servera")).toHaveText(/^250 2\.0\.0 Kept as \d{6}$/);
    await expect(delivery.first()).toContainText(/TLS ?v?1\.[23]/);
  });

  await test.step("sent once more, as a new message", async () => {
    await page.getByRole("button", { name: "Odoslať znova", exact: true }).click();
    const question = page.getByRole("dialog", { name: "Odoslať znova" });
    await question.getByRole("button", { name: "Odoslať znova 4 príjemcom" }).click();
    await expect(undo).toBeVisible();
    const second = await mailServer.mailTo(client, 2);
    expect(header(second, "message-id")).not.toBe(header(mail, "message-id"));
    expect(header(second, "subject")).toBe(SUBJECT);
    expect(second.text).toBe(mail.text);
    expect(second.files).toEqual(mail.files);
  });

  await test.step("the log knows each step", async () => {
    await goTo(page, "Log akcií");
    const log = page.getByRole("grid", { name: "Log akcií" });
    for (const deed of [
      "Prvé spustenie, založenie správcu a firmy",
      "Zmena vlastného profilu",
      "Skúška pripojenia",
      "Pridanie účtu",
      "Založenie kontaktu",
      "Odoslanie správy na 4 adresy",
      "Vrátenie odoslania",
      "Server správu prijal",
      "Opakované odoslanie ako nová správa",
    ]) {
      await expect(log.getByText(deed).first()).toBeVisible();
    }
    // Twice by hand, once as the copy.
    await expect(log.getByText("Odoslanie správy na 4 adresy")).toHaveCount(3);
    await expect(log.getByText("Server správu prijal")).toHaveCount(8);
  });
});
