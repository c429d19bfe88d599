//! What the action log shows, as its address says it.

use model::{AuditQuery, CampaignDeed, Deed, DeedFamily, Moment, Subject, UserId};

use super::message_place::Period;
use super::place;

/// The filters of the log, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPlace {
    /// `who`: only what this user did.
    pub who: Option<UserId>,
    /// `about`: only what is about this thing, such as `account-3`.
    pub about: Option<Subject>,
    /// `kind`: only deeds of this family.
    pub family: Option<DeedFamily>,
    /// `people`: only what people did, without the background.
    pub people: bool,
    /// `period`: only what happened then.
    pub period: Option<Period>,
    /// `words`: only with these words.
    pub words: String,
}

impl LogPlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            who: get("who").and_then(|it| it.parse().ok()),
            about: get("about").and_then(|it| subject_of_code(&it)),
            family: get("kind").and_then(|it| DeedFamily::from_code(&it)),
            people: get("people").is_some(),
            period: get("period").and_then(|it| Period::from_code(&it)),
            words: get("words").unwrap_or_default(),
        }
    }

    /// Writes what is not the default, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.who.map(|it| ("who", it.to_string())));
        pairs.extend(self.about.map(|it| ("about", subject_code(it))));
        pairs.extend(self.family.map(|it| ("kind", it.code().to_owned())));
        pairs.extend(self.people.then(|| ("people", "1".to_owned())));
        pairs.extend(self.period.map(|it| ("period", it.code())));
        if !self.words.is_empty() {
            pairs.push(("words", self.words.clone()));
        }
        pairs
    }

    /// The address of the log with these filters.
    pub fn path(&self) -> String {
        place::address("/log", &self.pairs())
    }

    /// What the server is asked, as seen from now.
    pub fn query(&self, now: Moment) -> AuditQuery {
        let (since, until) = self.period.map_or((None, None), |it| it.bounds(now));
        let words = self.words.clone();
        let (family, people) = (self.family, self.people);
        AuditQuery { actor: self.who, subject: self.about, since, until, family, people, words, after: None }
    }

    /// Whether the log shows everything.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// The address of the log about one thing.
pub fn about(subject: Subject) -> String {
    LogPlace { about: Some(subject), ..LogPlace::default() }.path()
}

/// The address of the page of a thing.
pub fn page_of(subject: Subject) -> String {
    match subject {
        Subject::User(id) => format!("/settings/users/{id}"),
        Subject::Role(id) => format!("/settings/roles/{id}"),
        Subject::Contact(id) => format!("/contacts/{id}"),
        Subject::RecipientList(id) => format!("/lists/{id}"),
        Subject::Segment(id) => format!("/segments/{id}"),
        Subject::Template(id) => format!("/templates/{id}"),
        Subject::Account(id) => format!("/settings/accounts/{id}"),
        Subject::Campaign(id) => format!("/campaigns/{id}"),
        Subject::Message(id) => format!("/messages/{id}"),
    }
}

/// Whether what a deed left behind has no page any more.
pub fn is_gone(deed: &Deed) -> bool {
    matches!(
        deed,
        Deed::RoleDeleted(_)
            | Deed::AccountDeleted(_)
            | Deed::ContactDeleted(_)
            | Deed::PersonErased(..)
            | Deed::ListDeleted(_)
            | Deed::SegmentDeleted(_)
            | Deed::TemplateDeleted(_)
            | Deed::DraftDeleted(_)
            | Deed::Campaign(_, CampaignDeed::Deleted)
    )
}

/// The stable name of a thing in addresses.
fn subject_code(subject: Subject) -> String {
    match subject {
        Subject::User(id) => format!("user-{id}"),
        Subject::Role(id) => format!("role-{id}"),
        Subject::Contact(id) => format!("contact-{id}"),
        Subject::RecipientList(id) => format!("list-{id}"),
        Subject::Segment(id) => format!("segment-{id}"),
        Subject::Template(id) => format!("template-{id}"),
        Subject::Account(id) => format!("account-{id}"),
        Subject::Campaign(id) => format!("campaign-{id}"),
        Subject::Message(id) => format!("message-{id}"),
    }
}

fn subject_of_code(code: &str) -> Option<Subject> {
    let (kind, id) = code.split_once('-')?;
    Some(match kind {
        "user" => Subject::User(id.parse().ok()?),
        "role" => Subject::Role(id.parse().ok()?),
        "contact" => Subject::Contact(id.parse().ok()?),
        "list" => Subject::RecipientList(id.parse().ok()?),
        "segment" => Subject::Segment(id.parse().ok()?),
        "template" => Subject::Template(id.parse().ok()?),
        "account" => Subject::Account(id.parse().ok()?),
        "campaign" => Subject::Campaign(id.parse().ok()?),
        "message" => Subject::Message(id.parse().ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use model::time::{days, hours};
    use model::{AccountId, ContactId, MessageId, RoleId};

    use super::*;

    fn read_back(place: &LogPlace) -> LogPlace {
        let pairs = place.pairs();
        LogPlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
    }

    #[test]
    fn an_address_leads_to_the_same_entries() {
        let things = [
            Subject::User(UserId(1)),
            Subject::Role(RoleId(2)),
            Subject::Contact(ContactId(3)),
            Subject::Account(AccountId(4)),
            Subject::Message(MessageId(5)),
        ];
        for about in things {
            let place = LogPlace {
                who: Some(UserId(7)),
                about: Some(about),
                family: Some(DeedFamily::Security),
                people: true,
                period: Some(Period::Week),
                words: "zmena účtu".into(),
            };
            assert_eq!(read_back(&place), place);
        }
        assert!(LogPlace::default().pairs().is_empty());
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let read = |about: &str| LogPlace::read(|name| (name == "about").then(|| about.to_owned()));
        for code in ["account", "account-x", "cat-3", ""] {
            assert!(read(code).is_everything(), "{code}");
        }
    }

    #[test]
    fn a_week_begins_six_days_before_today() {
        let place = LogPlace { period: Some(Period::Week), ..LogPlace::default() };
        let query = place.query(Moment(days(20_000) + hours(15)));
        assert_eq!((query.since, query.until), (Some(Moment(days(19_994))), None));
    }

    #[test]
    fn a_thing_has_its_log_at_a_fixed_address() {
        assert_eq!(about(Subject::Account(AccountId(4))), "/log?about=account-4");
        assert_eq!(LogPlace::default().path(), "/log");
    }
}
