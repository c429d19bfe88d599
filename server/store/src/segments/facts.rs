//! Everything that rules can ask about one contact.

use model::{Channel, ContactFacts, ContactId, Day, Language, Moment, Noun, RecipientListId, TagId, UserId};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::{Error, found};
use crate::suppressions::cause;

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    nature: String,
    owner_id: Option<i64>,
    language: Option<String>,
    city: String,
    postcode: String,
    obtained_way: Option<String>,
    obtained_on: Option<i64>,
    created_at: i64,
    updated_at: i64,
    has_email: bool,
    has_phone: bool,
    consent_email: String,
    consent_sms: String,
    no_bulk: bool,
    email_suppressed: bool,
    phone_suppressed: bool,
    messaged_at: Option<i64>,
}

/// Gathers what is known about a contact.
///
/// # Errors
/// Refuses when there is none.
pub async fn of_contact(connection: &mut SqliteConnection, id: ContactId) -> Result<ContactFacts, Error> {
    let row: Option<Row> = sqlx::query_as(concat!(
        "SELECT c.kind, c.nature, c.owner_id, c.language, c.city, c.postcode, c.obtained_way, c.obtained_on, c.created_at,
                c.updated_at, c.email <> '' AS has_email, c.phone <> '' AS has_phone, c.consent_email, c.consent_sms, c.no_bulk,
                (SELECT max(m.sent_at) FROM recipients r JOIN messages m ON m.id = r.message_id WHERE r.contact_id = c.id)
                    AS messaged_at, ",
        cause!("c.email"),
        " IS NOT NULL AS email_suppressed, ",
        cause!("c.phone"),
        " IS NOT NULL AS phone_suppressed
         FROM contacts c WHERE c.id = $1"
    ))
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    let row = found(row, Noun::Contact)?;
    let company = crate::company::get(connection).await?.map_or(Language::default(), |it| it.language);
    let tags: Vec<i64> = sqlx::query_scalar("SELECT tag_id FROM contact_tags WHERE contact_id = $1")
        .bind(id.0)
        .fetch_all(&mut *connection)
        .await?;
    let lists: Vec<i64> = sqlx::query_scalar("SELECT list_id FROM list_members WHERE contact_id = $1")
        .bind(id.0)
        .fetch_all(&mut *connection)
        .await?;
    let values = crate::contacts::by_id(connection, id).await?.fields.values;
    let channels = |email: bool, sms: bool| {
        [(Channel::Email, email), (Channel::Sms, sms)].into_iter().filter(|it| it.1).map(|it| it.0).collect()
    };
    Ok(ContactFacts {
        kind: Code::from_code(&row.kind)?,
        nature: Code::from_code(&row.nature)?,
        tags: tags.into_iter().map(TagId).collect(),
        owner: row.owner_id.map(UserId),
        language: row.language.as_deref().map(Code::from_code).transpose()?.unwrap_or(company),
        town: row.city,
        postcode: row.postcode,
        lists: lists.into_iter().map(RecipientListId).collect(),
        values: values.into_iter().map(|it| (it.field, it.value)).collect(),
        obtained: row.obtained_way.as_deref().map(Code::from_code).transpose()?,
        obtained_on: row.obtained_on.map(Day),
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
        reachable: channels(row.has_email, row.has_phone),
        consent_email: Code::from_code(&row.consent_email)?,
        consent_sms: Code::from_code(&row.consent_sms)?,
        no_bulk: row.no_bulk,
        suppressed: channels(row.email_suppressed, row.phone_suppressed),
        messaged_at: row.messaged_at.map(Moment),
    })
}
