//! A field of recipients: chips that are done, sets that are picked as a whole, and the text still being typed.

mod pieces;
mod reach;
mod sets;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use model::address::{parse_list, written};
use model::{Audience, EmailAddress, ExpandedSet, ListedAddress, RecipientOffer, SetOffer};

use self::pieces::{SEPARATORS, last_separator, pieces};
pub use self::reach::{Reach, reach};
pub use self::sets::{PickedSet, PickedSets, SetStanding};

/// How many chips a field shows before it is folded.
pub const SHOWN: usize = 60;

/// The chips of one field and what is typed behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientField {
    chips: Vec<ListedAddress>,
    /// The addresses among the chips in their normalised form, so that none is looked for one by one.
    known: HashSet<String>,
    sets: PickedSets,
    typed: String,
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
        self.sets.all()
    }

    /// What is typed and not yet a chip.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.chips.is_empty() && self.sets.all().is_empty() && self.typed.trim().is_empty()
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
        self.sets.put(offer);
    }

    /// Puts the members of a set in its place, unless there are more than a message may have; nothing when the set was taken away
    /// meanwhile. Answers how many of the members have no address.
    pub fn expand(&mut self, audience: Audience, came: Option<ExpandedSet>) -> Option<u32> {
        let came = self.sets.take_apart(audience, came)?;
        for RecipientOffer { name, email, .. } in came.recipients {
            self.push(ListedAddress { text: written(&name, &email), address: Ok(email) });
        }
        Some(came.without)
    }

    /// Takes a set away.
    pub fn drop_set(&mut self, audience: Audience) {
        self.sets.remove(audience);
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

/// What a chip shows: the name before the address, or the address.
pub fn label(chip: &ListedAddress) -> String {
    Some(chip.name()).filter(|it| !it.is_empty()).unwrap_or_else(|| chip.text.clone())
}
