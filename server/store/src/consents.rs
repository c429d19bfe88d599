//! Consents: what was said about being written to, with proof.

use model::{Channel, Consent, ConsentDraft, ConsentEntry, ConsentState, ContactId, Day, ImportId, Moment, Noun, UserId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;

/// How many entries of the log are one statement.
const PIECE: usize = 512;

/// Who notes something, and for links what they were about.
#[derive(Clone, Copy, Debug)]
pub struct Witness<'a> {
    /// Who notes it.
    pub by: UserId,
    /// The address or number that a link is about, or nothing.
    pub address: &'a str,
    /// The network address from which a link was used, or nothing.
    pub network: &'a str,
}

/// Notes what was said; the newest note of a channel is what counts, and open questions about it cannot be answered any more.
///
/// # Errors
/// Refuses when there is no such contact.
pub async fn add(tx: &mut Tx, contact: ContactId, draft: &ConsentDraft, witness: Witness<'_>, now: Moment) -> Result<(), Error> {
    if draft.state != ConsentState::Asked {
        crate::consent_questions::close(tx, contact, draft.channel, now).await?;
    }
    let sql = match draft.channel {
        Channel::Email => "UPDATE contacts SET consent_email = $2, updated_at = $3 WHERE id = $1 RETURNING id",
        Channel::Sms => "UPDATE contacts SET consent_sms = $2, updated_at = $3 WHERE id = $1 RETURNING id",
    };
    let row: Option<i64> =
        sqlx::query_scalar(sql).bind(contact.0).bind(draft.state.code()).bind(now.0).fetch_optional(&mut **tx).await?;
    found(row, Noun::Contact)?;
    let id = next_id(tx, "consents").await?;
    sqlx::query(
        "INSERT INTO consents (id, contact_id, channel, state, said_on, way, proof, noted_at, noted_by, address, network)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(id)
    .bind(contact.0)
    .bind(draft.channel.code())
    .bind(draft.state.code())
    .bind(draft.on.0)
    .bind(draft.way.code())
    .bind(draft.proof.trim())
    .bind(now.0)
    .bind(witness.by.0)
    .bind(witness.address)
    .bind(witness.network)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what an import says into the log, in statements of hundreds of rows. What contacts themselves bear is written with them or by
/// [`settle`].
///
/// # Errors
/// Fails when the database fails.
pub async fn put_many(
    tx: &mut Tx,
    import: ImportId,
    said: &[(ContactId, &ConsentDraft)],
    by: UserId,
    now: Moment,
) -> Result<(), Error> {
    for piece in said.chunks(PIECE) {
        let last: i64 = sqlx::query_scalar(
            "INSERT INTO counters (name, value) VALUES ('consents', $1)
             ON CONFLICT (name) DO UPDATE SET value = value + $1
             RETURNING value",
        )
        .bind(piece.len() as i64)
        .fetch_one(&mut **tx)
        .await?;
        let mut sql = QueryBuilder::<Sqlite>::new(
            "INSERT INTO consents (id, contact_id, channel, state, said_on, way, proof, noted_at, noted_by, import_id) ",
        );
        sql.push_values(piece.iter().zip(last - piece.len() as i64 + 1..), |mut row, ((contact, it), id)| {
            row.push_bind(id).push_bind(contact.0).push_bind(it.channel.code()).push_bind(it.state.code());
            row.push_bind(it.on.0).push_bind(it.way.code()).push_bind(it.proof.trim().to_owned());
            row.push_bind(now.0).push_bind(by.0).push_bind(import.0);
        });
        sql.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// Lets the contact bear what its log says last about each channel.
///
/// # Errors
/// Fails when the database fails.
pub async fn settle(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    sqlx::query(
        "UPDATE contacts
         SET consent_email = coalesce((SELECT state FROM consents WHERE contact_id = $1 AND channel = 'email'
                                       ORDER BY id DESC LIMIT 1), 'unknown'),
             consent_sms = coalesce((SELECT state FROM consents WHERE contact_id = $1 AND channel = 'sms'
                                     ORDER BY id DESC LIMIT 1), 'unknown')
         WHERE id = $1",
    )
    .bind(contact.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes out what an import noted about a contact; what was said before and since counts again.
///
/// # Errors
/// Fails when the database fails.
pub async fn take_back(tx: &mut Tx, contact: ContactId, import: ImportId) -> Result<(), Error> {
    let gone = sqlx::query("DELETE FROM consents WHERE contact_id = $1 AND import_id = $2")
        .bind(contact.0)
        .bind(import.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    if 0 < gone { settle(tx, contact).await } else { Ok(()) }
}

/// The whole log of a contact, the newest note first.
///
/// # Errors
/// Fails when the database fails.
pub async fn log(connection: &mut SqliteConnection, contact: ContactId) -> Result<Vec<ConsentEntry>, Error> {
    type Row = (String, String, i64, String, String, i64, String, String, String);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT c.channel, c.state, c.said_on, c.way, c.proof, c.noted_at, u.name, c.address, c.network
         FROM consents c JOIN users u ON u.id = c.noted_by
         WHERE c.contact_id = $1 ORDER BY c.id DESC",
    )
    .bind(contact.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(channel, state, on, way, proof, noted_at, noted_by, address, from)| {
            let consent = ConsentDraft {
                channel: Code::from_code(&channel)?,
                state: Code::from_code(&state)?,
                on: Day(on),
                way: Code::from_code(&way)?,
                proof,
            };
            Ok(ConsentEntry { consent, noted_at: Moment(noted_at), noted_by, address, from })
        })
        .collect()
}

/// What was last said about each channel.
pub(crate) async fn latest(connection: &mut SqliteConnection, contact: ContactId) -> Result<Vec<Consent>, Error> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT channel, state, said_on FROM consents
         WHERE id IN (SELECT max(id) FROM consents WHERE contact_id = $1 GROUP BY channel) ORDER BY channel",
    )
    .bind(contact.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(channel, state, on)| {
            Ok(Consent { channel: Code::from_code(&channel)?, state: Code::from_code(&state)?, on: Day(on) })
        })
        .collect()
}
