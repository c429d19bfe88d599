//! What the list of contacts shows, as its address says it.

use model::{ContactFilter, ContactKind, ContactSort, Direction, Gender, Nature, ObtainedWay};

/// The filters and the order of the list, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactPlace {
    /// `q`: words that names, addresses, companies and towns begin with.
    pub words: String,
    /// `kind`: only this kind.
    pub kind: Option<ContactKind>,
    /// `nature`: only people or only companies.
    pub nature: Option<Nature>,
    /// `sort`: by what.
    pub sort: ContactSort,
    /// `sort` with a minus before it: which way.
    pub direction: Direction,
}

impl ContactPlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let sort = get("sort").unwrap_or_default();
        let down = sort.starts_with('-');
        let natures = [Nature::Person, Nature::Company];
        Self {
            words: get("q").unwrap_or_default(),
            kind: get("kind").and_then(|code| ContactKind::ALL.into_iter().find(|it| kind_code(*it) == code)),
            nature: get("nature").and_then(|code| natures.into_iter().find(|it| nature_code(*it) == code)),
            sort: if sort.trim_start_matches('-') == "updated" { ContactSort::Updated } else { ContactSort::Name },
            direction: if down { Direction::Down } else { Direction::Up },
        }
    }

    /// Writes what is not the default, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.words.trim().is_empty() {
            pairs.push(("q", self.words.trim().to_owned()));
        }
        pairs.extend(self.kind.map(|it| ("kind", kind_code(it).to_owned())));
        pairs.extend(self.nature.map(|it| ("nature", nature_code(it).to_owned())));
        let sort = match self.sort {
            ContactSort::Name => "name",
            ContactSort::Updated => "updated",
        };
        match (self.sort, self.direction) {
            (ContactSort::Name, Direction::Up) => {}
            (_, Direction::Up) => pairs.push(("sort", sort.to_owned())),
            (_, Direction::Down) => pairs.push(("sort", format!("-{sort}"))),
        }
        pairs
    }

    /// What the server is asked.
    pub fn filter(&self) -> ContactFilter {
        ContactFilter { words: self.words.trim().to_owned(), kind: self.kind, nature: self.nature, ..ContactFilter::default() }
    }

    /// Sorts by this; the column that is sorted already turns around. Times begin with the newest.
    pub fn sort_by(&mut self, sort: ContactSort) {
        self.direction = match (self.sort == sort, self.direction) {
            (true, Direction::Up) => Direction::Down,
            (true, Direction::Down) => Direction::Up,
            (false, _) if sort == ContactSort::Updated => Direction::Down,
            (false, _) => Direction::Up,
        };
        self.sort = sort;
    }

    /// Whether the list shows everything.
    pub fn is_everything(&self) -> bool {
        self.filter() == ContactFilter::default()
    }
}

/// The stable name of a kind in addresses.
pub fn kind_code(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Client => "client",
        ContactKind::Partner => "partner",
        ContactKind::Employee => "employee",
        ContactKind::Other => "other",
    }
}

/// The stable name of a nature in addresses.
pub fn nature_code(nature: Nature) -> &'static str {
    match nature {
        Nature::Person => "person",
        Nature::Company => "company",
    }
}

/// The stable name of how a person is addressed.
pub fn gender_code(gender: Gender) -> &'static str {
    match gender {
        Gender::Unknown => "unknown",
        Gender::Woman => "woman",
        Gender::Man => "man",
    }
}

/// The stable name of a way in which a contact was obtained.
pub fn way_code(way: ObtainedWay) -> &'static str {
    match way {
        ObtainedWay::Purchase => "purchase",
        ObtainedWay::Registration => "registration",
        ObtainedWay::Inquiry => "inquiry",
        ObtainedWay::Event => "event",
        ObtainedWay::Referral => "referral",
        ObtainedWay::PublicRegister => "public_register",
        ObtainedWay::Import => "import",
        ObtainedWay::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back(place: &ContactPlace) -> ContactPlace {
        let pairs = place.pairs();
        ContactPlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
    }

    #[test]
    fn an_address_leads_to_the_same_list() {
        for kind in ContactKind::ALL {
            for (sort, direction) in [
                (ContactSort::Name, Direction::Up),
                (ContactSort::Name, Direction::Down),
                (ContactSort::Updated, Direction::Up),
                (ContactSort::Updated, Direction::Down),
            ] {
                let place =
                    ContactPlace { words: "nová".into(), kind: Some(kind), nature: Some(Nature::Company), sort, direction };
                assert_eq!(read_back(&place), place);
            }
        }
        assert!(ContactPlace::default().pairs().is_empty());
    }

    #[test]
    fn a_column_chosen_twice_turns_around() {
        let mut place = ContactPlace::default();
        place.sort_by(ContactSort::Updated);
        assert_eq!((place.sort, place.direction), (ContactSort::Updated, Direction::Down));
        place.sort_by(ContactSort::Updated);
        assert_eq!(place.direction, Direction::Up);
        place.sort_by(ContactSort::Name);
        assert_eq!((place.sort, place.direction), (ContactSort::Name, Direction::Up));
    }
}
