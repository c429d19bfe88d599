//! What of a filter is met by few contacts: those few are fetched by their index instead of looking through the list.

use model::{Channel, ConsentState, ContactFilter, ContactKind, FieldCondition, FieldTest, Nature, ObtainedWay};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{filter, words};
use crate::codes::Code;
use crate::error::Error;

/// Few enough to be fetched one by one and sorted within a few milliseconds.
const FEW: i64 = 5_000;

/// A part of a filter that an index answers.
pub(crate) enum Part<'a> {
    Tag(i64),
    List(i64),
    Parent(i64),
    Owner(i64),
    Field(&'a FieldCondition),
    Traits(Traits),
    /// Those with a consent that is so; what nothing is known about is met by nearly all.
    Consent(Channel, ConsentState),
    /// Those who have an address that is closed by itself or by a contact; more than the filter lets through.
    Suppressed(Channel),
    /// Those in whom a word begins so.
    Word(String),
}

impl<'a> Part<'a> {
    /// The parts of a filter, in the order in which they cost least to count.
    pub fn all(of: &'a ContactFilter) -> Vec<Self> {
        let mut parts = Vec::new();
        parts.extend(of.parent.map(|it| Self::Parent(it.0)));
        parts.extend(of.tag.map(|it| Self::Tag(it.0)));
        parts.extend(of.list.map(|it| Self::List(it.0)));
        parts.extend(of.owner.map(|it| Self::Owner(it.0)));
        parts.extend(of.fields.iter().filter(|it| it.test != FieldTest::Empty).map(Self::Field));
        parts.extend(Traits::of(of).map(Self::Traits));
        for (channel, state) in [(Channel::Email, of.consent_email), (Channel::Sms, of.consent_sms)] {
            parts.extend(state.filter(|it| *it != ConsentState::Unknown).map(|it| Self::Consent(channel, it)));
        }
        for (channel, suppressed) in [(Channel::Email, of.suppressed_email), (Channel::Sms, of.suppressed_phone)] {
            parts.extend(suppressed.filter(|it| *it).map(|_| Self::Suppressed(channel)));
        }
        // The longest word is met by the fewest, as a rule; a question with a common one gathers all that meet it first.
        let mut terms = words::terms(&of.words);
        terms.sort_by_key(|it| std::cmp::Reverse(it.len()));
        parts.extend(terms.into_iter().map(Self::Word));
        parts
    }

    /// Adds the statement that finds the ids, as `id`.
    pub fn push(&self, query: &mut QueryBuilder<Sqlite>) {
        match self {
            Self::Tag(id) => query.push("SELECT contact_id AS id FROM contact_tags WHERE tag_id = ").push_bind(*id),
            Self::List(id) => query.push("SELECT contact_id AS id FROM list_members WHERE list_id = ").push_bind(*id),
            Self::Parent(id) => query.push("SELECT id FROM contacts WHERE parent_id = ").push_bind(*id),
            Self::Owner(id) => query.push("SELECT id FROM contacts WHERE owner_id = ").push_bind(*id),
            Self::Field(it) => {
                query.push("SELECT contact_id AS id FROM field_values WHERE field_id = ").push_bind(it.field.0);
                filter::push_test(query, &it.test);
                query
            }
            Self::Traits(it) => it.push(query),
            Self::Consent(channel, state) => {
                let (begin, column) = match channel {
                    Channel::Email => (
                        "SELECT id FROM contacts INDEXED BY contacts_by_consent_email WHERE consent_email <> 'unknown' AND ",
                        "consent_email",
                    ),
                    Channel::Sms => (
                        "SELECT id FROM contacts INDEXED BY contacts_by_consent_sms WHERE consent_sms <> 'unknown' AND ",
                        "consent_sms",
                    ),
                };
                query.push(begin);
                filter::narrow_by_consent(query, column, *state);
                query
            }
            Self::Suppressed(channel) => {
                query.push(
                    "SELECT a.contact_id AS id FROM suppressions s CROSS JOIN addresses a ON a.normalized = s.value AND a.channel = ",
                );
                query.push_bind(channel.code());
                query.push(
                    " WHERE s.scope = 'address' AND s.lifted_at IS NULL AND s.contact_id IS NULL
                     UNION
                     SELECT b.contact_id FROM suppressions s
                     CROSS JOIN addresses a ON a.contact_id = s.contact_id AND s.channels IN (a.channel, 'both')
                     CROSS JOIN addresses b ON b.channel = a.channel AND b.normalized = a.normalized
                     WHERE s.lifted_at IS NULL AND s.contact_id IS NOT NULL AND a.channel = ",
                );
                query.push_bind(channel.code())
            }
            Self::Word(term) => query
                .push("SELECT rowid AS id FROM contact_words WHERE contact_words MATCH ")
                .push_bind(words::question(term).unwrap_or_default()),
        };
    }

    /// How many contacts it lets through, counted up to so many.
    pub async fn count(&self, connection: &mut SqliteConnection, most: i64) -> Result<i64, Error> {
        let mut query = QueryBuilder::new("SELECT count(*) FROM (");
        self.push(&mut query);
        query.push(" LIMIT ").push_bind(most).push(")");
        Ok(query.build_query_scalar().fetch_one(connection).await?)
    }
}

/// What has few values: one index leads through them in this order, those that a filter lets through being tried each.
pub(crate) struct Traits {
    kind: Option<ContactKind>,
    nature: Option<Nature>,
    way: Option<ObtainedWay>,
    no_bulk: Option<bool>,
    has_email: Option<bool>,
    has_phone: Option<bool>,
}

impl Traits {
    fn of(filter: &ContactFilter) -> Option<Self> {
        let it = Self {
            kind: filter.kind,
            nature: filter.nature,
            way: filter.obtained,
            no_bulk: filter.no_bulk,
            has_email: filter.has_email,
            has_phone: filter.has_phone,
        };
        let asks = it.kind.is_some() || it.nature.is_some() || it.way.is_some();
        (asks || it.no_bulk.is_some() || it.has_email.is_some() || it.has_phone.is_some()).then_some(it)
    }

    fn push<'q>(&self, query: &'q mut QueryBuilder<Sqlite>) -> &'q mut QueryBuilder<Sqlite> {
        let kinds = self.kind.map_or(ContactKind::ALL.to_vec(), |it| vec![it]);
        let natures = self.nature.map_or(vec![Nature::Person, Nature::Company], |it| vec![it]);
        let ways = match self.way {
            Some(it) => vec![it.code()],
            None => ObtainedWay::ALL.iter().map(|it| it.code()).chain([""]).collect(),
        };
        query.push("SELECT c.id AS id FROM json_each(").push_bind(texts(kinds.iter().map(|it| it.code())));
        query.push(") k CROSS JOIN json_each(").push_bind(texts(natures.iter().map(|it| it.code())));
        query.push(") n CROSS JOIN json_each(").push_bind(texts(ways.into_iter()));
        query.push(") w CROSS JOIN json_each(").push_bind(either(self.no_bulk));
        query.push(") b CROSS JOIN json_each(").push_bind(either(self.has_email.map(|it| !it)));
        query.push(") e CROSS JOIN json_each(").push_bind(either(self.has_phone.map(|it| !it)));
        query.push(
            ") p CROSS JOIN contacts c INDEXED BY contacts_by_traits
               ON c.kind = k.value AND c.nature = n.value AND coalesce(c.obtained_way, '') = w.value AND c.no_bulk = b.value
                  AND (c.email = '') = e.value AND (c.phone = '') = p.value",
        )
    }
}

/// Codes as an array in JSON; none of them holds a sign that would need more than quotes.
fn texts<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = codes.map(|it| format!("\"{it}\"")).collect();
    format!("[{}]", quoted.join(","))
}

/// What a column that is 0 or 1 may be, as an array in JSON.
fn either(asked: Option<bool>) -> &'static str {
    match asked {
        None => "[0,1]",
        Some(false) => "[0]",
        Some(true) => "[1]",
    }
}

/// A part of the filter that few contacts meet, if there is one.
pub(crate) async fn rare<'a>(connection: &mut SqliteConnection, filter: &'a ContactFilter) -> Result<Option<Part<'a>>, Error> {
    for part in Part::all(filter) {
        // The index gathers all that a beginning of a word meets before it gives the first one.
        if let Part::Word(term) = &part
            && 0.1 < share(connection, term).await?
        {
            continue;
        }
        // Nothing leads from a domain to its addresses.
        if matches!(part, Part::Suppressed(Channel::Email)) && crate::suppressions::any_domain(connection).await? {
            continue;
        }
        if part.count(connection, FEW + 1).await? <= FEW {
            return Ok(Some(part));
        }
    }
    Ok(None)
}

/// About what share of contacts have a word that begins so, 0 … 1, by a few contacts looked at.
pub(super) async fn share(connection: &mut SqliteConnection, term: &str) -> Result<f64, Error> {
    let words = ContactFilter { words: term.to_owned(), ..ContactFilter::default() };
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT count(*) FROM (SELECT id FROM contacts ORDER BY id LIMIT 1000) s CROSS JOIN contacts c ON c.id = s.id WHERE 1 = 1",
    );
    filter::narrow(&mut sql, &words);
    let n: i64 = sql.build_query_scalar().fetch_one(connection).await?;
    Ok(n as f64 / 1000.0)
}
