import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** A mail as somebody else made it. */
export interface Mail {
  name: string;
  html: string;
  /** Whether it is a whole document, which keeps its own layout. */
  isDocument: boolean;
}

/** Mails of packages: designs of Foundation for Emails (MIT), letters that Mailgen makes (Apache-2.0), mails of Outlook and Office 365
 * that people of planer received (MIT). */
export function mails(): Mail[] {
  return [...foundation(), ...mailgen(), ...received()].map((it) => ({ ...it, isDocument: /<body[\s>]/i.test(it.html) }));
}

type Found = Omit<Mail, "isDocument">;

function folder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

function files(path: string): Found[] {
  const names = readdirSync(path).filter((it) => it.endsWith(".html"));
  return names.map((name) => ({ name, html: readFileSync(join(path, name), "utf8") }));
}

/** Whole designs with their style sheet inside, as their tools put it there before sending, and the pieces they are made of. */
function foundation(): Found[] {
  const root = folder("foundation-emails");
  const css = readFileSync(join(root, "dist/foundation-emails.css"), "utf8");
  const designs = files(join(root, ".download/templates"));
  const pieces = files(join(root, "test/visual/pages")).filter(({ html }) => !/<(container|row|columns|button|menu|callout|spacer|wrapper)[\s>]/.test(html));
  return [
    ...designs.map(({ name, html }) => ({ name: `foundation ${name}`, html: html.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${css}</style>`) })),
    ...pieces.map(({ name, html }) => ({ name: `foundation piece ${name}`, html })),
  ];
}

interface Letters {
  generate(content: object): string;
}

function mailgen(): Found[] {
  const Mailgen = require("mailgen") as new (options: object) => Letters;
  const bodies = {
    receipt: {
      name: "Eva Nováková",
      intro: "Ďakujeme za objednávku.",
      table: { data: [{ item: "Stôl jaseň", description: "Masív, olej", price: "349,00 €" }, { item: "Stolička", description: "4 kusy", price: "276,00 €" }] },
      outro: "Tovar odošleme do dvoch dní.",
    },
    action: { name: "Ján Kováč", intro: ["Vitajte.", "Účet je pripravený."], action: { instructions: "Pokračujte tu:", button: { color: "#22BC66", text: "Potvrdiť účet", link: "https://firma.example/potvrdit?a=1&b=2" } } },
    reset: {
      greeting: "Dobrý deň",
      name: "pani Kováčová",
      intro: "požiadali ste o nové heslo.",
      action: [
        { instructions: "Zmeňte ho tu:", button: { color: "#DC4D2F", text: "Zmeniť heslo", link: "https://firma.example/heslo#nove" } },
        { instructions: "Ak ste oň nežiadali, dajte nám vedieť:", button: { color: "#333333", text: "Napísať", link: "mailto:info@firma.example" } },
      ],
      signature: "S pozdravom",
    },
    list: { title: "Zmena adresy", intro: "Sťahujeme sa.", dictionary: { Ulica: "Dielenská 8", Mesto: "Martin" }, outro: ["Otázky?", "Napíšte nám."], signature: false },
  };
  return ["default", "salted", "neopolitan", "cerberus"].flatMap((theme) => {
    const letters = new Mailgen({ theme, product: { name: "Jaseňové dielo", link: "https://firma.example/" } });
    return Object.entries(bodies).map(([name, body]) => ({ name: `mailgen ${theme} ${name}`, html: letters.generate({ body }) }));
  });
}

function received(): Found[] {
  return files(join(folder("planer"), "test/examples/html")).map(({ name, html }) => ({ name: `received ${name}`, html }));
}
