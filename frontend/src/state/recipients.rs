//! A field of recipients: chips that are done, sets that are picked as a whole, and the text still being typed.

use std::collections::HashSet;

use model::address::{parse_list, separators, written};
use model::{Audience, EmailAddress, ExpandedSet, ListedAddress, RecipientOffer, SetOffer, message::RECIPIENTS_MAX};

/// How many chips a field shows before it is folded.
pub const SHOWN: usize = 60;

/// The chips of one field and what is typed behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientField {
    chips: Vec<ListedAddress>,
    /// The addresses among the chips in their normalised form, so that none is looked for one by one.
    known: HashSet<String>,
    sets: Vec<PickedSet>,
    typed: String,
}

/// A list or a segment that was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickedSet {
    /// Which one.
    pub offer: SetOffer,
    /// How it stands.
    pub standing: SetStanding,
}

/// How a picked set stands in a field of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetStanding {
    /// Its members are being asked for.
    Coming,
    /// It has more members than one message may have recipients.
    TooMany(u64),
    /// Its members could not be asked for.
    Failed,
}

impl RecipientField {
    /// The chips of a field kept as text.
    pub fn read(text: &str) -> Self {
        let mut field = Self::default();
        field.add(text);
        field
    }

    /// The field as text, to be kept: what is typed and not yet a chip too. Sets are no part of it: they stand for their members once
    /// these are here.
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

    /// The sets.
    pub fn sets(&self) -> &[PickedSet] {
        &self.sets
    }

    /// What is typed and not yet a chip.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.chips.is_empty() && self.sets.is_empty() && self.typed.trim().is_empty()
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
        self.push(ListedAddress { text: written(name, address), address: Ok(address.clone()) });
    }

    /// Puts a set into the field in place of what is typed; its members follow.
    pub fn pick_set(&mut self, offer: SetOffer) {
        self.typed.clear();
        self.drop_set(offer.audience);
        self.sets.push(PickedSet { offer, standing: SetStanding::Coming });
    }

    /// Puts the members of a set in its place, unless there are more than a message may have; nothing when the set was taken away
    /// meanwhile. Answers how many of the members have no address.
    pub fn expand(&mut self, audience: Audience, came: Option<ExpandedSet>) -> Option<u32> {
        let set = self.sets.iter_mut().find(|it| it.offer.audience == audience)?;
        match came {
            None => {
                set.standing = SetStanding::Failed;
                None
            }
            Some(came) if (RECIPIENTS_MAX as u64) < came.members => {
                set.standing = SetStanding::TooMany(came.members);
                None
            }
            Some(came) => {
                self.drop_set(audience);
                for RecipientOffer { name, email, .. } in came.recipients {
                    self.push(ListedAddress { text: written(&name, &email), address: Ok(email) });
                }
                Some(came.without)
            }
        }
    }

    /// Takes a set away.
    pub fn drop_set(&mut self, audience: Audience) {
        self.sets.retain(|it| it.offer.audience != audience);
    }

    /// Takes a chip away.
    pub fn remove(&mut self, place: usize) {
        self.take(place);
    }

    /// Puts another address of the same person in place of a chip.
    pub fn replace(&mut self, place: usize, name: &str, address: &EmailAddress) {
        if self.take(place).is_some() && self.known.insert(address.normalized()) {
            let chip = ListedAddress { text: written(name, address), address: Ok(address.clone()) };
            self.chips.insert(place.min(self.chips.len()), chip);
        }
    }

    /// Opens a chip for typing: its text is in the field again, and what was typed becomes a chip.
    pub fn reopen(&mut self, place: usize) {
        if let Some(chip) = self.take(place) {
            self.commit();
            self.typed = chip.text;
        }
    }

    /// Whether an address is among the chips, however it is spelled.
    pub fn has(&self, address: &EmailAddress) -> bool {
        self.known.contains(&address.normalized())
    }

    /// Adds the pieces of a text; an address that is there already is not added twice.
    fn add(&mut self, text: &str) {
        pieces(text).iter().flat_map(|it| parse_list(it)).for_each(|it| self.push(it));
    }

    fn push(&mut self, chip: ListedAddress) {
        let is_new = match &chip.address {
            Ok(address) => self.known.insert(address.normalized()),
            // What is no address is told apart by its text; a line break keeps it apart from any address.
            Err(_) => self.known.insert(faulty_key(&chip)),
        };
        if is_new {
            self.chips.push(chip);
        }
    }

    fn take(&mut self, place: usize) -> Option<ListedAddress> {
        (place < self.chips.len()).then(|| {
            let chip = self.chips.remove(place);
            self.known.remove(&chip.address.as_ref().map_or_else(|_| faulty_key(&chip), EmailAddress::normalized));
            chip
        })
    }
}

fn faulty_key(chip: &ListedAddress) -> String {
    format!("\n{}", chip.text)
}

/// How many different people a message goes to, and how many pieces are no address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Different addresses in all roles.
    pub people: usize,
    /// Pieces that are no address, and sets that are no recipients of one message.
    pub faulty: usize,
}

/// Whom the fields reach. What is still being typed counts once it is an address, and is no fault before.
pub fn reach(fields: [&RecipientField; 3]) -> Reach {
    let mut seen = HashSet::new();
    let mut reach = Reach::default();
    for field in fields {
        reach.faulty += field.sets.len();
        let chips = field.chips.iter().map(|it| it.address.clone());
        for address in chips.chain(EmailAddress::parse(&field.typed).ok().map(Ok)) {
            match address {
                Err(_) => reach.faulty += 1,
                Ok(address) => {
                    seen.insert(address.normalized());
                }
            }
        }
    }
    reach.people = seen.len();
    reach
}

/// What a chip shows: the name before the address, or the address.
pub fn label(chip: &ListedAddress) -> String {
    Some(chip.name()).filter(|it| !it.is_empty()).unwrap_or_else(|| chip.text.clone())
}

const SEPARATORS: [char; 4] = [',', ';', '\n', '\r'];

/// Where the last piece that is complete ends; a separator between quotes parts nothing, also while the quote is still open.
fn last_separator(text: &str) -> Option<usize> {
    let last = separators(text).last().copied()?;
    // A quote that begins a piece and is not closed yet is being typed.
    let open = text
        .match_indices('"')
        .map(|it| it.0)
        .filter(|at| text[..*at].trim_end().ends_with(SEPARATORS) || text[..*at].trim().is_empty());
    let unclosed = open.filter(|at| !text[at + 1..].contains('"')).last();
    match unclosed {
        Some(at) if at < last => separators(&text[..at]).last().copied(),
        _ => Some(last),
    }
}

/// The pieces of a list as programs write it: `"Nová, Eva" <eva@x.sk>; b@x.sk c@x.sk`.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for end in separators(text) {
        pieces.push(&text[begin..end]);
        begin = end + 1;
    }
    pieces.push(&text[begin..]);
    pieces.into_iter().flat_map(split_blanks).filter(|it| !it.is_empty()).collect()
}

/// Addresses with nothing but blanks between them are several; anything else is one piece.
fn split_blanks(piece: &str) -> Vec<String> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    if 1 < words.len() && words.iter().all(|it| EmailAddress::parse(it).is_ok()) {
        return words.into_iter().map(str::to_owned).collect();
    }
    vec![words.join(" ")]
}

#[cfg(test)]
mod tests {
    use model::{ContactId, RecipientListId};

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
        assert_eq!(texts(&field), ["\"Nová, Eva\" <eva@x.sk>", "jan@x.sk", "zle@", "b@x.sk", "c@x.sk", "d@x.sk"]);
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
        assert_eq!(texts(&field), ["\"ACME, s.r.o.\" <info@acme.sk>", "zle", "Eva <eva@x.sk>"]);
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
        assert_eq!((field.text().as_str(), field.typed()), ("\"ACME, s.r.o.\" <eva@x.sk>", ""));
        assert_eq!(label(&field.chips()[0]), "ACME, s.r.o.");
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

    fn list(id: i64, n: u64) -> SetOffer {
        SetOffer { audience: Audience::List(RecipientListId(id)), name: "Veľtrh".into(), members: Some(n) }
    }

    fn member(n: i64) -> RecipientOffer {
        let email = EmailAddress::parse(&format!("o{n}@x.sk")).unwrap();
        RecipientOffer { contact: ContactId(n), name: format!("Osoba {n}"), company_name: String::new(), email }
    }

    #[test]
    fn a_name_in_quotes_is_typed_to_its_end() {
        let mut field = RecipientField::default();
        field.type_in("a@x.sk, \"Autoservis Praděd, a");
        assert_eq!((texts(&field), field.typed()), (vec!["a@x.sk"], "\"Autoservis Praděd, a"));
        field.type_in("\"Autoservis Praděd, a.s.\" <info@praded.cz>,");
        assert_eq!(texts(&field)[1], "\"Autoservis Praděd, a.s.\" <info@praded.cz>");
        assert_eq!(label(&field.chips()[1]), "Autoservis Praděd, a.s.");
    }

    #[test]
    fn a_small_set_is_replaced_by_its_members() {
        let mut field = RecipientField::read("o2@x.sk");
        field.pick_set(list(1, 3));
        assert_eq!((field.sets().len(), reach([&field, &RecipientField::default(), &RecipientField::default()]).faulty), (1, 1));
        let came = ExpandedSet { recipients: vec![member(1), member(2)], members: 3, without: 1 };
        assert_eq!(field.expand(list(1, 3).audience, Some(came)), Some(1));
        assert_eq!((texts(&field), field.sets().len()), (vec!["o2@x.sk", "Osoba 1 <o1@x.sk>"], 0));
    }

    #[test]
    fn a_set_that_is_too_large_stays_and_stands_in_the_way_of_sending() {
        let mut field = RecipientField::default();
        field.pick_set(list(1, 3_184));
        field.expand(list(1, 0).audience, Some(ExpandedSet { members: 3_184, ..ExpandedSet::default() }));
        assert_eq!(field.sets()[0].standing, SetStanding::TooMany(3_184));
        assert_eq!(field.text(), "");
        field.drop_set(list(1, 0).audience);
        assert!(field.is_empty());
    }

    #[test]
    fn members_of_a_set_that_was_taken_away_do_not_come() {
        let mut field = RecipientField::default();
        let came = ExpandedSet { recipients: vec![member(1)], members: 1, without: 0 };
        assert_eq!(field.expand(list(1, 1).audience, Some(came)), None);
        assert!(field.is_empty());
    }

    #[test]
    fn another_address_takes_the_place_of_a_chip() {
        let mut field = RecipientField::read("a@x.sk, Eva <eva@x.sk>, b@x.sk");
        field.replace(1, "Eva", &EmailAddress::parse("faktury@x.sk").unwrap());
        assert_eq!(texts(&field), ["a@x.sk", "Eva <faktury@x.sk>", "b@x.sk"]);
        field.type_in("eva@x.sk,");
        assert_eq!(field.chips().len(), 4);
    }

    #[test]
    fn ten_thousand_picks_are_told_apart_without_looking_at_each() {
        let list: Vec<String> = (0..10_000).map(|n| format!("\"Osoba, {n}\" <o{n}@x.sk>")).collect();
        let mut field = RecipientField::default();
        assert!(field.paste(&list.join(";")));
        assert!(field.paste(&list.join("\n")));
        assert_eq!(field.chips().len(), 10_000);
        assert_eq!(RecipientField::read(&field.text()).chips().len(), 10_000);
    }
}
