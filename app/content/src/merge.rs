//! The merge language: texts with fields that are filled for each recipient.
//!
//! # The language, for those who write templates
//!
//! A field stands in double braces; what stands behind `|` is a filter that changes how it looks. Names of fields and filters
//! are English, what they write is in the language of the message:
//!
//! ```text
//! sk  Sumu {{ order.total }} uhraďte do {{ order.due | date("d. MMMM yyyy") }} (slovom {{ order.total | in_words }}).
//!     Sumu 1 234,50 € uhraďte do 28. mája 2026 (slovom tisíc dvestotridsaťštyri eur a päťdesiat centov).
//! cs  {{ contact.name | salutation }}, objednávku č. {{ order.number }} uhraďte do {{ order.due | date("EEEE d. M. yyyy") }}.
//!     Vážená paní Nováková, objednávku č. 2026/17 uhraďte do čtvrtek 28. 5. 2026.
//! en  {{ contact.name | salutation }}, please pay {{ order.total }} by {{ order.due }}.
//!     Dear Ms Nováková, please pay €1,234.50 by 28 May 2026.
//! ```
//!
//! **Nothing is ever left empty.** When a field has no value for somebody, that message does not leave, and the field is listed.
//! Say what to write instead, even if it is nothing, or ask first:
//!
//! ```text
//! sk  Milá {{ contact.nickname | fallback("zákazníčka") }}{{ contact.title | fallback("") }},
//!     Milá zákazníčka,
//! cs  {% if contact.nickname %}Ahoj {{ contact.nickname }}{% elif contact.is_vip %}Vážená paní{% else %}Dobrý den{% endif %}
//!     Vážená paní
//! en  {% if order.total > 1000 and order.due < "2026-12-31" and not contact.nickname == "Eve" %}Large{% else %}Small{% endif %}
//!     Large
//! ```
//!
//! A field alone holds when there is something to show and it is not *no*. Conditions are joined by `and`, `or`, `not` and
//! parentheses; `==` and `!=` compare everything, `<`, `<=`, `>`, `>=` amounts, numbers and days; there are also `is filled` and
//! `is empty`.
//!
//! Collections, such as the items of an order, are shown row by row; not in text messages, subjects and addresses:
//!
//! ```text
//! sk  {% for item in order.items %}{{ loop.index }}. {{ item.name }}{% if not loop.last %}, {% endif %}{% else %}Nič{% endfor %}
//!     1. Stôl, 2. Stolička
//! en  {{ order.items | count }} {{ order.items | count | plural("piece", "pieces") }}
//!     2 pieces
//! ```
//!
//! Inside, `loop.index`, `loop.first`, `loop.last` and `loop.length` say which row it is. A remark that nobody gets stands in
//! `{{# … #}}`; text with braces that means nothing in `{% raw %} … {% endraw %}`; `{{- x -}}` takes away the blanks around it.
//!
//! | filter | for | sk | cs | en |
//! |---|---|---|---|---|
//! | `fallback("…")` | everything | `…` when there is no value | | |
//! | `salutation`, `salutation("woman")` | whole names | Vážený pán Novák | Vážený pane Nováku | Dear Mr Novák |
//! | `vocative`, `vocative("first")`, `("last")` | names | Jan Novák | Jane Nováku | Jan Novák |
//! | `date`, `date("d. M. yyyy")`, `("EEEE")` | days | 28. mája 2026 | 28. května 2026 | 28 May 2026 |
//! | `time`, `time("HH:mm")` | days with a time | 9:05 | 9:05 | 9:05 |
//! | `money`, `money(0)`, `money("EUR")` for numbers | amounts | 1 234,50 € | 1 234,50 € | €1,234.50 |
//! | `number`, `number(2)` | numbers, amounts | 1 234,50 | 1 234,50 | 1,234.50 |
//! | `plural("kus", "kusy", "kusov")` and, for 1,5, `"kusa"` | numbers | kusov | `plural("kus", "kusy", "kusů")` | `plural("piece", "pieces")` |
//! | `in_words` | amounts, whole numbers | dvanásť eur | dvanáct eur | twelve euros |
//! | `count` | tables | 3 | 3 | 3 |
//! | `yes_no`, `yes_no("má", "nemá")` | yes or no | áno | ano | yes |
//! | `upper`, `lower`, `title`, `trim`, `truncate(40)`, `without_diacritics` | texts | | | |
//! | `typography` | texts | hard spaces: k lesu, 5 kusov | | |
//! | `postcode`, `phone`, `iban` | texts | 821 09, +421 903 622 237, SK31 1200 … | | |
//! | `url` | texts | www.firma.sk becomes `https://www.firma.sk` | | |
//! | `for_payment` | amounts | 1234.50 EUR, as programs read it | | |
//!
//! Patterns of `date` and `time`: `d dd` day, `M MM` month, `MMM MMMM` its name in a date, `LLLL` its name alone, `yy yyyy`
//! year, `EEE EEEE` weekday, `H HH h` hour, `mm` minute, `ss` second, `a` half of the day; letters that stay between
//! apostrophes. The old way `dd.mm.yyyy` is understood.
//!
//! **Where fields may stand** in HTML: in text and in quoted attributes. A whole address (`<a href="{{ company.web }}">`) must
//! be `http`, `https`, `mailto`, `tel`, or `cid`; inside an address the value is encoded. Fields are refused in styles, scripts,
//! comments (not in Outlook's conditional ones), names of tags and attributes, values without quotes, frames, forms, `meta`,
//! `base`, `svg`. The branches of a condition and the body of a loop must leave the markup as they found it.
//!
//! # How it works, for those who build on it
//!
//! [`Template::compile`] reads the signs of minijinja's syntax, but nothing else of that engine runs: a parser of our own knows
//! only the language above, the gate looks up each field in the [`Catalogue`] and each filter in [`FILTERS`], and a scanner
//! follows the literal HTML to fix how each value is written. What is left is a short list of steps: pieces of text and values
//! with their filters. So there is nothing to escape from: no calls, no attributes of objects, no includes, no recursion, no
//! calculation that could grow. [`Template::render`] walks through it for each recipient; there is no second pass over what came
//! out, so `{{` in a value is shown as it is.
//!
//! * **On save**: compile subject (`Place::Subject`), preheader and plain text (`Place::Text`), body (`Place::Html`) or text
//!   message (`Place::Sms`) with the catalogue of the record type; show the [`Fault`]s, each with line, column, bytes and
//!   perhaps a suggestion. Their wording belongs to the browser's texts.
//! * **Before release**: `render` each recipient; [`Failure::Unresolved`] lists every field that is missing, [`suspicious`] what
//!   looks wrong among [`Template::fields`].
//! * **While rendering a campaign**: compile once per language; put what is common into [`Values`] once and the recipient's into
//!   [`Values::above`] it.
//! * **Preview**: [`Template::preview`] with the chosen record's values, or with [`Catalogue::samples`].
//! * **Editor**: [`to_chips`] and [`to_storage`] between chips and stored text; [`FILTERS`] for the insert menu.
//! * **Text messages**: [`Template::render_sms`] also counts the parts; the largest over all recipients is the one to show.
//!
//! Times are civil: who gives a [`Value::DateTime`] has already put it into the reader's zone. `contact.salutation` is a field
//! like others; who gives the values fills it from what is stored for the contact, else by the rules of
//! [`vocative`](crate::vocative).

mod catalogue;
mod chips;
mod fault;
mod filter;
mod gate;
mod html;
mod language;
mod limits;
mod literal;
mod place;
mod program;
mod reader;
mod render;
mod sheet;
mod suspicion;
mod tag;
mod template;
mod tree;
mod url;
mod value;

pub use catalogue::{Catalogue, Field, FieldType, Kind, is_path};
pub(crate) use chips::{Piece, Pieces};
pub use chips::{to_chips, to_storage};
pub(crate) use fault::nearest;
pub use fault::{Block, Fault, FaultKind, Refused, Spot};
pub(crate) use filter::salutation;
pub use filter::{FILTERS, FilterInfo, number, typography};
pub use language::Language;
pub use limits::{MAX_DEPTH, MAX_FUEL, MAX_LOOPS, MAX_OUTPUT, MAX_SOURCE, MAX_TAGS};
pub use literal::{has_code, literal};
pub use place::Place;
pub use suspicion::{Suspicion, Suspicious, look, suspicious};
pub use template::{Diacritics, Failure, Preview, Reason, Template, Unresolved};
pub use value::{Currency, Row, Value, Values};

// What values are made of, so that who gives them needs no other crate.
pub use jiff::civil::{Date, DateTime};
pub use rust_decimal::Decimal;

#[cfg(test)]
pub(crate) mod tests;
