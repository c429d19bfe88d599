//! The lines of a plain text while it is being written: blanks joined, lines begun with what surrounds them.

/// Quotations and lists nested deeper than this begin no further to the right.
const DEEPEST: usize = 8;

/// A text being written line by line.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    text: String,
    /// Line ends to write before the next word.
    pending: usize,
    /// Whether a blank is to be written before the next word.
    blank: bool,
    /// Whether a cell of a row has ended and the next one has not begun.
    between_cells: bool,
    /// Whether the line has words.
    begun: bool,
    /// Whether blanks and line ends stay as they are.
    kept: bool,
    quotes: usize,
    indent: usize,
    /// The sign of an item whose text has not begun.
    sign: Option<String>,
}

impl Lines {
    /// Writes words; runs of blanks become one.
    pub fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(it) = rest.chars().next() {
            // Letters and digits that stand together are written together.
            let together = rest.bytes().take_while(u8::is_ascii_graphic).count();
            let (taken, left) = rest.split_at(together.max(it.len_utf8()));
            rest = left;
            match it {
                '\n' if self.kept => self.break_line(),
                '\u{a0}' if !self.begun => {}
                _ if it.is_ascii_whitespace() && !self.kept => self.blank = true,
                _ if is_invisible(it) => {}
                _ => self.signs(taken),
            }
        }
    }

    /// Ends the line; at least `n` line ends follow before the next words.
    pub fn end(&mut self, n: usize) {
        self.pending = self.pending.max(n);
        self.begun = false;
        self.between_cells = false;
        self.blank = false;
    }

    /// Ends the line by one more line end, up to one empty line.
    pub fn break_line(&mut self) {
        self.pending = (self.pending + 1).min(2);
        self.begun = false;
        self.between_cells = false;
        self.blank = false;
    }

    /// Parts two cells of a row.
    pub fn cell(&mut self) {
        self.between_cells = self.begun;
    }

    /// A line across.
    pub fn rule(&mut self) {
        self.end(2);
        self.words("----------");
        self.end(2);
    }

    /// Begins an item of a list.
    pub fn item(&mut self, sign: &str) {
        self.end(1);
        self.sign = Some(sign.to_owned());
    }

    /// How deep the lists are nested from now on.
    pub fn indent(&mut self, depth: usize) {
        self.sign = None;
        self.indent = depth;
    }

    /// Goes one quotation deeper or back.
    pub fn quote(&mut self, by: isize) {
        self.quotes = self.quotes.saturating_add_signed(by);
    }

    /// Whether blanks and line ends stay as they are from now on.
    pub fn keep_blanks(&mut self, kept: bool) {
        self.kept = kept;
    }

    /// The whole text, without blanks at the ends of its lines.
    pub fn finish(self) -> String {
        let lines: Vec<&str> = self.text.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().to_owned()
    }

    fn signs(&mut self, signs: &str) {
        if !self.begun {
            self.begin();
        } else if self.between_cells {
            self.text.push_str(" | ");
        } else if self.blank {
            self.text.push(' ');
        }
        self.between_cells = false;
        self.blank = false;
        self.text.push_str(signs);
    }

    /// Writes the line ends that are due and what a line begins with.
    fn begin(&mut self) {
        let quotes = "> ".repeat(self.quotes.min(DEEPEST));
        if !self.text.is_empty() {
            for n in 0..self.pending {
                if 0 < n {
                    self.text.push_str(quotes.trim_end());
                }
                self.text.push('\n');
            }
        }
        self.pending = 0;
        self.begun = true;
        self.text.push_str(&quotes);
        let depth = self.indent.min(DEEPEST);
        match self.sign.take() {
            Some(sign) => {
                self.text.push_str(&"  ".repeat(depth.saturating_sub(1)));
                self.text.push_str(&sign);
            }
            None => self.text.push_str(&"  ".repeat(depth)),
        }
    }
}

/// Signs that mails use to fill their preview line, and others that nobody sees.
fn is_invisible(it: char) -> bool {
    matches!(it, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') || (it.is_control() && it != '\t')
}
