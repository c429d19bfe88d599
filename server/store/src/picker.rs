//! Addresses for a recipient field: of contacts that are offered, of sets that are taken apart, of what was typed.

use model::{
    ContactFilter, ContactId, ContactOffer, EmailAddress, HomeCountry, KnownAddress, OtherAddress, PhoneNumber, PhoneOffer,
    PhoneRecipient, Purpose, RecipientOffer,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::codes::Code;
use crate::contacts::{filter, words};
use crate::error::Error;

/// The contact's address on a channel for the purpose `$2`: its own, else the general one, else the first there is.
macro_rules! chosen {
    () => {
        chosen!("email")
    };
    ($channel:literal) => {
        concat!(
            "(SELECT a.value FROM addresses a WHERE a.contact_id = c.id AND a.channel = '",
            $channel,
            "'
          ORDER BY a.purpose = $2 DESC, a.purpose = 'general' DESC, a.place LIMIT 1)"
        )
    };
}

/// How many contacts are looked through before the index of words is asked.
const PORTION: i64 = 1_000;

type Offered = (i64, String, String, Option<String>, i64);

/// Up to `n` contacts in which all the words begin something, each with its address for the purpose.
///
/// # Errors
/// Fails when the database fails.
pub async fn offer(connection: &mut SqliteConnection, text: &str, purpose: Purpose, n: u32) -> Result<Vec<ContactOffer>, Error> {
    let ids = found(connection, text, n).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // The plus sign keeps it from walking along all addresses there are, which stand in the order that is counted by.
    let rows: Vec<Offered> = sqlx::query_as(concat!(
        "SELECT c.id, c.name, CASE c.nature WHEN 'person' THEN c.company_name ELSE '' END, ",
        chosen!(),
        ", (SELECT count(DISTINCT a.normalized) FROM addresses a WHERE a.contact_id = c.id AND +a.channel = 'email')
         FROM json_each($1) j CROSS JOIN contacts c ON c.id = j.value
         ORDER BY c.id"
    ))
    .bind(serde_json::to_string(&ids)?)
    .bind(purpose.code())
    .fetch_all(&mut *connection)
    .await?;
    let chosen: Vec<String> = rows.iter().map(|it| it.3.clone().unwrap_or_default()).collect();
    let mut offers: Vec<ContactOffer> = rows.into_iter().map(contact_offer).collect();
    for (place, cause) in crate::suppressions::among(connection, &chosen).await? {
        if let Some(offer) = offers.get_mut(place) {
            offer.suppressed = Some(cause);
        }
    }
    Ok(offers)
}

/// The same with the number for text messages.
///
/// # Errors
/// Fails when the database fails.
pub async fn offer_phones(connection: &mut SqliteConnection, text: &str, n: u32) -> Result<Vec<PhoneOffer>, Error> {
    let ids = found(connection, text, n).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, String, String, Option<String>)> = sqlx::query_as(concat!(
        "SELECT c.id, c.name, CASE c.nature WHEN 'person' THEN c.company_name ELSE '' END, ",
        chosen!("sms"),
        " FROM json_each($1) j CROSS JOIN contacts c ON c.id = j.value ORDER BY c.id"
    ))
    .bind(serde_json::to_string(&ids)?)
    .bind(Purpose::General.code())
    .fetch_all(&mut *connection)
    .await?;
    let numbers: Vec<String> = rows.iter().map(|it| it.3.clone().unwrap_or_default()).collect();
    let offer = |(id, name, company_name, number): (i64, String, String, Option<String>)| PhoneOffer {
        contact: ContactId(id),
        name,
        company_name,
        number: number.and_then(|it| PhoneNumber::parse(&it, HomeCountry::default()).ok()),
        suppressed: None,
    };
    let mut offers: Vec<PhoneOffer> = rows.into_iter().map(offer).collect();
    for (place, cause) in crate::suppressions::among(connection, &numbers).await? {
        if let Some(offer) = offers.get_mut(place) {
            offer.suppressed = Some(cause);
        }
    }
    Ok(offers)
}

/// The oldest contacts in which all the words begin something.
///
/// The index gathers all that a beginning of a word meets before it gives the first: what many meet is found among the first contacts
/// sooner, and by the index they are the same ones.
async fn found(connection: &mut SqliteConnection, text: &str, n: u32) -> Result<Vec<i64>, Error> {
    let Some(question) = words::question(text) else { return Ok(Vec::new()) };
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT c.id FROM (SELECT id FROM contacts ORDER BY id LIMIT ");
    sql.push_bind(PORTION).push(") s CROSS JOIN contacts c ON c.id = s.id WHERE 1 = 1");
    filter::narrow(&mut sql, &ContactFilter { words: text.to_owned(), ..ContactFilter::default() });
    sql.push(" LIMIT ").push_bind(n);
    let ids: Vec<i64> = sql.build_query_scalar().fetch_all(&mut *connection).await?;
    if ids.len() == n as usize {
        return Ok(ids);
    }
    Ok(sqlx::query_scalar("SELECT rowid FROM contact_words WHERE contact_words MATCH $1 ORDER BY rowid LIMIT $2")
        .bind(question)
        .bind(n)
        .fetch_all(connection)
        .await?)
}

/// The addresses of contacts for a purpose, in the order of the ids; contacts without one are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn addresses(
    connection: &mut SqliteConnection,
    ids: &[ContactId],
    purpose: Purpose,
) -> Result<Vec<RecipientOffer>, Error> {
    let ids: Vec<i64> = ids.iter().map(|it| it.0).collect();
    let rows: Vec<(i64, String, String, Option<String>)> = sqlx::query_as(concat!(
        "SELECT c.id, c.name, CASE c.nature WHEN 'person' THEN c.company_name ELSE '' END, ",
        chosen!(),
        " FROM json_each($1) j CROSS JOIN contacts c ON c.id = j.value ORDER BY c.id"
    ))
    .bind(serde_json::to_string(&ids)?)
    .bind(purpose.code())
    .fetch_all(connection)
    .await?;
    let recipient = |(id, name, company_name, email): (i64, String, String, Option<String>)| {
        let email = EmailAddress::parse(&email?).ok()?;
        Some(RecipientOffer { contact: ContactId(id), name, company_name, email })
    };
    Ok(rows.into_iter().filter_map(recipient).collect())
}

/// The numbers of contacts for text messages, in the order of the ids; contacts without one are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn numbers(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<Vec<PhoneRecipient>, Error> {
    let ids: Vec<i64> = ids.iter().map(|it| it.0).collect();
    let rows: Vec<(i64, String, Option<String>)> = sqlx::query_as(concat!(
        "SELECT c.id, c.name, ",
        chosen!("sms"),
        " FROM json_each($1) j CROSS JOIN contacts c ON c.id = j.value ORDER BY c.id"
    ))
    .bind(serde_json::to_string(&ids)?)
    .bind(Purpose::General.code())
    .fetch_all(connection)
    .await?;
    let recipient = |(id, name, number): (i64, String, Option<String>)| {
        let number = PhoneNumber::parse(&number?, HomeCountry::default()).ok()?;
        Some(PhoneRecipient { contact: ContactId(id), name, number })
    };
    Ok(rows.into_iter().filter_map(recipient).collect())
}

/// What is known about each of these addresses, in their order. Of several contacts with one address the oldest counts.
///
/// # Errors
/// Fails when the database fails.
pub async fn known(connection: &mut SqliteConnection, emails: &[EmailAddress]) -> Result<Vec<KnownAddress>, Error> {
    let normalized: Vec<String> = emails.iter().map(EmailAddress::normalized).collect();
    let rows: Vec<(i64, i64, String, String, String)> = sqlx::query_as(
        "SELECT j.key, c.id, c.name, b.value, b.purpose
         FROM json_each($1) j
         CROSS JOIN contacts c ON c.id = (SELECT min(a.contact_id) FROM addresses a
                                          WHERE a.channel = 'email' AND a.normalized = j.value)
         CROSS JOIN addresses b ON b.contact_id = c.id AND b.channel = 'email'
         ORDER BY j.key, b.place",
    )
    .bind(serde_json::to_string(&normalized)?)
    .fetch_all(&mut *connection)
    .await?;
    let mut known = vec![KnownAddress::default(); emails.len()];
    for (place, id, name, value, purpose) in rows {
        let (Some(known), Ok(email)) = (known.get_mut(place as usize), EmailAddress::parse(&value)) else { continue };
        known.contact = Some((ContactId(id), name));
        if known.addresses.iter().all(|it| it.email.normalized() != email.normalized()) {
            known.addresses.push(OtherAddress { email, purpose: Code::from_code(&purpose)? });
        }
    }
    for (place, cause) in crate::suppressions::among(connection, &normalized).await? {
        if let Some(known) = known.get_mut(place) {
            known.suppressed = Some(cause);
        }
    }
    Ok(known)
}

fn contact_offer((id, name, company_name, email, addresses): Offered) -> ContactOffer {
    ContactOffer {
        contact: ContactId(id),
        name,
        company_name,
        email: email.and_then(|it| EmailAddress::parse(&it).ok()),
        addresses: addresses as u32,
        suppressed: None,
    }
}
