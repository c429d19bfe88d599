import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { settled } from "./places";

/** The languages of the screens with their own names. */
export const LANGUAGES = { sk: "Slovenčina", cs: "Čeština", en: "English" } as const;

/** A language of the screens. */
export type Language = keyof typeof LANGUAGES;

/** Answers all texts of the screens in a language that stand for themselves, without anything put into them. */
export function textsIn(language: Language): Set<string> {
  const folder = fileURLToPath(new URL(`../../frontend/locales/${language}`, import.meta.url));
  const files = readdirSync(folder).map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as Record<string, string>);
  return new Set(files.flatMap((texts) => Object.values(texts)).filter((text) => !text.includes("{{")));
}

/** Chooses the language of the screens in the menu of the signed-in person, without leaving the page. */
export async function speak(page: Page, language: Language): Promise<void> {
  await page.getByRole("banner").getByRole("button", { name: /Eva Nováková$/ }).click();
  await page.getByRole("menuitemradio", { name: LANGUAGES[language] }).click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

/** Like `speak`, and waits for what the page asks for anew. */
export async function say(page: Page, language: Language): Promise<void> {
  await speak(page, language);
  await settled(page);
}

/** Answers everything on the page that people read or hear, piece by piece. */
export async function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement?.closest("script, style, noscript")) {
        words.push(walker.currentNode.textContent ?? "");
      }
    }
    for (const element of Array.from(document.body.querySelectorAll("[aria-label], [title], [placeholder]"))) {
      words.push(...["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""));
    }
    return words.map((it) => it.trim()).filter((it) => it !== "");
  });
}
