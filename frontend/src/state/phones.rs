//! The field that the numbers of a text message are picked in: done ones as chips, sets that are picked as a whole, and what is being
//! typed.

use model::address::{parse_phones, written};
use model::{Audience, ExpandedSet, HomeCountry, ListedPhone, PhoneFault, PhoneKind, PhoneNumber, PhoneRecipient, SetOffer};

use super::recipients::{PickedSet, PickedSets};

/// The field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneField {
    chips: Vec<ListedPhone>,
    sets: PickedSets,
    typed: String,
    home: HomeCountry,
}

impl PhoneField {
    /// A field with what a draft says.
    pub fn read(text: &str, home: HomeCountry) -> Self {
        let mut field = Self { home, ..Self::default() };
        field.add(text);
        field
    }

    /// Reads everything anew, because numbers without a country code belong to another country.
    pub fn set_home(&mut self, home: HomeCountry) {
        if self.home != home {
            let (typed, sets) = (std::mem::take(&mut self.typed), std::mem::take(&mut self.sets));
            *self = Self { typed, sets, ..Self::read(&self.chips_text(), home) };
        }
    }

    /// The done ones.
    pub fn chips(&self) -> &[ListedPhone] {
        &self.chips
    }

    /// The sets.
    pub fn sets(&self) -> &[PickedSet] {
        self.sets.all()
    }

    /// What is being typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Takes in what is typed; a separator makes chips of what stands before it.
    pub fn type_in(&mut self, text: &str) {
        match text.rfind([',', ';', '\n']) {
            Some(at) => {
                self.add(&text[..at]);
                self.typed = text[at + 1..].trim_start().to_owned();
            }
            None => self.typed = text.to_owned(),
        }
    }

    /// Makes a chip of what is typed; tells whether there was anything.
    pub fn commit(&mut self) -> bool {
        let typed = std::mem::take(&mut self.typed);
        self.add(&typed);
        !typed.trim().is_empty()
    }

    /// Puts a contact's number in, in place of what is typed.
    pub fn pick(&mut self, name: &str, number: &PhoneNumber) {
        self.typed.clear();
        self.add(&written(name, number));
    }

    /// Puts a set in, in place of what is typed; its members follow.
    pub fn pick_set(&mut self, offer: SetOffer) {
        self.typed.clear();
        self.sets.put(offer);
    }

    /// Puts the numbers of a set's members in its place, unless there are more than a message may have; nothing when the set was taken
    /// away meanwhile. Answers how many of the members have no number.
    pub fn expand(&mut self, audience: Audience, came: Option<ExpandedSet<PhoneRecipient>>) -> Option<u32> {
        let came = self.sets.take_apart(audience, came)?;
        for PhoneRecipient { name, number, .. } in came.recipients {
            self.add(&written(&name, &number));
        }
        Some(came.without)
    }

    /// Takes a set away.
    pub fn drop_set(&mut self, audience: Audience) {
        self.sets.remove(audience);
    }

    /// Takes a chip out.
    pub fn remove(&mut self, place: usize) {
        if place < self.chips.len() {
            self.chips.remove(place);
        }
    }

    /// Takes the last chip out and lets it be typed again.
    pub fn reopen(&mut self, place: usize) {
        if place < self.chips.len() {
            self.commit();
            self.typed = self.chips.remove(place).text;
        }
    }

    /// Whether the number is there.
    pub fn has(&self, number: &PhoneNumber) -> bool {
        self.chips.iter().any(|it| it.number.as_ref() == Ok(number))
    }

    /// How many numbers there are, also the one that is being typed, and how many pieces and sets are none that gets a message.
    pub fn reach(&self) -> (usize, usize) {
        let typed = parse_phones(&self.typed, self.home);
        let (mut good, mut faulty) = (Vec::new(), self.sets.all().len());
        for it in self.chips.iter().chain(&typed) {
            match (fault(it), &it.number) {
                (None, Ok(number)) if good.contains(number) => {}
                (None, Ok(number)) => good.push(number.clone()),
                _ => faulty += 1,
            }
        }
        (good.len(), faulty)
    }

    /// Everything as a draft keeps it, but for sets: they stand for their members once these are here.
    pub fn text(&self) -> String {
        let typed = self.typed.trim();
        let chips = self.chips_text();
        match (chips.is_empty(), typed.is_empty()) {
            (_, true) => chips,
            (true, false) => typed.to_owned(),
            (false, false) => format!("{chips}; {typed}"),
        }
    }

    fn chips_text(&self) -> String {
        self.chips.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("; ")
    }

    fn add(&mut self, text: &str) {
        for piece in parse_phones(text, self.home) {
            let is_there = match &piece.number {
                Ok(number) => self.has(number),
                Err(_) => self.chips.iter().any(|it| it.text == piece.text),
            };
            if !is_there {
                self.chips.push(piece);
            }
        }
    }
}

/// Why a piece gets no message, if so.
pub fn fault(piece: &ListedPhone) -> Option<PhoneFault> {
    match &piece.number {
        Err(fault) => Some(*fault),
        Ok(number) if number.kind() == PhoneKind::Premium => Some(PhoneFault::Premium),
        Ok(_) => None,
    }
}

/// What a chip says: the name, or the number in groups, or what was typed.
pub fn label(piece: &ListedPhone) -> String {
    match (piece.name(), &piece.number) {
        (name, Ok(number)) if name.is_empty() => number.shown(),
        (name, Ok(_)) => name,
        (_, Err(_)) => piece.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_chips_at_a_separator_and_none_stands_twice() {
        let mut field = PhoneField::default();
        field.type_in("0903 622 237;0903622237, 0905");
        assert_eq!((field.chips().len(), field.typed()), (1, "0905"));
        assert_eq!(label(&field.chips()[0]), "+421 903 622 237");
        assert!(field.commit() && !field.commit());
        assert_eq!(field.reach(), (1, 1));
        assert_eq!(field.text(), "0903 622 237; 0905");
    }

    #[test]
    fn a_contact_comes_with_its_name() {
        let mut field = PhoneField::default();
        field.type_in("ev");
        let number = PhoneNumber::parse("+421903622237", HomeCountry::Slovakia).unwrap();
        field.pick("Nová, Eva", &number);
        assert_eq!((field.text().as_str(), field.typed()), ("\"Nová, Eva\" <+421903622237>", ""));
        assert_eq!(label(&field.chips()[0]), "Nová, Eva");
        assert!(field.has(&number));
        field.reopen(0);
        assert_eq!((field.chips().len(), field.typed()), (0, "\"Nová, Eva\" <+421903622237>"));
    }

    #[test]
    fn a_list_gives_way_to_the_numbers_of_its_members() {
        let list = Audience::List(model::RecipientListId(1));
        let member = |n: i64, number: &str| PhoneRecipient {
            contact: model::ContactId(n),
            name: format!("Osoba {n}"),
            number: PhoneNumber::parse(number, HomeCountry::Slovakia).unwrap(),
        };
        let mut field = PhoneField::read("0903 622 237", HomeCountry::Slovakia);
        field.type_in("ve");
        field.pick_set(SetOffer { audience: list, name: "Veľtrh".into(), members: Some(3) });
        assert_eq!((field.typed(), field.sets().len(), field.reach()), ("", 1, (1, 1)));
        let recipients = vec![member(1, "+421903622237"), member(2, "+421905123456")];
        assert_eq!(field.expand(list, Some(ExpandedSet { recipients, members: 3, without: 1 })), Some(1));
        assert_eq!((field.text().as_str(), field.reach()), ("0903 622 237; Osoba 2 <+421905123456>", (2, 0)));
        assert_eq!(field.expand(list, Some(ExpandedSet::default())), None);
    }

    #[test]
    fn premium_numbers_get_nothing_and_another_home_reads_anew() {
        let mut field = PhoneField::read("0900 123 456; 603 123 456", HomeCountry::Slovakia);
        assert_eq!(fault(&field.chips()[0]), Some(PhoneFault::Premium));
        field.set_home(HomeCountry::Czechia);
        assert_eq!(label(&field.chips()[1]), "+420 603 123 456");
    }
}
