import type { Page } from "@playwright/test";

/** A file on the machine of the person who writes. */
export interface LocalFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Drops files onto the page as from a folder beside the browser. */
export async function drop(page: Page, files: LocalFile[]): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, content: buffer.toString("base64") }));
  const dataTransfer = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, content } of files) {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
    }
    return transfer;
  }, given);
  const main = page.getByRole("main");
  await main.dispatchEvent("dragover", { dataTransfer });
  await page.getByText("Pustite súbory a priložia sa").waitFor();
  await main.dispatchEvent("drop", { dataTransfer });
}

/** Chooses files in the dialog that a button opens. */
export async function choose(page: Page, files: LocalFile[]): Promise<void> {
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Priložiť súbory" }).click();
  await (await asked).setFiles(files);
}
