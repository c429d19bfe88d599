//! What the list of contacts shows, as its address says it.

use model::{
    ConsentState, ContactFilter, ContactId, ContactKind, ContactSort, Direction, FieldCondition, Nature, ObtainedWay,
    RecipientListId, SegmentId, TagId, UserId, ViewId,
};

use super::field_test;

/// The filters, the order and the view of the list, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactPlace {
    /// `q`, `kind`, `nature`, `tag`, `owner`, `way`, `bulk`, `list`, `segment`, `parent`, `email`, `phone`,
    /// `stop-email`, `stop-phone`, `consent-email`, `consent-sms`, `fields`.
    pub filter: ContactFilter,
    /// `sort`: by what.
    pub sort: ContactSort,
    /// `sort` with a minus before it: which way.
    pub direction: Direction,
    /// `view`: the saved view that is open, which says the columns.
    pub view: Option<ViewId>,
}

impl ContactPlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let sort = get("sort").unwrap_or_default();
        let direction = if sort.starts_with('-') { Direction::Down } else { Direction::Up };
        let sort = sort.trim_start_matches('-');
        let number = |name: &str| get(name).and_then(|it| it.parse::<i64>().ok());
        let yes = |name: &str| get(name).and_then(|it| YES_NO.iter().find(|known| known.1 == it).map(|it| it.0));
        let natures = [Nature::Person, Nature::Company];
        Self {
            filter: ContactFilter {
                words: get("q").unwrap_or_default(),
                kind: get("kind").and_then(|code| ContactKind::ALL.into_iter().find(|it| kind_code(*it) == code)),
                nature: get("nature").and_then(|code| natures.into_iter().find(|it| nature_code(*it) == code)),
                tag: number("tag").map(TagId),
                owner: number("owner").map(UserId),
                obtained: get("way").and_then(|code| WAYS.iter().find(|it| it.1 == code).map(|it| it.0)),
                no_bulk: yes("bulk").map(|gets| !gets),
                list: number("list").map(RecipientListId),
                segment: number("segment").map(SegmentId),
                parent: number("parent").map(ContactId),
                has_email: yes("email"),
                has_phone: yes("phone"),
                suppressed_email: yes("stop-email"),
                suppressed_phone: yes("stop-phone"),
                consent_email: get("consent-email").and_then(|it| consent_of(&it)),
                consent_sms: get("consent-sms").and_then(|it| consent_of(&it)),
                fields: get("fields").map(|it| field_test::read_all(&it)).unwrap_or_default(),
                ..ContactFilter::default()
            },
            sort: ContactSort::ALL.into_iter().find(|it| sort_code(*it) == sort).unwrap_or_default(),
            direction,
            view: number("view").map(ViewId),
        }
    }

    /// Writes what is not the default, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let it = &self.filter;
        let yes = |value: Option<bool>| value.map(|value| YES_NO[usize::from(!value)].1.to_owned());
        let found: [(&'static str, Option<String>); 18] = [
            ("q", Some(it.words.trim().to_owned()).filter(|it| !it.is_empty())),
            ("kind", it.kind.map(|it| kind_code(it).to_owned())),
            ("nature", it.nature.map(|it| nature_code(it).to_owned())),
            ("tag", it.tag.map(|it| it.to_string())),
            ("owner", it.owner.map(|it| it.to_string())),
            ("way", it.obtained.map(|it| way_code(it).to_owned())),
            ("bulk", yes(it.no_bulk.map(|none| !none))),
            ("list", it.list.map(|it| it.to_string())),
            ("segment", it.segment.map(|it| it.to_string())),
            ("parent", it.parent.map(|it| it.to_string())),
            ("email", yes(it.has_email)),
            ("phone", yes(it.has_phone)),
            ("stop-email", yes(it.suppressed_email)),
            ("stop-phone", yes(it.suppressed_phone)),
            ("consent-email", it.consent_email.map(|it| consent_code(it).to_owned())),
            ("consent-sms", it.consent_sms.map(|it| consent_code(it).to_owned())),
            ("fields", Some(field_test::write_all(&it.fields)).filter(|it| !it.is_empty())),
            ("view", self.view.map(|it| it.to_string())),
        ];
        let mut pairs: Vec<_> = found.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let sort = sort_code(self.sort);
        match (self.sort, self.direction) {
            (ContactSort::Name, Direction::Up) => {}
            (_, Direction::Up) => pairs.push(("sort", sort.to_owned())),
            (_, Direction::Down) => pairs.push(("sort", format!("-{sort}"))),
        }
        pairs
    }

    /// What the server is asked.
    pub fn filter(&self) -> ContactFilter {
        ContactFilter { words: self.filter.words.trim().to_owned(), ..self.filter.clone() }
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

    /// The same place without any filter.
    pub fn unfiltered(&self) -> Self {
        Self { filter: ContactFilter::default(), ..self.clone() }
    }

    /// The condition on an own field, if there is one.
    pub fn condition(&self, field: model::FieldId) -> Option<&FieldCondition> {
        self.filter.fields.iter().find(|it| it.field == field)
    }

    /// Sets the condition on an own field, or takes it away.
    pub fn set_condition(&mut self, field: model::FieldId, condition: Option<FieldCondition>) {
        self.filter.fields.retain(|it| it.field != field);
        self.filter.fields.extend(condition);
    }
}

/// Yes and no in addresses.
pub const YES_NO: [(bool, &str); 2] = [(true, "yes"), (false, "no")];

/// The stable names of the ways in which contacts came to us.
pub const WAYS: [(ObtainedWay, &str); 8] = [
    (ObtainedWay::Purchase, "purchase"),
    (ObtainedWay::Registration, "registration"),
    (ObtainedWay::Inquiry, "inquiry"),
    (ObtainedWay::Event, "event"),
    (ObtainedWay::Referral, "referral"),
    (ObtainedWay::PublicRegister, "public-register"),
    (ObtainedWay::Import, "import"),
    (ObtainedWay::Other, "other"),
];

/// The stable name of a way in addresses.
pub fn way_code(way: ObtainedWay) -> &'static str {
    WAYS.iter().find(|it| it.0 == way).map_or("other", |it| it.1)
}

/// The stable name of a state of consent in addresses.
pub fn consent_code(state: ConsentState) -> &'static str {
    match state {
        ConsentState::Given => "given",
        ConsentState::Confirmed => "confirmed",
        ConsentState::Asked => "asked",
        ConsentState::Withdrawn => "withdrawn",
        ConsentState::Unknown => "unknown",
    }
}

/// The state of consent with this name.
pub fn consent_of(code: &str) -> Option<ConsentState> {
    ConsentState::ALL.into_iter().find(|it| consent_code(*it) == code)
}

/// The stable name of an order in addresses.
pub fn sort_code(sort: ContactSort) -> &'static str {
    match sort {
        ContactSort::Name => "name",
        ContactSort::Company => "company",
        ContactSort::City => "town",
        ContactSort::Updated => "updated",
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

#[cfg(test)]
mod tests {
    use model::{ChoiceId, Day, Decimal, FieldId, FieldTest, FieldValue};

    use super::*;

    fn read_back(place: &ContactPlace) -> ContactPlace {
        let pairs = place.pairs();
        ContactPlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
    }

    #[test]
    fn an_address_leads_to_the_same_list() {
        let fields = [
            FieldTest::Filled,
            FieldTest::Is(FieldValue::Text("a;b:c %3B ž".into())),
            FieldTest::AtLeast(FieldValue::Number(Decimal(12_500))),
            FieldTest::AtMost(FieldValue::Date(Day(20_000))),
            FieldTest::Is(FieldValue::Choice(ChoiceId(3))),
            FieldTest::Contains("50 %".into()),
            FieldTest::Empty,
        ];
        let fields = fields.into_iter().zip(1..).map(|(test, n)| FieldCondition { field: FieldId(n), test }).collect();
        let filter = ContactFilter {
            words: "nová".into(),
            kind: Some(ContactKind::Partner),
            nature: Some(Nature::Company),
            tag: Some(TagId(4)),
            owner: Some(UserId(5)),
            obtained: Some(ObtainedWay::PublicRegister),
            no_bulk: Some(true),
            list: Some(RecipientListId(6)),
            segment: Some(SegmentId(7)),
            parent: Some(ContactId(8)),
            has_email: Some(true),
            has_phone: Some(false),
            suppressed_email: Some(true),
            suppressed_phone: Some(false),
            consent_email: Some(ConsentState::Confirmed),
            consent_sms: Some(ConsentState::Asked),
            fields,
            ..ContactFilter::default()
        };
        let place = ContactPlace { filter, view: Some(ViewId(9)), ..ContactPlace::default() };
        assert_eq!(read_back(&place), place);
        assert!(ContactPlace::default().pairs().is_empty());
    }

    #[test]
    fn every_order_and_every_way_has_its_address() {
        for sort in ContactSort::ALL {
            for direction in [Direction::Up, Direction::Down] {
                let place = ContactPlace { sort, direction, ..ContactPlace::default() };
                assert_eq!(read_back(&place), place);
            }
        }
        for (way, _) in WAYS {
            let mut place = ContactPlace::default();
            place.filter.obtained = Some(way);
            assert_eq!(read_back(&place), place);
        }
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

    #[test]
    fn one_field_has_one_condition() {
        let mut place = ContactPlace::default();
        let condition = |test| Some(FieldCondition { field: FieldId(1), test });
        place.set_condition(FieldId(1), condition(FieldTest::Filled));
        place.set_condition(FieldId(1), condition(FieldTest::Empty));
        assert_eq!(place.condition(FieldId(1)).map(|it| &it.test), Some(&FieldTest::Empty));
        place.set_condition(FieldId(1), None);
        assert!(place.is_everything());
    }
}
