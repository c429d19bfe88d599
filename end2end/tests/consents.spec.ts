import type { Page } from "@playwright/test";
import { type Caller, expect, test } from "../harness/fixtures";

function textbox(page: Page, name: string) {
  return page.getByRole("textbox", { name: new RegExp(`^${name}( nepovinné)?$`) });
}

/** The link in the newest captured mail. */
async function link(admin: Caller): Promise<string> {
  let found: string | undefined;
  await expect(async () => {
    const page = await admin.ask<{ rows: { id: number }[] }>("capture/list_captured", { after: null });
    expect(page.rows).not.toHaveLength(0);
    const mail = await admin.ask<{ text: string }>("capture/open_captured", { id: page.rows[0]?.id });
    found = /https?:\/\/\S+\/consent\/\S+/.exec(mail.text)?.[0];
    expect(found).toBeDefined();
  }).toPass();
  return found ?? "";
}

test("a client is asked for a consent, only the button on the page gives it, and the list finds who confirmed", async ({
  admin,
  page,
  another,
}) => {
  test.setTimeout(120_000);
  const draft = { last_name: "Čapková", language: "Cs", emails: [{ text: "capkova@klient.example", purpose: "General" }] };
  const id = await admin.ask<number>("contacts/save_contact", { key: null, draft });

  await test.step("the question is worded in the client's language and leaves at once", async () => {
    await page.goto(`/contacts/${id}`);
    await page.getByRole("tab", { name: "Súhlasy" }).click();
    await page.getByRole("button", { name: "Poslať žiadosť o potvrdenie" }).click();
    const dialog = page.getByRole("dialog", { name: "Žiadosť o potvrdenie súhlasu" });
    await expect(textbox(page, "Znenie súhlasu")).toHaveValue(/^Souhlasím, aby mi firma Novák a synovia, s\. r\. o\. posílala/);
    await dialog.getByRole("combobox", { name: "Jazyk" }).selectOption("sk");
    await expect(textbox(page, "Znenie súhlasu")).toHaveValue(/^Súhlasím, aby mi/);
    await dialog.getByRole("combobox", { name: "Jazyk" }).selectOption("cs");
    await textbox(page, "Znenie súhlasu").fill("Souhlasím s novinkami o nábytku.");
    await dialog.getByRole("button", { name: "Odoslať žiadosť" }).click();
    await expect(page.getByText("Žiadosť o potvrdenie je odoslaná.")).toBeVisible();
    await expect(page.getByText("Čaká na potvrdenie", { exact: true })).toBeVisible();
  });

  const address = await link(admin);
  const client = await another();

  await test.step("looking at the page confirms nothing", async () => {
    await client.goto(address);
    await expect(client.getByRole("heading", { name: "Souhlasíte?" })).toBeVisible();
    await expect(client.getByText("Souhlasím s novinkami o nábytku.")).toBeVisible();
    await page.reload();
    await page.getByRole("tab", { name: "Súhlasy" }).click();
    await expect(page.getByText("Čaká na potvrdenie", { exact: true })).toBeVisible();
  });

  await test.step("the button does, and keeps the proof", async () => {
    await client.getByRole("button", { name: "Ano, souhlasím" }).click();
    await expect(client.getByRole("heading", { name: "Děkujeme, souhlas je potvrzen" })).toBeVisible();
    await expect(page.getByText("Potvrdený odkazom", { exact: true })).toBeVisible();
    await expect(page.getByText(/Potvrdil príjemca odkazom pre capkova@klient\.example, zo sieťovej adresy 127\.0\.0\.1/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Poslať žiadosť o potvrdenie" })).toHaveCount(0);
  });

  await test.step("the list finds who confirmed, and who gave it in any way", async () => {
    for (const state of ["confirmed", "given"]) {
      await page.goto(`/contacts?consent-email=${state}`);
      await expect(page.getByRole("row", { name: /Čapková/ })).toBeVisible();
    }
    await page.goto("/contacts?consent-email=asked");
    await expect(page.getByRole("row", { name: /Čapková/ })).toHaveCount(0);
  });
});
