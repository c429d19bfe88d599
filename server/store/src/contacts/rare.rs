//! What of a filter is met by few contacts: those few are fetched by their index instead of looking through the list.

use model::{ContactFilter, ContactKind, FieldCondition, FieldTest, Nature};
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
    Way(&'static str),
    NoBulk,
    Kind(Option<ContactKind>, Option<Nature>),
    Reach(Option<bool>, Option<bool>),
    Words(String),
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
        parts.extend(of.obtained.map(|it| Self::Way(it.code())));
        if of.no_bulk == Some(true) {
            parts.push(Self::NoBulk);
        }
        if of.kind.is_some() || of.nature.is_some() {
            parts.push(Self::Kind(of.kind, of.nature));
        }
        if of.has_email.is_some() || of.has_phone.is_some() {
            parts.push(Self::Reach(of.has_email, of.has_phone));
        }
        parts.extend(words::question(&of.words).map(Self::Words));
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
            Self::Way(way) => query.push("SELECT id FROM contacts WHERE obtained_way = ").push_bind(*way),
            Self::NoBulk => query.push("SELECT id FROM contacts INDEXED BY contacts_no_bulk WHERE no_bulk = 1"),
            Self::Kind(kind, nature) => {
                query.push("SELECT id FROM contacts INDEXED BY contacts_by_kind WHERE kind IN (");
                let mut kinds = query.separated(", ");
                for it in kind.map_or(ContactKind::ALL.to_vec(), |it| vec![it]) {
                    kinds.push_bind(it.code());
                }
                query.push(")");
                match nature {
                    Some(it) => query.push(" AND nature = ").push_bind(it.code()),
                    None => query,
                }
            }
            Self::Reach(email, phone) => {
                query.push("SELECT id FROM contacts INDEXED BY contacts_by_reach WHERE (email = '') IN (");
                query
                    .push(if email.is_none() {
                        "0, 1"
                    } else if *email == Some(true) {
                        "0"
                    } else {
                        "1"
                    })
                    .push(")");
                match phone {
                    Some(true) => query.push(" AND (phone = '') = 0"),
                    Some(false) => query.push(" AND (phone = '') = 1"),
                    None => query,
                }
            }
            Self::Words(words) => {
                query.push("SELECT rowid AS id FROM contact_words WHERE contact_words MATCH ").push_bind(words.clone())
            }
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

/// A part of the filter that few contacts meet, if there is one.
pub(crate) async fn rare<'a>(connection: &mut SqliteConnection, filter: &'a ContactFilter) -> Result<Option<Part<'a>>, Error> {
    for part in Part::all(filter) {
        // The index gathers all that a beginning of a word meets before it gives the first one.
        if matches!(part, Part::Words(_)) && 0.1 < share(connection, filter).await? {
            continue;
        }
        if part.count(connection, FEW + 1).await? <= FEW {
            return Ok(Some(part));
        }
    }
    Ok(None)
}

/// About what share of contacts the words of a filter meet, 0 … 1, by a few contacts looked at.
pub(super) async fn share(connection: &mut SqliteConnection, filter: &ContactFilter) -> Result<f64, Error> {
    let words = ContactFilter { words: filter.words.clone(), ..ContactFilter::default() };
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT count(*) FROM (SELECT id FROM contacts ORDER BY id LIMIT 1000) s CROSS JOIN contacts c ON c.id = s.id WHERE 1 = 1",
    );
    filter::narrow(&mut sql, &words);
    let n: i64 = sql.build_query_scalar().fetch_one(connection).await?;
    Ok(n as f64 / 1000.0)
}
