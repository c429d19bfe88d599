import { expect, test } from "../harness/fixtures";

const mail = (n: number, subject: string): string =>
  [
    "From obchod@stara.example Thu May 28 20:26:40 2020",
    "From: Firma <obchod@stara.example>",
    "To: klient@klient.example",
    `Subject: ${subject}`,
    "Date: Thu, 28 May 2020 20:26:40 +0000",
    `Message-ID: <${n}@stara.example>`,
    "",
    `Posielame cennik c. ${n}.`,
    "",
    "",
  ].join("\n");

test("an old archive is looked at, taken in, and its mails are history that cannot be sent", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/settings/old-archive");
  await expect(page.getByRole("heading", { name: "Zatiaľ žiadny archív" })).toBeVisible();
  const buffer = Buffer.from(mail(1, "Stary cennik") + mail(2, "Druhy cennik") + mail(1, "Stary cennik"));
  await page.locator("input[type=file]").setInputFiles({ name: "posta.mbox", mimeType: "application/mbox", buffer });
  await expect(page.getByText("Pribudli by 2 správy")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("1 tu už je")).toBeVisible();
  await page.getByRole("button", { name: "Prevziať 2 správy" }).click();
  await expect(page.getByText("Pribudli 2 správy")).toBeVisible({ timeout: 30_000 });

  await page.goto("/messages?origin=archive");
  await page.getByRole("row", { name: "Stary cennik" }).click();
  await expect(page.getByRole("heading", { name: "Stary cennik" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Odoslať znova" })).toHaveCount(0);
});
