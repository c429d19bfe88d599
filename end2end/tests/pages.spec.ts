import type { Page } from "@playwright/test";
import { expect, Findings, test } from "../harness/fixtures";
import { furnish, PHONE, placesOf, settled, sideways, type Place } from "../harness/places";
import { LANGUAGES, say, textsIn, wordsOn, type Language } from "../harness/words";

const LANGUAGES_OF_SCREENS = Object.keys(LANGUAGES) as Language[];

/** The pages are walked in as many parts, each in an installation of its own. */
const PARTS = 6;

const softly = expect.configure({ soft: true });

/** Pages with a walk of their own for what people with aids meet: the editing of templates and its library. */
const ELSEWHERE = /^(template|library)/;

/** A text that was never worded: a key of the texts, or a place in a text where nothing was put in. */
const UNWORDED = /^[a-z]+([._][a-z0-9]+)+$|\{\{|\}\}|<\w+>|undefined|\bNaN\b|\[object/;

/** Words with such a look that are content: names of files, hosts and headers. */
const CONTENT = /^(smtp\.|posel\.|content-|x-|mime-|message-)|\.(sk|cz|txt|example)$|^[\w.+-]+@[\w.-]+$|@/i;

/** Delivered templates bear the names of the company's language, whoever looks at them. */
const NAMES = new Set(["Novinky"]);

/** What on the page is said in another language than this one, or not in words at all. */
class Tongue {
  private readonly texts = { sk: textsIn("sk"), cs: textsIn("cs"), en: textsIn("en") };

  async strange(page: Page, language: Language): Promise<string[]> {
    const words = await wordsOn(page);
    expect(words.length).toBeGreaterThan(10);
    return words.filter((text) => (UNWORDED.test(text) && !CONTENT.test(text)) || this.isForeign(text, language));
  }

  private isForeign(text: string, language: Language): boolean {
    const isOf = (it: Language) => this.texts[it].has(text);
    return !NAMES.has(text) && !isOf(language) && LANGUAGES_OF_SCREENS.some(isOf);
  }
}

/** Loads a page as from a bookmark. */
async function load(page: Page, { name, path }: Place): Promise<void> {
  const answer = await page.goto(path);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  expect(policy, name).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy, name).toContain("frame-ancestors 'none'");
  expect(policy, name).not.toContain("unsafe-inline");
  await settled(page);
}

for (let part = 0; part < PARTS; part += 1) {
  test(`every page keeps the policy, speaks one language, is accessible in both themes and fits a phone, part ${part + 1}`, async ({
    admin,
    page,
    watch,
  }) => {
    test.setTimeout(900_000);
    const findings = new Findings();
    const tongue = new Tongue();
    const { width, height } = page.viewportSize() ?? PHONE;
    await page.emulateMedia({ reducedMotion: "reduce" });
    const places = placesOf(await furnish(admin)).filter((_, n) => n % PARTS === part);
    for (const place of places) {
      const { name } = place;
      await load(page, place);
      for (const colorScheme of ELSEWHERE.test(name) ? [] : (["dark", "light"] as const)) {
        await page.emulateMedia({ colorScheme });
        await findings.look(page, `${name}, ${colorScheme}`);
      }
      // The samples on the page of parts speak Slovak; nobody but developers sees them.
      for (const language of name === "parts" ? [] : LANGUAGES_OF_SCREENS) {
        await say(page, language);
        // What the server words is asked for again in the new language.
        await softly.poll(() => tongue.strange(page, language), { message: `${name}, ${language}` }).toEqual([]);
      }
      await page.setViewportSize(PHONE);
      await softly.poll(() => sideways(page), { message: name }).toEqual([]);
      await page.setViewportSize({ width, height });
      expect(watch.errors, name).toEqual([]);
      expect(watch.strangers, name).toEqual([]);
    }
    findings.expectNone();
  });
}
