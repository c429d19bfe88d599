//! A field of recipients: chips that are done, and the text still being typed.

use model::address::parse_list;
use model::{EmailAddress, ListedAddress};

/// The chips of one field and what is typed behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientField {
    chips: Vec<ListedAddress>,
    typed: String,
}

impl RecipientField {
    /// The chips of a field kept as text.
    pub fn read(text: &str) -> Self {
        let mut field = Self::default();
        field.add(text);
        field
    }

    /// The field as text, to be kept: what is typed and not yet a chip too.
    pub fn text(&self) -> String {
        let mut text = self.chips.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(", ");
        let typed = self.typed.trim();
        if !typed.is_empty() {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(typed);
        }
        text
    }

    /// The chips.
    pub fn chips(&self) -> &[ListedAddress] {
        &self.chips
    }

    /// What is typed and not yet a chip.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.chips.is_empty() && self.typed.trim().is_empty()
    }

    /// Takes in what the field holds after a key: all before the last separator become chips.
    pub fn type_in(&mut self, text: &str) {
        match last_separator(text) {
            Some(end) => {
                let (done, rest) = text.split_at(end);
                let rest = rest.trim_start_matches(SEPARATORS).trim_start().to_owned();
                self.add(done);
                self.typed = rest;
            }
            None => self.typed = text.to_owned(),
        }
    }

    /// Makes chips of what is typed and tells whether there was anything.
    pub fn commit(&mut self) -> bool {
        let typed = std::mem::take(&mut self.typed);
        self.add(&typed);
        !typed.trim().is_empty()
    }

    /// Makes chips of a pasted list, behind what is typed; a text without any address stays to be typed on.
    pub fn paste(&mut self, text: &str) -> bool {
        if !text.contains('@') {
            return false;
        }
        self.commit();
        self.add(text);
        true
    }

    /// Makes a chip of an address with a name in place of what is typed.
    pub fn pick(&mut self, name: &str, address: &EmailAddress) {
        self.typed.clear();
        self.add(&named(name, address.as_str()));
    }

    /// Takes a chip away.
    pub fn remove(&mut self, place: usize) {
        if place < self.chips.len() {
            self.chips.remove(place);
        }
    }

    /// Opens a chip for typing: its text is in the field again, and what was typed becomes a chip.
    pub fn reopen(&mut self, place: usize) {
        if place < self.chips.len() {
            let chip = self.chips.remove(place);
            self.commit();
            self.typed = chip.text;
        }
    }

    /// Whether an address is among the chips, however it is spelled.
    pub fn has(&self, address: &EmailAddress) -> bool {
        let normalized = address.normalized();
        self.chips.iter().filter_map(|it| it.address.as_ref().ok()).any(|it| it.normalized() == normalized)
    }

    /// Adds the pieces of a text; an address that is there already is not added twice.
    fn add(&mut self, text: &str) {
        for chip in pieces(text).iter().flat_map(|it| parse_list(it)) {
            let known = match &chip.address {
                Ok(address) => self.has(address),
                Err(_) => self.chips.contains(&chip),
            };
            if !known {
                self.chips.push(chip);
            }
        }
    }
}

/// How many different people a message goes to, and how many pieces are no address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Different addresses in all roles.
    pub people: usize,
    /// Pieces that are no address.
    pub faulty: usize,
}

/// Whom the fields reach. What is still being typed counts once it is an address, and is no fault before.
pub fn reach(fields: [&RecipientField; 3]) -> Reach {
    let mut seen = Vec::new();
    let mut reach = Reach::default();
    for field in fields {
        let chips = field.chips.iter().map(|it| it.address.clone());
        for address in chips.chain(EmailAddress::parse(&field.typed).ok().map(Ok)) {
            match address.map(|it| it.normalized()) {
                Err(_) => reach.faulty += 1,
                Ok(address) if seen.contains(&address) => {}
                Ok(address) => seen.push(address),
            }
        }
    }
    reach.people = seen.len();
    reach
}

/// What a chip shows: the name before the address, or the address.
pub fn label(chip: &ListedAddress) -> &str {
    match (&chip.address, chip.text.split_once('<')) {
        (Ok(_), Some((name, _))) if !name.trim().trim_matches('"').is_empty() => name.trim().trim_matches('"'),
        _ => &chip.text,
    }
}

/// `Name <address>`; signs that part recipients are left out of the name.
pub fn named(name: &str, address: &str) -> String {
    let name = without_separators(name);
    if name.is_empty() { address.to_owned() } else { format!("{name} <{address}>") }
}

const SEPARATORS: [char; 4] = [',', ';', '\n', '\r'];

/// Where the last piece that is complete ends; a separator between quotes parts nothing.
fn last_separator(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut last = None;
    for (place, it) in text.char_indices() {
        match it {
            '"' => quoted = !quoted,
            it if !quoted && SEPARATORS.contains(&it) => last = Some(place),
            _ => {}
        }
    }
    last
}

/// The pieces of a list as programs write it: `"Nová, Eva" <eva@x.sk>; b@x.sk c@x.sk`. Names come out without quotes and
/// separators, so that the stored text is parted in the same way everywhere.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    // A quote that is never closed is only a sign.
    let closed = text.matches('"').count().is_multiple_of(2);
    for it in text.chars() {
        match it {
            '"' if closed => quoted = !quoted,
            it if SEPARATORS.contains(&it) && quoted => push(&mut pieces, ' '),
            it if SEPARATORS.contains(&it) => pieces.push(String::new()),
            it => push(&mut pieces, it),
        }
    }
    pieces.iter().flat_map(|it| split_blanks(it)).filter(|it| !it.is_empty()).collect()
}

fn push(pieces: &mut [String], it: char) {
    if let Some(last) = pieces.last_mut() {
        last.push(it);
    }
}

/// Addresses with nothing but blanks between them are several; anything else is one piece.
fn split_blanks(piece: &str) -> Vec<String> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    if 1 < words.len() && words.iter().all(|it| EmailAddress::parse(it).is_ok()) {
        return words.into_iter().map(str::to_owned).collect();
    }
    vec![words.join(" ")]
}

fn without_separators(name: &str) -> String {
    let plain = name.replace(['<', '>', '"', '@'], " ").replace(SEPARATORS, " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(field: &RecipientField) -> Vec<&str> {
        field.chips().iter().map(|it| it.text.as_str()).collect()
    }

    fn eva() -> EmailAddress {
        EmailAddress::parse("eva@x.sk").unwrap()
    }

    #[test]
    fn a_separator_makes_a_chip_and_the_rest_is_typed_on() {
        let mut field = RecipientField::default();
        field.type_in("eva@x.sk");
        assert_eq!((texts(&field).len(), field.typed()), (0, "eva@x.sk"));
        field.type_in("eva@x.sk; ja");
        assert_eq!((texts(&field), field.typed()), (vec!["eva@x.sk"], "ja"));
        assert_eq!(field.text(), "eva@x.sk, ja");
    }

    #[test]
    fn a_pasted_list_of_any_kind_becomes_chips() {
        let mut field = RecipientField::default();
        assert!(field.paste("\"Nová, Eva\" <eva@x.sk>; jan@x.sk,\r\n  zle@ \n b@x.sk c@x.sk\td@x.sk"));
        assert_eq!(texts(&field), ["Nová Eva <eva@x.sk>", "jan@x.sk", "zle@", "b@x.sk", "c@x.sk", "d@x.sk"]);
        assert_eq!(field.chips().iter().filter(|it| it.address.is_err()).count(), 1);
    }

    #[test]
    fn a_pasted_word_is_only_typed() {
        assert!(!RecipientField::default().paste("Eva Nová"));
    }

    #[test]
    fn what_is_kept_as_text_reads_back_the_same() {
        let field = RecipientField::read("\"ACME, s.r.o.\" <info@acme.sk>, zle, Eva <eva@x.sk>");
        assert_eq!(RecipientField::read(&field.text()), field);
        assert_eq!(texts(&field), ["ACME s.r.o. <info@acme.sk>", "zle", "Eva <eva@x.sk>"]);
    }

    #[test]
    fn an_address_is_there_once_however_it_is_spelled() {
        let mut field = RecipientField::read("Eva <eva@x.sk>");
        field.type_in("EVA@x.sk,");
        field.pick("Eva Nová", &eva());
        assert_eq!(texts(&field), ["Eva <eva@x.sk>"]);
        assert!(field.has(&eva()));
    }

    #[test]
    fn the_name_of_a_company_parts_nothing() {
        let mut field = RecipientField::default();
        field.type_in("acm");
        field.pick("ACME, s.r.o.", &eva());
        assert_eq!((field.text().as_str(), field.typed()), ("ACME s.r.o. <eva@x.sk>", ""));
        assert_eq!(label(&field.chips()[0]), "ACME s.r.o.");
    }

    #[test]
    fn a_reopened_chip_is_typed_on_and_nothing_typed_is_lost() {
        let mut field = RecipientField::read("eva@x, jan@x.sk");
        field.type_in("petra@x.sk");
        field.reopen(0);
        assert_eq!((texts(&field), field.typed()), (vec!["jan@x.sk", "petra@x.sk"], "eva@x"));
        field.reopen(9);
        assert_eq!(field.typed(), "eva@x");
    }

    #[test]
    fn people_are_counted_once_in_all_roles() {
        let to = RecipientField::read("Eva <eva@x.sk>, zle");
        let cc = RecipientField::read("EVA@x.sk; jan@x.sk");
        let mut bcc = RecipientField::default();
        bcc.type_in("petra");
        assert_eq!(reach([&to, &cc, &bcc]), Reach { people: 2, faulty: 1 });
        bcc.type_in("petra@x.sk");
        assert_eq!(reach([&to, &cc, &bcc]), Reach { people: 3, faulty: 1 });
    }

    #[test]
    fn an_open_quote_while_typing_does_not_swallow_the_list() {
        let mut field = RecipientField::default();
        field.paste("a@x.sk, b\"@x.sk, c@x.sk");
        assert_eq!(texts(&field), ["a@x.sk", "b\"@x.sk", "c@x.sk"]);
    }
}
