//! What makes a document right.

use super::document::{Block, Button, Columns, Document, Footer, Header, Items, Kind, PaymentCode, Picture, Text};
use super::theme::{self, Theme};
use super::words;
use super::{Fault, FaultKind, Field, Path};
use crate::html::tokens::{Token, Tokens};
use crate::merge::{Piece, Pieces, is_path};
use crate::payment;

/// The most blocks of a document, those in columns included.
pub const MAX_BLOCKS: usize = 200;

/// The greatest length of words that are no text of the editor, in characters.
pub const MAX_WORDS: usize = 500;

/// The most columns of a table.
const MAX_ITEMS_COLUMNS: usize = 12;

/// Elements that have no end.
const VOID: [&str; 6] = ["br", "col", "hr", "img", "wbr", "area"];

/// Everything that is wrong with a document, in the order of its blocks.
pub fn check(document: &Document) -> Vec<Fault> {
    let mut check = Check { path: Path::new(), ids: Vec::new(), faults: Vec::new() };
    if document.blocks.is_empty() {
        check.add(FaultKind::Empty);
    }
    check.theme(&document.theme);
    check.blocks(&document.blocks);
    if MAX_BLOCKS < check.ids.len() {
        check.add(FaultKind::TooMany(MAX_BLOCKS));
    }
    check.faults
}

struct Check {
    /// Where the block stands that is being checked.
    path: Path,
    ids: Vec<u32>,
    faults: Vec<Fault>,
}

impl Check {
    fn add(&mut self, kind: FaultKind) {
        self.faults.push(Fault { path: self.path.clone(), kind });
    }

    fn theme(&mut self, theme: &Theme) {
        for (field, text) in [
            (Field::Ink, &theme.ink),
            (Field::Page, &theme.page),
            (Field::Surface, &theme.surface),
            (Field::Accent, &theme.accent),
        ] {
            if theme::color(text).is_none() {
                self.add(FaultKind::Color(field));
            }
        }
        self.range(Field::FontSize, theme.font_size, 11, 24);
        self.range(Field::Width, theme.width, 320, 800);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            self.path.push(at as u32);
            self.block(block);
            self.path.pop();
        }
    }

    fn block(&mut self, block: &Block) {
        if self.ids.contains(&block.id) {
            self.add(FaultKind::Twice(block.id));
        }
        self.ids.push(block.id);
        match &block.is {
            Kind::Header(it) => self.header(it),
            Kind::Text(Text { html }) | Kind::Footer(Footer { html }) => self.html(html),
            Kind::Picture(it) => self.picture(it),
            Kind::Button(it) => self.button(it),
            Kind::Columns(it) => self.columns(it),
            Kind::Divider => {}
            Kind::Spacer(it) => self.range(Field::Height, it.height, 4, 200),
            Kind::Items(it) => self.items(it),
            Kind::Payment(it) => self.payment(it),
        }
    }

    fn header(&mut self, it: &Header) {
        self.words(Field::Text, &it.name);
        if it.name.trim().is_empty() {
            self.add(FaultKind::Missing(Field::Text));
        }
        if !it.logo.trim().is_empty() {
            self.source(&it.logo);
        }
    }

    fn html(&mut self, html: &str) {
        if !is_whole(html) {
            self.add(FaultKind::Markup);
        }
    }

    fn picture(&mut self, it: &Picture) {
        self.source(&it.source);
        self.words(Field::Alternative, &it.alternative);
        if !it.link.trim().is_empty() {
            self.link(&it.link);
        }
        if let Some(width) = it.width {
            self.range(Field::Width, width, 16, 800);
        }
    }

    fn button(&mut self, it: &Button) {
        self.words(Field::Text, &it.label);
        if it.label.trim().is_empty() {
            self.add(FaultKind::Missing(Field::Text));
        }
        self.link(&it.link);
    }

    fn columns(&mut self, it: &Columns) {
        if !(2..=3).contains(&it.columns.len()) {
            self.add(FaultKind::Columns);
        }
        if 1 < self.path.len() {
            return self.add(FaultKind::Nested);
        }
        for (at, column) in it.columns.iter().enumerate() {
            self.path.push(at as u32);
            self.blocks(column);
            self.path.pop();
        }
    }

    fn items(&mut self, it: &Items) {
        self.path(Field::List, &it.list);
        self.words(Field::Text, &it.empty);
        if it.columns.is_empty() || MAX_ITEMS_COLUMNS < it.columns.len() {
            self.add(FaultKind::Range { field: Field::Column, min: 1, max: MAX_ITEMS_COLUMNS as u32 });
        }
        for column in &it.columns {
            self.words(Field::Column, &column.heading);
            let name = column.field.split('|').next().unwrap_or_default().trim();
            if name.is_empty() {
                self.add(FaultKind::Missing(Field::Column));
            } else if !is_path(name) || !is_one_tag(&format!("{{{{ row.{} }}}}", column.field)) {
                self.add(FaultKind::Path(Field::Column));
            }
        }
    }

    fn payment(&mut self, it: &PaymentCode) {
        for (field, text) in [
            (Field::Account, &it.account),
            (Field::Bank, &it.bank),
            (Field::Symbol, &it.variable),
            (Field::Symbol, &it.constant),
            (Field::Symbol, &it.specific),
            (Field::Message, &it.message),
            (Field::Payee, &it.payee),
            (Field::Text, &it.caption),
        ] {
            self.words(field, text);
        }
        for (field, text) in [(Field::Account, &it.account), (Field::Payee, &it.payee)] {
            if text.trim().is_empty() {
                self.add(FaultKind::Missing(field));
            }
        }
        let account = words::without_code(&it.account);
        let is_typed = account == it.account.trim() && !account.is_empty();
        if is_typed && !payment::is_iban(&account.replace(' ', "").to_ascii_uppercase()) {
            self.add(FaultKind::Account);
        }
        for (field, path) in [(Field::Amount, &it.amount), (Field::Due, &it.due)] {
            if !path.trim().is_empty() {
                self.path(field, path);
            }
        }
        self.range(Field::Width, it.width, 96, 400);
    }

    fn range(&mut self, field: Field, value: u32, min: u32, max: u32) {
        if !(min..=max).contains(&value) {
            self.add(FaultKind::Range { field, min, max });
        }
    }

    fn words(&mut self, field: Field, words: &str) {
        if MAX_WORDS < words.chars().count() {
            self.add(FaultKind::TooLong(field, MAX_WORDS));
        }
    }

    fn link(&mut self, address: &str) {
        self.address(Field::Link, address, words::is_link(address));
    }

    fn source(&mut self, address: &str) {
        self.address(Field::Source, address, words::is_source(address));
    }

    fn address(&mut self, field: Field, address: &str, is_right: bool) {
        self.words(field, address);
        if address.trim().is_empty() {
            self.add(FaultKind::Missing(field));
        } else if !is_right {
            self.add(FaultKind::Address(field));
        }
    }

    fn path(&mut self, field: Field, path: &str) {
        if path.trim().is_empty() {
            self.add(FaultKind::Missing(field));
        } else if !is_path(path.trim()) {
            self.add(FaultKind::Path(field));
        }
    }
}

/// Whether a text is one merge tag and nothing else.
fn is_one_tag(text: &str) -> bool {
    let mut pieces = Pieces::of(text);
    matches!((pieces.next(), pieces.next()), (Some(Piece::Tag(_)), None))
}

/// Whether all elements of a fragment are closed in the fragment, in the order in which they were opened. Merge tags are passed
/// over: what they leave in each branch is checked when the whole is compiled.
fn is_whole(html: &str) -> bool {
    let literal: String = Pieces::of(html).map(|it| if let Piece::Text(text) = it { text } else { "" }).collect();
    let mut open: Vec<String> = Vec::new();
    let mut tokens = Tokens::of(&literal);
    let mut end = 0;
    while let Some(token) = tokens.next() {
        end = tokens.range().end;
        match token {
            // A comment without an end would go on behind the text.
            Token::Comment(_) if !literal[..end].ends_with('>') => return false,
            Token::Start(tag) if !VOID.contains(&tag.name.as_str()) => open.push(tag.name),
            Token::End(name) if !VOID.contains(&name.as_str()) && open.pop().as_deref() != Some(&name) => return false,
            _ => {}
        }
    }
    // A tag that is cut off is no token.
    open.is_empty() && end == literal.len()
}
