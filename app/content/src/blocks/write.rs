//! Writes a document as MJML.

use super::document::{Block, Button, Columns, Document, Header, Kind, PaymentCode, Picture, Split};
use super::items::{self, align};
use super::theme::{self, Dark, Theme};
use super::words::{escaped, part, without_code};
use super::{Mjml, Path};
use crate::merge::Language;
use crate::payment::{ADDRESS, Standard};

/// The MJML of a document that was checked.
pub(super) fn mjml(document: &Document, language: Language) -> Mjml {
    let mut write = Write { made: Mjml::default(), depth: 0, path: Path::new(), theme: &document.theme };
    write.begin(&format!("mjml lang=\"{}\"", code(language)));
    write.head();
    write.begin(&format!(
        "mj-body width=\"{}px\" background-color=\"{}\" css-class=\"page\"",
        write.theme.width, write.theme.page
    ));
    write.body(&document.blocks);
    write.end("mj-body");
    write.end("mjml");
    write.made
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Slovak => "sk",
        Language::Czech => "cs",
        Language::English => "en",
    }
}

struct Write<'a> {
    made: Mjml,
    depth: usize,
    /// The block that is being written.
    path: Path,
    theme: &'a Theme,
}

impl Write<'_> {
    fn line(&mut self, text: &str) {
        self.made.source.extend(std::iter::repeat_n("  ", self.depth));
        self.made.source.push_str(text);
        self.made.source.push('\n');
    }

    fn begin(&mut self, tag: &str) {
        self.line(&format!("<{tag}>"));
        self.depth += 1;
    }

    fn end(&mut self, name: &str) {
        self.depth -= 1;
        self.line(&format!("</{name}>"));
    }

    fn head(&mut self) {
        let Theme { font, font_size, ink, accent, .. } = self.theme;
        let (on_accent, size) = (theme::on(accent), *font_size);
        self.begin("mj-head");
        self.begin("mj-attributes");
        self.line(&format!(
            "<mj-all font-family=\"{}\" color=\"{ink}\" font-size=\"{size}px\" line-height=\"1.5\" />",
            font.family()
        ));
        self.line("<mj-section padding=\"0\" />");
        self.line("<mj-text padding=\"6px 24px\" />");
        self.line("<mj-image padding=\"6px 24px\" />");
        self.line("<mj-table padding=\"6px 24px\" />");
        self.line(&format!("<mj-divider padding=\"10px 24px\" border-width=\"1px\" border-color=\"{}\" />", self.line_color()));
        self.line(&format!(
            "<mj-button padding=\"10px 24px\" inner-padding=\"11px 22px\" border-radius=\"6px\" background-color=\"{accent}\" color=\"{on_accent}\" />"
        ));
        self.end("mj-attributes");
        self.begin("mj-style");
        for it in self.style() {
            self.line(&it);
        }
        self.end("mj-style");
        self.end("mj-head");
    }

    /// What only mail programs with style sheets show: the colour of links, and dark screens.
    fn style(&self) -> Vec<String> {
        let accent = &self.theme.accent;
        let mut style = vec![format!("a {{ color: {accent}; }}"), ".words p { margin: 0 0 10px; }".to_owned()];
        match self.theme.dark {
            Dark::StaysLight => style.push(":root { color-scheme: only light; }".to_owned()),
            Dark::Adapts => style.extend(
                [
                    ":root { color-scheme: light dark; supported-color-schemes: light dark; }",
                    "@media (prefers-color-scheme: dark) {",
                    "  body, .page { background-color: #161715 !important; }",
                    "  .surface, .surface table { background: #222421 !important; background-color: #222421 !important; }",
                    "  .words div, .words table, .words td, .words th { color: #e9e6df !important; }",
                    "  .words a { color: #7fc4cb !important; }",
                    "}",
                ]
                .map(str::to_owned),
            ),
        }
        style
    }

    /// A line between ink and surface that is seen on both light and dark.
    fn line_color(&self) -> &'static str {
        "#c9c5bb"
    }

    /// Blocks that follow one another share a section; columns have one of their own.
    fn body(&mut self, blocks: &[Block]) {
        let surface = format!("mj-section background-color=\"{}\" css-class=\"surface\"", self.theme.surface);
        let mut is_open = false;
        for (at, block) in blocks.iter().enumerate() {
            let needs_own = matches!(block.is, Kind::Columns(_));
            if is_open && needs_own {
                self.end("mj-column");
                self.end("mj-section");
                is_open = false;
            }
            if !is_open && !needs_own {
                self.begin(&format!("{surface}{}", padding(at == 0, false)));
                self.begin("mj-column");
                is_open = true;
            }
            self.mark(Some(at));
            match &block.is {
                Kind::Columns(it) => self.columns(it, &format!("{surface}{}", padding(at == 0, at + 1 == blocks.len()))),
                _ => self.block(block),
            }
            self.mark(None);
        }
        if is_open {
            self.line("<mj-spacer height=\"18px\" />");
            self.end("mj-column");
            self.end("mj-section");
        }
    }

    /// Notes that from here on it is another block's; nothing leaves the block again.
    fn mark(&mut self, into: Option<usize>) {
        match into {
            Some(at) => self.path.push(at as u32),
            None => {
                self.path.pop();
            }
        }
        self.made.places.push((self.made.source.len(), self.path.clone()));
    }

    fn columns(&mut self, columns: &Columns, section: &str) {
        self.begin(section);
        for (at, column) in columns.columns.iter().enumerate() {
            self.mark(Some(at));
            self.begin(&format!("mj-column width=\"{}\"", share(columns, at)));
            for (at, block) in column.iter().enumerate() {
                self.mark(Some(at));
                self.block(block);
                self.mark(None);
            }
            self.end("mj-column");
            self.mark(None);
        }
        self.end("mj-section");
    }

    fn block(&mut self, block: &Block) {
        match &block.is {
            Kind::Header(it) => self.header(it),
            Kind::Text(it) => self.text("", &it.html),
            Kind::Picture(it) => self.picture(it),
            Kind::Button(it) => self.button(it),
            // Columns in columns are refused.
            Kind::Columns(_) => {}
            Kind::Divider => self.line("<mj-divider />"),
            Kind::Spacer(it) => self.line(&format!("<mj-spacer height=\"{}px\" />", it.height)),
            Kind::Items(it) => {
                self.begin("mj-table css-class=\"words\"");
                for line in items::lines(it, self.line_color()) {
                    self.line(&line);
                }
                self.end("mj-table");
            }
            Kind::Payment(it) => self.payment(it),
            Kind::Footer(it) => {
                self.line("<mj-divider />");
                let size = self.theme.font_size.saturating_sub(3).max(11);
                self.text(&format!(" align=\"center\" font-size=\"{size}px\""), &it.html);
            }
        }
    }

    fn text(&mut self, attributes: &str, html: &str) {
        self.begin(&format!("mj-text css-class=\"words\"{attributes}"));
        self.line(html);
        self.end("mj-text");
    }

    fn header(&mut self, it: &Header) {
        let at = align(it.align);
        if it.logo.trim().is_empty() {
            let size = self.theme.font_size + 5;
            let text = format!("<mj-text css-class=\"words\" align=\"{at}\" font-size=\"{size}px\" font-weight=\"700\">");
            return self.line(&format!("{text}{}</mj-text>", escaped(&it.name)));
        }
        let (logo, name) = (escaped(it.logo.trim()), escaped(&it.name));
        self.line(&format!("<mj-image src=\"{logo}\" alt=\"{name}\" align=\"{at}\" width=\"160px\" />"));
    }

    fn picture(&mut self, it: &Picture) {
        let mut tag = format!("<mj-image src=\"{}\" alt=\"{}\"", escaped(it.source.trim()), escaped(&it.alternative));
        if !it.link.trim().is_empty() {
            tag.push_str(&format!(" href=\"{}\"", escaped(it.link.trim())));
        }
        if let Some(width) = it.width {
            tag.push_str(&format!(" width=\"{width}px\""));
        }
        self.line(&format!("{tag} align=\"{}\" />", align(it.align)));
    }

    fn button(&mut self, it: &Button) {
        let (link, label) = (escaped(it.link.trim()), escaped(&it.label));
        self.line(&format!("<mj-button href=\"{link}\" align=\"{}\">{label}</mj-button>", align(it.align)));
    }

    fn payment(&mut self, it: &PaymentCode) {
        let standard = match it.standard {
            Standard::PayBySquare => "pay-by-square",
            Standard::Spayd => "spayd",
        };
        let mut address = format!("{ADDRESS}standard={standard}&amp;iban={}", part(&it.account));
        let mut add = |key: &str, value: String| {
            if !value.is_empty() {
                address.push_str(&format!("&amp;{key}={value}"));
            }
        };
        let of = |path: &str, filters: &str| {
            let path = path.trim();
            if path.is_empty() { String::new() } else { format!("{{{{ {path} | {filters} }}}}") }
        };
        add("bic", part(&it.bank));
        add("amount", of(&it.amount, "for_payment"));
        // A day need not be known for a payment to be made.
        add("due", of(&it.due, "date(\"yyyyMMdd\") | fallback(\"\")"));
        for (key, words) in [("variable", &it.variable), ("constant", &it.constant), ("specific", &it.specific)] {
            add(key, part(words));
        }
        add("message", part(&it.message));
        add("payee", part(&it.payee));
        let alternative = escaped(&without_code(&it.caption));
        let at = align(it.align);
        self.line(&format!("<mj-image src=\"{address}\" alt=\"{alternative}\" width=\"{}px\" align=\"{at}\" />", it.width));
        if !it.caption.trim().is_empty() {
            let text = format!("<mj-text css-class=\"words\" align=\"{at}\">");
            self.line(&format!("{text}{}</mj-text>", escaped(&it.caption)));
        }
    }
}

/// Room above the first block and below the last.
fn padding(is_first: bool, is_last: bool) -> &'static str {
    match (is_first, is_last) {
        (true, true) => " padding=\"18px 0\"",
        (true, false) => " padding-top=\"18px\"",
        (false, true) => " padding-bottom=\"18px\"",
        (false, false) => "",
    }
}

/// The share of the width that a column has.
fn share(columns: &Columns, at: usize) -> &'static str {
    match (columns.columns.len(), columns.split, at) {
        (3, _, 1) => "34%",
        (3, _, _) => "33%",
        (_, Split::NarrowFirst, 0) | (_, Split::WideFirst, 1) => "33%",
        (_, Split::NarrowFirst, _) | (_, Split::WideFirst, _) => "67%",
        _ => "50%",
    }
}
