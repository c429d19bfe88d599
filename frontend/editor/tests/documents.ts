/** Makes any document that the schema allows, for tests that hold for all of them. */

import fc from "fast-check";
import type { Fragment, Mark, Node } from "prosemirror-model";
import { TYPEFACES } from "../src/html/style";
import { schema } from "../src/schema";

const { nodes: n, marks: m } = schema;

const letters = fc.constantFrom(
  ..."abcXYZ019 .,:;-_/&<>\"'=!?#%{}|\\ľščťžýáíéäôňďĎŤ–„“€ \u00a0\u200d😀👩‍👧 ".split(/(?:)/u),
);
const text = fc.string({ unit: letters, minLength: 1, maxLength: 12 });
const shade = fc.integer({ min: 0, max: 0xffffff }).map((it) => `#${it.toString(16).padStart(6, "0")}`);
const address = fc.constantFrom("https://firma.sk/a?b=1&c=%20", "mailto:eva@firma.sk", "tel:+421905123456", "{{ links.unsubscribe }}", "#dolu");
const align = fc.constantFrom(null, null, "left", "center", "right", "justify");

const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constantFrom(m.strong, m.em, m.underline, m.strike, m.sub, m.sup).map((it) => it.create()),
  shade.map((colour) => m.colour.create({ colour })),
  shade.map((colour) => m.background.create({ colour })),
  fc.constantFrom("12px", "18px", "10.5pt").map((size) => m.font_size.create({ size })),
  fc.constantFrom(...TYPEFACES).map((it) => m.font_family.create({ family: it.stack })),
  fc.record({ href: address, title: fc.option(text.map((it) => it.trim() || "t")) }).map((attrs) => m.link.create(attrs)),
);

const path = fc.constantFrom("contact.first_name", "record.total", "company.name");
const phrase: fc.Arbitrary<Node> = fc.oneof(
  { weight: 6, arbitrary: text.map((it) => schema.text(it)) },
  { weight: 1, arbitrary: fc.constant(null).map(() => n.hard_break.create()) },
  {
    weight: 2,
    arbitrary: fc
      .record({ path, filter: fc.constantFrom("", "money", 'date("d. M. yyyy") | upper'), fallback: fc.option(text) })
      .map((attrs) => n.merge_field.create(attrs)),
  },
  { weight: 1, arbitrary: fc.constantFrom("{% if a < b %}", "{% endif %}", "{{ 1 + 2 }}").map((code) => n.merge_code.create({ code })) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        src: fc.constantFrom("cid:logo@posel", "https://firma.sk/a.png"),
        alt: fc.option(text),
        width: fc.constantFrom(null, "120"),
        height: fc.constantFrom(null, "80"),
        align: fc.constantFrom(null, "left"),
      })
      .map((attrs) => n.image.create(attrs)),
  },
);

const phrases = fc.array(fc.tuple(phrase, fc.array(mark, { maxLength: 3 })), { maxLength: 6 }).map((all) =>
  all.map(([node, marks]) => node.mark(marks.reduce<readonly Mark[]>((set, it) => it.addToSet(set), []))),
);

const paragraph = fc.tuple(align, phrases).map(([align, content]) => n.paragraph.create({ align }, content));
const heading = fc
  .tuple(fc.integer({ min: 1, max: 3 }), align, phrases)
  .map(([level, align, content]) => n.heading.create({ level, align }, content));
const statement = fc.constantFrom("{% if contact.vip %}", "{% endif %}", "{# poznámka #}").map((code) => n.merge_block.create({ code }));

const { flow } = fc.letrec<{ flow: Node; item: Node; list: Node; quote: Node }>((tie) => ({
  flow: fc.oneof({ maxDepth: 3, depthIdentifier: "flow" }, paragraph, heading, fc.constant(n.horizontal_rule.create()), tie("list"), tie("quote")),
  item: fc.array(tie("flow"), { minLength: 1, maxLength: 3 }).map((content) => n.list_item.create(null, content)),
  list: fc
    .tuple(fc.array(tie("item"), { minLength: 1, maxLength: 3 }), fc.constantFrom(null, "1", "a", "I"), fc.constantFrom(1, 4))
    .map(([items, kind, start]) => (kind === null ? n.bullet_list.create(null, items) : n.ordered_list.create({ kind, start }, items))),
  quote: fc.array(tie("flow"), { minLength: 1, maxLength: 3 }).map((content) => n.blockquote.create(null, content)),
}));

const cell = fc
  .tuple(
    fc.boolean(),
    fc.record({
      colwidth: fc.constantFrom(null, [120]),
      align,
      valign: fc.constantFrom(null, "top"),
      bgcolor: fc.option(shade),
      border: fc.constantFrom(null, "none", "1px solid #cccccc"),
    }),
    fc.array(flow, { minLength: 1, maxLength: 2 }),
  )
  .map(([isHeader, attrs, content]) => (isHeader ? n.table_header : n.table_cell).create(attrs, content));

const table = fc
  .tuple(
    fc.record({
      width: fc.constantFrom(null, "100%", "480"),
      align: fc.constantFrom(null, "center"),
      border: fc.constantFrom(null, "1"),
      bordercolor: fc.option(shade),
      cellpadding: fc.constantFrom(null, "6"),
      cellspacing: fc.constantFrom(null, "0"),
      bgcolor: fc.option(shade),
    }),
    fc.integer({ min: 1, max: 3 }).chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 3 })),
    fc.boolean(),
  )
  .map(([attrs, rows, isLoop]) =>
    n.table.create(
      attrs,
      rows.map((cells, at) =>
        n.table_row.create(isLoop && at === 0 ? { before: "{% for it in record.items %}", after: "{% endfor %}" } : null, cells),
      ),
    ),
  );

const island = fc
  .constantFrom('<div class="x"><p onclick="y()">Cudzie</p></div>', "<!--[if mso]><b>Outlook</b><![endif]-->", "<center>Stred &amp; \r\n kraj</center>")
  .map((html) => n.island.create({ html }));

/** Any document. */
export const anyDocument: fc.Arbitrary<Node> = fc
  .array(fc.oneof({ weight: 5, arbitrary: flow }, { weight: 2, arbitrary: table }, { weight: 1, arbitrary: island }, { weight: 1, arbitrary: statement }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((content) => n.doc.create(null, content as unknown as Fragment));
