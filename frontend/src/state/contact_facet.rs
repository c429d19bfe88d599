//! What the list of contacts can be narrowed by, one at a time.

use model::{
    ContactId, ContactKind, FieldCondition, FieldDefinition, FieldId, Nature, RecipientListId, SegmentId, TagId, UserId,
};

use super::contact_place::{ContactPlace, WAYS, YES_NO, consent_code, consent_of, kind_code, nature_code, way_code};

/// One thing to narrow by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// What a contact is to us.
    Kind,
    /// Person or company.
    Nature,
    /// A tag.
    Tag,
    /// Who looks after it.
    Owner,
    /// How it came to us.
    Way,
    /// A recipient list it is in.
    List,
    /// A segment that takes it in.
    Segment,
    /// Whether it has an e-mail address.
    Email,
    /// Whether it has a phone number.
    Phone,
    /// Whether it gets bulk messages.
    Bulk,
    /// Whether its e-mail address must not be written to.
    StopEmail,
    /// Whether its phone number must not be written to.
    StopPhone,
    /// Its consent to e-mail.
    ConsentEmail,
    /// Its consent to text messages.
    ConsentSms,
    /// The company it belongs to.
    Parent,
    /// An own field.
    Field(FieldId),
}

impl Facet {
    /// Those that are always in sight.
    pub const FIRST: [Self; 4] = [Self::Kind, Self::Nature, Self::Tag, Self::Owner];
    /// Those that are offered when wanted.
    pub const FURTHER: [Self; 10] = [
        Self::Way,
        Self::List,
        Self::Segment,
        Self::Email,
        Self::Phone,
        Self::StopEmail,
        Self::StopPhone,
        Self::ConsentEmail,
        Self::ConsentSms,
        Self::Bulk,
    ];

    /// All that can be offered when wanted.
    pub fn further(fields: &[FieldDefinition]) -> Vec<Self> {
        Self::FURTHER.into_iter().chain(fields.iter().map(|it| Self::Field(it.id))).collect()
    }

    /// The value that a place is narrowed to, as a menu knows it.
    pub fn value(self, place: &ContactPlace) -> Option<String> {
        let it = &place.filter;
        let yes = |value: Option<bool>| value.map(|value| YES_NO[usize::from(!value)].1.to_owned());
        match self {
            Self::Kind => it.kind.map(|it| kind_code(it).to_owned()),
            Self::Nature => it.nature.map(|it| nature_code(it).to_owned()),
            Self::Tag => it.tag.map(|it| it.to_string()),
            Self::Owner => it.owner.map(|it| it.to_string()),
            Self::Way => it.obtained.map(|it| way_code(it).to_owned()),
            Self::List => it.list.map(|it| it.to_string()),
            Self::Segment => it.segment.map(|it| it.to_string()),
            Self::Email => yes(it.has_email),
            Self::Phone => yes(it.has_phone),
            Self::Bulk => yes(it.no_bulk.map(|none| !none)),
            Self::StopEmail => yes(it.suppressed_email),
            Self::StopPhone => yes(it.suppressed_phone),
            Self::ConsentEmail => it.consent_email.map(|it| consent_code(it).to_owned()),
            Self::ConsentSms => it.consent_sms.map(|it| consent_code(it).to_owned()),
            Self::Parent => it.parent.map(|it| it.to_string()),
            Self::Field(id) => place.condition(id).map(|it| it.field.to_string()),
        }
    }

    /// Narrows a place to a value of a menu, or takes the filter away; a condition on an own field can only be taken away here.
    pub fn set(self, place: &mut ContactPlace, value: Option<&str>) {
        let it = &mut place.filter;
        let number = value.and_then(|it| it.parse::<i64>().ok());
        let yes = value.and_then(|value| YES_NO.iter().find(|it| it.1 == value).map(|it| it.0));
        match self {
            Self::Kind => it.kind = ContactKind::ALL.into_iter().find(|it| Some(kind_code(*it)) == value),
            Self::Nature => {
                it.nature = [Nature::Person, Nature::Company].into_iter().find(|it| Some(nature_code(*it)) == value);
            }
            Self::Tag => it.tag = number.map(TagId),
            Self::Owner => it.owner = number.map(UserId),
            Self::Way => it.obtained = WAYS.iter().find(|it| Some(it.1) == value).map(|it| it.0),
            Self::List => it.list = number.map(RecipientListId),
            Self::Segment => it.segment = number.map(SegmentId),
            Self::Email => it.has_email = yes,
            Self::Phone => it.has_phone = yes,
            Self::Bulk => it.no_bulk = yes.map(|gets| !gets),
            Self::StopEmail => it.suppressed_email = yes,
            Self::StopPhone => it.suppressed_phone = yes,
            Self::ConsentEmail => it.consent_email = value.and_then(consent_of),
            Self::ConsentSms => it.consent_sms = value.and_then(consent_of),
            Self::Parent => it.parent = number.map(ContactId),
            Self::Field(id) => {
                if value.is_none() {
                    place.set_condition(id, None);
                }
            }
        }
    }

    /// Narrows a place by a condition on an own field.
    pub fn set_condition(place: &mut ContactPlace, condition: FieldCondition) {
        place.set_condition(condition.field, Some(condition));
    }
}

#[cfg(test)]
mod tests {
    use model::FieldTest;

    use super::*;

    #[test]
    fn what_a_menu_sets_it_shows_and_takes_away() {
        let values = [
            (Facet::Kind, "partner"),
            (Facet::Nature, "company"),
            (Facet::Tag, "3"),
            (Facet::Owner, "4"),
            (Facet::Way, "event"),
            (Facet::List, "5"),
            (Facet::Segment, "6"),
            (Facet::Email, "no"),
            (Facet::Phone, "yes"),
            (Facet::Bulk, "no"),
            (Facet::StopEmail, "yes"),
            (Facet::StopPhone, "no"),
            (Facet::ConsentEmail, "asked"),
            (Facet::ConsentSms, "confirmed"),
            (Facet::Parent, "7"),
        ];
        let mut place = ContactPlace::default();
        for (facet, value) in values {
            facet.set(&mut place, Some(value));
            assert_eq!(facet.value(&place).as_deref(), Some(value), "{facet:?}");
        }
        assert_eq!(place.filter.no_bulk, Some(true));
        Facet::set_condition(&mut place, FieldCondition { field: FieldId(8), test: FieldTest::Filled });
        assert_eq!(Facet::Field(FieldId(8)).value(&place).as_deref(), Some("8"));
        for (facet, _) in values {
            facet.set(&mut place, None);
        }
        Facet::Field(FieldId(8)).set(&mut place, None);
        assert!(place.is_everything());
    }
}
