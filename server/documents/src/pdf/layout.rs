//! From blocks to lines on pages.

use pdf_writer::{Content, Str};

use super::PAPER;
use super::font::{Font, Fonts};
use crate::{Align, Block, Document, Table};

/// White space around each page, in points.
const MARGIN: f32 = 56.0;
/// Where the foot of a page stands.
const FOOT: f32 = 34.0;
/// The width of the text.
const WIDTH: f32 = PAPER.0 - 2.0 * MARGIN;
/// Size of ordinary words, and the height of their lines.
const BODY: (f32, f32) = (9.5, 13.5);
/// Size of words in tables, and the height of their lines.
const CELL: (f32, f32) = (8.5, 12.0);
/// Between two columns.
const GUTTER: f32 = 10.0;
/// Ink, soft ink and hairlines as grey between 0 and 1.
const INK: f32 = 0.1;
const SOFT: f32 = 0.4;
const LINE: f32 = 0.8;

/// A page as it is drawn.
pub(super) struct Page {
    /// The operators of the page (ISO 32000-1 §7.8.2).
    pub drawn: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Regular,
    Bold,
}

/// Where a line of words stands.
#[derive(Clone, Copy)]
struct Spot {
    x: f32,
    width: f32,
    align: Align,
}

/// The page that is being filled, and those that are full.
struct Sheets<'f> {
    fonts: &'f mut Fonts,
    full: Vec<Content>,
    page: Content,
    /// Height above the lower edge at which the next line begins.
    y: f32,
}

/// Draws the document; there is always at least one page.
pub(super) fn pages(document: &Document, fonts: &mut Fonts) -> Vec<Page> {
    let mut sheets = Sheets { fonts, full: Vec::new(), page: Content::new(), y: PAPER.1 - MARGIN };
    sheets.paragraph(&document.title, (18.0, 23.0), Weight::Bold, INK);
    if !document.subtitle.is_empty() {
        sheets.paragraph(&document.subtitle, BODY, Weight::Regular, SOFT);
    }
    for block in &document.blocks {
        match block {
            Block::Heading(text) => sheets.heading(text),
            Block::Text(text) => {
                sheets.paragraph(text, BODY, Weight::Regular, INK);
                sheets.y -= 5.0;
            }
            Block::Pairs(pairs) => sheets.pairs(pairs),
            Block::Table(table) => sheets.table(table),
        }
    }
    sheets.finish(&document.footer)
}

impl Sheets<'_> {
    fn font(&mut self, weight: Weight) -> &mut Font {
        match weight {
            Weight::Regular => &mut self.fonts.regular,
            Weight::Bold => &mut self.fonts.bold,
        }
    }

    /// Begins a new page unless so much still fits on this one; tells whether it did.
    fn need(&mut self, height: f32) -> bool {
        let is_full = self.y - height < MARGIN;
        if is_full {
            self.full.push(std::mem::replace(&mut self.page, Content::new()));
            self.y = PAPER.1 - MARGIN;
        }
        is_full
    }

    /// Draws words whose top is the height of the next line, without moving on.
    fn words(&mut self, text: &str, spot: Spot, size: f32, weight: Weight, ink: f32) {
        let baseline = self.y - size;
        let font = self.font(weight);
        let x = match spot.align {
            Align::Left => spot.x,
            Align::Right => spot.x + spot.width - font.width(text, size),
        };
        let (name, encoded) = (font.name, font.encoded(text));
        self.page.set_fill_gray(ink);
        self.page.begin_text().set_font(name, size).next_line(x, baseline).show(Str(&encoded)).end_text();
    }

    fn paragraph(&mut self, text: &str, (size, height): (f32, f32), weight: Weight, ink: f32) {
        for line in lines(self.font(weight), text, size, WIDTH) {
            self.need(height);
            self.words(&line, Spot { x: MARGIN, width: WIDTH, align: Align::Left }, size, weight, ink);
            self.y -= height;
        }
    }

    /// A heading never stands alone at the end of a page.
    fn heading(&mut self, text: &str) {
        self.y -= 14.0;
        self.need(52.0);
        self.paragraph(text, (12.0, 16.0), Weight::Bold, INK);
        self.hairline();
        self.y -= 5.0;
    }

    fn hairline(&mut self) {
        self.page.set_stroke_gray(LINE).set_line_width(0.6);
        self.page.move_to(MARGIN, self.y).line_to(PAPER.0 - MARGIN, self.y).stroke();
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        let name = Spot { x: MARGIN, width: 130.0, align: Align::Left };
        let value = Spot { x: MARGIN + 140.0, width: WIDTH - 140.0, align: Align::Left };
        for (left, right) in pairs {
            let left = lines(&self.fonts.regular, left, BODY.0, name.width);
            let right = lines(&self.fonts.regular, right, BODY.0, value.width);
            for n in 0..left.len().max(right.len()) {
                self.need(BODY.1);
                for (line, spot, ink) in [(left.get(n), name, SOFT), (right.get(n), value, INK)] {
                    if let Some(line) = line {
                        self.words(line, spot, BODY.0, Weight::Regular, ink);
                    }
                }
                self.y -= BODY.1;
            }
            self.y -= 1.5;
        }
    }

    fn table(&mut self, table: &Table) {
        let spots = spots(table);
        let headings: Vec<String> = table.columns.iter().map(|it| it.heading.clone()).collect();
        self.need(4.0 * CELL.1);
        self.row(&headings, &spots, Weight::Bold, SOFT);
        for row in &table.rows {
            let height = self.height(row, &spots);
            // A row that is higher than a page is cut between two of its lines.
            if self.need(height.min(PAPER.1 - 2.0 * MARGIN - 3.0 * CELL.1)) {
                self.row(&headings, &spots, Weight::Bold, SOFT);
            }
            self.row(row, &spots, Weight::Regular, INK);
        }
        self.y -= 6.0;
    }

    fn height(&self, row: &[String], spots: &[Spot]) -> f32 {
        let n = row.iter().zip(spots).map(|(text, spot)| lines(&self.fonts.regular, text, CELL.0, spot.width).len()).max();
        n.unwrap_or(1) as f32 * CELL.1 + 6.0
    }

    fn row(&mut self, row: &[String], spots: &[Spot], weight: Weight, ink: f32) {
        let cells: Vec<Vec<String>> =
            row.iter().zip(spots).map(|(text, spot)| lines(self.font(weight), text, CELL.0, spot.width)).collect();
        for n in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            self.need(CELL.1);
            for (cell, spot) in cells.iter().zip(spots) {
                if let Some(line) = cell.get(n) {
                    self.words(line, *spot, CELL.0, weight, ink);
                }
            }
            self.y -= CELL.1;
        }
        self.y -= 2.0;
        self.hairline();
        self.y -= 4.0;
    }

    /// Writes the foot of each page, which needs to know how many there are.
    fn finish(mut self, footer: &str) -> Vec<Page> {
        self.full.push(std::mem::replace(&mut self.page, Content::new()));
        let full = std::mem::take(&mut self.full);
        let n_pages = full.len();
        let mut pages = Vec::with_capacity(n_pages);
        for (n, content) in full.into_iter().enumerate() {
            self.page = content;
            self.y = FOOT;
            let number = format!("{} / {n_pages}", n + 1);
            let line = lines(&self.fonts.regular, footer, 7.5, WIDTH - 60.0).into_iter().next().unwrap_or_default();
            self.words(&line, Spot { x: MARGIN, width: WIDTH, align: Align::Left }, 7.5, Weight::Regular, SOFT);
            self.words(&number, Spot { x: MARGIN, width: WIDTH, align: Align::Right }, 7.5, Weight::Regular, SOFT);
            pages.push(Page { drawn: std::mem::replace(&mut self.page, Content::new()).finish().into_vec() });
        }
        pages
    }
}

/// Shares the width among the columns.
fn spots(table: &Table) -> Vec<Spot> {
    let total: f32 = table.columns.iter().map(|it| it.share.max(0.01)).sum();
    let free = WIDTH - GUTTER * table.columns.len().saturating_sub(1) as f32;
    let mut x = MARGIN;
    let mut spots = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let width = free * column.share.max(0.01) / total;
        spots.push(Spot { x, width, align: column.align });
        x += width + GUTTER;
    }
    spots
}

/// Breaks a text at blanks into lines of this width; a word that is wider alone is cut where it must. An empty text is one empty line.
fn lines(font: &Font, text: &str, size: f32, width: f32) -> Vec<String> {
    let mut all = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_inclusive([' ', '\t']) {
            let together = format!("{line}{word}");
            if font.width(together.trim_end(), size) <= width {
                line = together;
                continue;
            }
            if !line.trim_end().is_empty() {
                all.push(line.trim_end().to_owned());
            }
            line = cut(font, word, size, width, &mut all);
        }
        all.push(line.trim_end().to_owned());
    }
    if all.is_empty() {
        all.push(String::new());
    }
    all
}

/// Cuts a word into full lines; what is left begins the next one.
fn cut(font: &Font, word: &str, size: f32, width: f32, full: &mut Vec<String>) -> String {
    let mut line = String::new();
    for it in word.chars().filter(|it| !it.is_control()) {
        line.push(it);
        if width < font.width(line.trim_end(), size) && 1 < line.chars().count() {
            line.pop();
            full.push(std::mem::take(&mut line));
            line.push(it);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_place() {
        let fonts = Fonts::new().unwrap();
        let text = format!("Vážená pani Kováčová, {} píšeme Vám.\n\nŽltý kôň", "x".repeat(300));
        let broken = lines(&fonts.regular, &text, 9.5, 120.0);
        assert!(broken.iter().all(|it| fonts.regular.width(it, 9.5) <= 120.0), "{broken:?}");
        let whole: String = broken.concat().split_whitespace().collect();
        assert_eq!(whole, text.split_whitespace().collect::<String>());
        assert_eq!(broken[broken.len() - 2..], ["".to_owned(), "Žltý kôň".to_owned()]);
    }

    #[test]
    fn columns_share_the_width() {
        let table = Table { columns: vec![crate::Column::left("a", 1.0), crate::Column::right("b", 3.0)], rows: Vec::new() };
        let spots = spots(&table);
        assert!((spots[1].x + spots[1].width - (PAPER.0 - MARGIN)).abs() < 0.01);
        assert!((spots[1].width / spots[0].width - 3.0).abs() < 0.01);
    }
}
