//! What is between tags and yet no text for readers: comments, declarations, raw text.

use super::{Html, MAX_NAME, State};

impl Html {
    pub(super) fn in_comment(&mut self, byte: u8) {
        let ends = byte == b'>';
        match self.state {
            State::Declaration if byte == b'-' && self.tail == "-" => {
                self.tail.clear();
                self.state = State::CommentStart;
                // The two hyphens of the beginning may also be those of the end: `<!-->`.
                return;
            }
            State::Declaration if byte == b'-' && self.tail.is_empty() => {}
            State::Declaration if ends => self.state = State::Text,
            State::Declaration => self.state = State::Bogus,
            State::CommentStart | State::Comment | State::Condition
                if ends && (2 <= self.n_hyphens || self.tail.ends_with("--!")) =>
            {
                self.state = State::Text;
            }
            State::CommentStart => self.state = self.comment_start(byte),
            State::Condition if ends && self.tail.ends_with(']') => {
                self.is_conditional = true;
                self.state = State::Text;
            }
            State::Bogus if ends => {
                if self.tail.starts_with("[endif]") {
                    self.is_conditional = false;
                }
                self.state = State::Text;
            }
            _ => {}
        }
        self.push_tail(byte);
        if self.state == State::Text {
            self.tail.clear();
        }
    }

    /// What a comment is by its first bytes: `[if` begins a conditional one.
    fn comment_start(&self, byte: u8) -> State {
        match (self.tail.as_str(), byte.to_ascii_lowercase()) {
            ("", b'[' | b'-') | ("[", b'i') => State::CommentStart,
            ("[i", b'f') => State::Condition,
            _ => State::Comment,
        }
    }

    pub(super) fn in_raw(&mut self, byte: u8) {
        let is_end = byte == b'>' || byte == b'/' || byte.is_ascii_whitespace();
        let closes = is_end && self.tail.strip_suffix(self.element.as_str()).is_some_and(|it| it.ends_with("</"));
        if closes && self.element != "plaintext" {
            self.element.insert(0, '/');
            if byte == b'>' {
                self.close_tag()
            } else {
                self.between(byte)
            }
            return;
        }
        let is_tag = self.state == State::RawWithReferences && self.tail.ends_with('<') && byte.is_ascii_alphabetic();
        self.push_tail(byte);
        // A script with a comment may end elsewhere, and where a title is not allowed a tag in it is a tag.
        if is_tag || self.element == "script" && self.tail.ends_with("<!--") {
            self.state = State::Lost;
        }
    }

    /// Keeps the beginning of a declaration, and the end of everything.
    fn push_tail(&mut self, byte: u8) {
        let keeps_beginning = self.state == State::Bogus && 7 <= self.tail.len();
        if keeps_beginning {
            return;
        }
        if MAX_NAME <= self.tail.len() {
            self.tail.remove(0);
        }
        self.tail.push(if byte.is_ascii() { char::from(byte.to_ascii_lowercase()) } else { '?' });
    }
}
