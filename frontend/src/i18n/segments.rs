//! A rule as a sentence.

use model::segment::TextTest;
use model::{
    Channel, Condition, ConsentState, Day, DayTest, FieldDefinition, FieldTest, FieldValue, RecipientListId, SegmentRule, TagId,
    UserId,
};

use super::{Locale, contacts, language, td_string, words};
use crate::browser::intl::{self, DateStyle};

/// The names of what conditions call by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Tags.
    pub tags: Vec<(TagId, String)>,
    /// Users who look after contacts.
    pub owners: Vec<(UserId, String)>,
    /// Recipient lists.
    pub lists: Vec<(RecipientListId, String)>,
    /// Own fields.
    pub fields: Vec<FieldDefinition>,
}

/// The whole rule: *Contacts that are a client, and are in the town Brno or Praha.*
pub fn sentence(locale: Locale, rule: &SegmentRule, names: &Names) -> String {
    match rule {
        SegmentRule::All(rules) if rules.is_empty() => td_string!(locale, segments.everybody).to_owned(),
        rule => td_string!(locale, segments.sentence, rule = phrase(locale, rule, names, true)),
    }
}

/// A rule inside a sentence; the groups inside it stand in brackets.
fn phrase(locale: Locale, rule: &SegmentRule, names: &Names, outermost: bool) -> String {
    let joined = |rules: &[SegmentRule], by: &str| {
        let phrases: Vec<String> = rules.iter().map(|it| phrase(locale, it, names, false)).collect();
        let all = phrases.join(by);
        if outermost || rules.len() < 2 { all } else { format!("({all})") }
    };
    match rule {
        SegmentRule::All(rules) => joined(rules, td_string!(locale, segments.and)),
        SegmentRule::Any(rules) => joined(rules, td_string!(locale, segments.or)),
        SegmentRule::Not(rule) => {
            td_string!(locale, segments.not_phrase, rule = phrase(locale, rule, names, false))
        }
        SegmentRule::Is(condition) => self::condition(locale, condition, names),
    }
}

/// One condition.
pub fn condition(locale: Locale, condition: &Condition, names: &Names) -> String {
    let or = |parts: Vec<String>| if parts.is_empty() { "…".to_owned() } else { parts.join(td_string!(locale, segments.or)) };
    match condition {
        Condition::Kind(kinds) => {
            let kinds = or(kinds.iter().map(|it| contacts::kind(locale, *it).to_lowercase()).collect());
            td_string!(locale, segments.says_kind, value = kinds)
        }
        Condition::Nature(nature) => {
            td_string!(locale, segments.says_nature, value = contacts::nature(locale, *nature).to_lowercase())
        }
        Condition::Tag(tags) => td_string!(locale, segments.says_tag, value = or(named(tags, &names.tags))),
        Condition::Owner(owners) => td_string!(locale, segments.says_owner, value = or(named(owners, &names.owners))),
        Condition::NoOwner => td_string!(locale, segments.says_no_owner).to_owned(),
        Condition::Language(languages) => {
            td_string!(
                locale,
                segments.says_language,
                value = or(languages.iter().map(|it| words::language(*it).into()).collect())
            )
        }
        Condition::Town(test) => td_string!(locale, segments.says_town, test = text(locale, test)),
        Condition::Postcode(test) => td_string!(locale, segments.says_postcode, test = text(locale, test)),
        Condition::List(lists) => td_string!(locale, segments.says_list, value = or(named(lists, &names.lists))),
        Condition::Field(it) => {
            let field = names.fields.iter().find(|field| field.id == it.field);
            let name = field.map_or_else(|| "…".to_owned(), |it| it.name.clone());
            td_string!(locale, segments.says_field, name = name, test = own(locale, &it.test, field))
        }
        Condition::Obtained(ways) => {
            let ways = or(ways.iter().map(|it| contacts::way(locale, *it).to_lowercase()).collect());
            td_string!(locale, segments.says_obtained, value = ways)
        }
        Condition::ObtainedOn(test) => td_string!(locale, segments.says_obtained_on, test = day(locale, *test)),
        Condition::Created(test) => td_string!(locale, segments.says_created, test = day(locale, *test)),
        Condition::Changed(test) => td_string!(locale, segments.says_changed, test = day(locale, *test)),
        Condition::Reachable(Channel::Email) => td_string!(locale, segments.says_has_email).to_owned(),
        Condition::Reachable(Channel::Sms) => td_string!(locale, segments.says_has_phone).to_owned(),
        Condition::Consent { channel, state } => {
            td_string!(locale, segments.says_consent, channel = channel_word(locale, *channel), state = consent(locale, *state))
        }
        Condition::NoBulk => td_string!(locale, segments.says_no_bulk).to_owned(),
        Condition::Suppressed(channel) => {
            td_string!(locale, segments.says_suppressed, channel = channel_word(locale, *channel))
        }
        Condition::Messaged(test) => td_string!(locale, segments.says_messaged, test = day(locale, *test)),
        Condition::NeverMessaged => td_string!(locale, segments.says_never_messaged).to_owned(),
    }
}

/// A channel.
pub fn channel_word(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Email => td_string!(locale, segments.channel_email),
        Channel::Sms => td_string!(locale, segments.channel_sms),
    }
}

/// What is known about a consent.
pub fn consent(locale: Locale, state: ConsentState) -> &'static str {
    match state {
        ConsentState::Given => td_string!(locale, segments.consent_given),
        ConsentState::Asked => td_string!(locale, segments.consent_asked),
        ConsentState::Confirmed => td_string!(locale, segments.consent_confirmed),
        ConsentState::Withdrawn => td_string!(locale, segments.consent_withdrawn),
        ConsentState::Unknown => td_string!(locale, segments.consent_unknown),
    }
}

fn named<T: PartialEq + std::fmt::Display>(ids: &[T], names: &[(T, String)]) -> Vec<String> {
    let name = |id: &T| names.iter().find(|it| it.0 == *id).map_or_else(|| format!("№ {id}"), |it| it.1.clone());
    ids.iter().map(name).collect()
}

fn text(locale: Locale, test: &TextTest) -> String {
    let quoted = |it: &String| if it.trim().is_empty() { "…".to_owned() } else { it.trim().to_owned() };
    match test {
        TextTest::Is(it) => td_string!(locale, segments.test_is, value = quoted(it)),
        TextTest::Begins(it) => td_string!(locale, segments.test_begins, value = quoted(it)),
        TextTest::Contains(it) => td_string!(locale, segments.test_contains, value = quoted(it)),
        TextTest::Empty => td_string!(locale, segments.test_empty).to_owned(),
    }
}

fn day(locale: Locale, test: DayTest) -> String {
    let shown = |it: Day| intl::date(language(locale), DateStyle::Date, model::Moment(it.0 * model::time::days(1)));
    match test {
        DayTest::LastDays(days) => td_string!(locale, segments.test_last_days, count = days, n = days),
        DayTest::LongerAgo(days) => td_string!(locale, segments.test_longer_ago, count = days, n = days),
        DayTest::From(it) => td_string!(locale, segments.test_from, day = shown(it)),
        DayTest::Until(it) => td_string!(locale, segments.test_until, day = shown(it)),
    }
}

fn own(locale: Locale, test: &FieldTest, field: Option<&FieldDefinition>) -> String {
    let value = |it: &FieldValue| match it {
        FieldValue::Text(it) if it.trim().is_empty() => "…".to_owned(),
        FieldValue::Text(it) => it.trim().to_owned(),
        FieldValue::Number(it) => it.to_string(),
        FieldValue::Date(it) => intl::date(language(locale), DateStyle::Date, model::Moment(it.0 * model::time::days(1))),
        FieldValue::Choice(id) => {
            field.and_then(|it| it.choices.iter().find(|it| it.id == *id)).map_or_else(|| "…".to_owned(), |it| it.name.clone())
        }
    };
    match test {
        FieldTest::Filled => td_string!(locale, segments.test_filled).to_owned(),
        FieldTest::Empty => td_string!(locale, segments.test_empty).to_owned(),
        FieldTest::Is(it) => td_string!(locale, segments.test_is, value = value(it)),
        FieldTest::Contains(it) => td_string!(locale, segments.test_contains, value = it.trim().to_owned()),
        FieldTest::AtLeast(it) => td_string!(locale, segments.test_at_least, value = value(it)),
        FieldTest::AtMost(it) => td_string!(locale, segments.test_at_most, value = value(it)),
    }
}

#[cfg(test)]
mod tests {
    use model::{ContactKind, Nature};

    use super::*;

    #[test]
    fn a_rule_reads_as_a_sentence_in_each_language() {
        let town = |it: &str| SegmentRule::Is(Condition::Town(TextTest::Is(it.into())));
        let rule = SegmentRule::All(vec![
            SegmentRule::Is(Condition::Kind(vec![ContactKind::Client])),
            SegmentRule::Any(vec![town("Brno"), town("Praha")]),
            SegmentRule::Not(Box::new(SegmentRule::Is(Condition::Messaged(DayTest::LastDays(30))))),
        ]);
        let names = Names::default();
        assert_eq!(
            sentence(Locale::sk, &rule, &names),
            "Kontakty, pre ktoré platí: druh je klient a zároveň (mesto je Brno alebo mesto je Praha) a zároveň neplatí, že posledná správa odišla za posledných 30 dní."
        );
        assert!(sentence(Locale::cs, &rule, &names).contains("za posledních 30 dní"));
        assert!(sentence(Locale::en, &rule, &names).contains("in the last 30 days"));
        assert_eq!(sentence(Locale::en, &SegmentRule::default(), &names), "All contacts.");
    }

    #[test]
    fn what_has_no_name_any_more_is_numbered() {
        let condition = Condition::List(vec![RecipientListId(7)]);
        assert_eq!(super::condition(Locale::en, &condition, &Names::default()), "is in the list № 7");
        let nature = Condition::Nature(Nature::Person);
        assert_eq!(super::condition(Locale::cs, &nature, &Names::default()), "je to osoba");
    }
}
