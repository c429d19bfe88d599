//! Looking up what a rule or a filter takes from elsewhere, before it is asked of the contacts.

use model::segment::ResolvedRule;
use model::{Condition, ContactFilter, Language, Moment, SegmentRule, TextTest, fold::fold};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::compile::{self, Form};
use crate::error::Error;

/// How many pieces of the contacts are looked at to tell how many a rule takes in.
const PIECES: i64 = 8;
/// How many contacts each of these pieces has.
const PIECE: i64 = 250;
/// One in so many makes a set dense: a page of it is found among the first few thousand contacts.
const DENSE: i64 = 50;

/// Looks up what the rule takes from elsewhere, as seen from now.
///
/// # Errors
/// Fails when the database fails.
pub async fn rule(connection: &mut SqliteConnection, rule: &SegmentRule, now: Moment) -> Result<ResolvedRule, Error> {
    let language = crate::company::get(connection).await?.map_or(Language::default(), |it| it.language);
    let towns = towns(connection, rule).await?;
    let mut resolved = ResolvedRule { rule: rule.clone(), now, language, towns, is_dense: true };
    resolved.is_dense = is_dense(connection, &resolved).await?;
    Ok(resolved)
}

/// Looks up the rule of the segment that the filter asks about, as seen from now.
///
/// # Errors
/// Refuses when there is no such segment; fails when the database fails.
pub async fn filter(connection: &mut SqliteConnection, filter: &mut ContactFilter, now: Moment) -> Result<(), Error> {
    filter.resolved = match filter.segment {
        Some(id) => {
            let segment = super::by_id(connection, id).await?;
            Some(Box::new(rule(connection, &segment.fields.rule, now).await?))
        }
        None => None,
    };
    Ok(())
}

/// The spellings that each test of towns lets through. There are far fewer towns than contacts, and the index leaps from one to the next.
async fn towns(connection: &mut SqliteConnection, rule: &SegmentRule) -> Result<Vec<(TextTest, Vec<String>)>, Error> {
    let mut tests: Vec<&TextTest> = Vec::new();
    rule.each_condition(&mut |it| {
        if let Condition::Town(test) = it
            && !tests.contains(&test)
        {
            tests.push(test);
        }
    });
    if tests.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<String> = sqlx::query_scalar(
        "WITH RECURSIVE towns (city) AS (
             SELECT min(city) FROM contacts
             UNION ALL
             SELECT (SELECT min(city) FROM contacts WHERE city > towns.city) FROM towns WHERE towns.city IS NOT NULL
         )
         SELECT city FROM towns WHERE city IS NOT NULL",
    )
    .fetch_all(connection)
    .await?;
    let passing = |test: &TextTest| all.iter().filter(|it| test.passes(it, fold)).cloned().collect();
    Ok(tests.into_iter().map(|it| (it.clone(), passing(it))).collect())
}

/// Whether a sample says that the rule takes in at least one contact in [`DENSE`].
async fn is_dense(connection: &mut SqliteConnection, rule: &ResolvedRule) -> Result<bool, Error> {
    let last = last_id(connection).await?;
    let step = last / PIECES;
    if step <= PIECE {
        return Ok(true);
    }
    let mut hits = 0;
    for piece in 0..PIECES {
        let begin = piece * step;
        // A piece is a range of rows; by the index of a kind it would walk over all who are of that kind.
        let mut sql = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM contacts c NOT INDEXED WHERE c.id > ");
        sql.push_bind(begin).push(" AND c.id <= ").push_bind(begin + PIECE).push(" AND ");
        compile::push(&mut sql, rule, Form::Walk);
        hits += sql.build_query_scalar::<i64>().fetch_one(&mut *connection).await?;
    }
    Ok(PIECES * PIECE <= hits * DENSE)
}

async fn last_id(connection: &mut SqliteConnection) -> Result<i64, Error> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(id) FROM contacts").fetch_one(connection).await?;
    Ok(last.unwrap_or(0))
}
