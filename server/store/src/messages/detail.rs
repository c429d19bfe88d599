//! One message with everything that belongs to it.

use model::{
    AccountId, Attachment, CampaignId, Channel, ContactId, DeliveryDetail, MessageId, MessageState, Moment, Noun, Origin,
    Recipient, TemplateId, TemplateRef, UserId,
};
use sqlx::SqliteConnection;

use super::bodies::{Sealed, bodies, texts};
use super::recipients;
use crate::Store;
use crate::codes::Code;
use crate::drafts::subject_of;
use crate::error::{Error, found};
use crate::persons::{self, Opener};

/// A message as it is stored, opened.
pub struct Stored {
    /// Channel.
    pub channel: Channel,
    /// Why it exists.
    pub origin: Origin,
    /// How far it has come.
    pub state: MessageState,
    /// Who wrote it.
    pub author: (UserId, String),
    /// The contact it was written from, while it exists.
    pub contact: Option<(ContactId, String)>,
    /// The account it leaves by and its name.
    pub account: Option<(AccountId, String)>,
    /// Name of the sender.
    pub sender_name: String,
    /// Address of the sender.
    pub sender_address: String,
    /// Where answers go; may be empty.
    pub reply_to: String,
    /// Message-ID without brackets; empty in a draft.
    pub header_id: String,
    /// Subject.
    pub subject: String,
    /// Plain text; empty in a draft.
    pub text: String,
    /// Recipients in all roles; none in a draft.
    pub recipients: Vec<Recipient>,
    /// Files carried.
    pub attachments: Vec<Attachment>,
    /// Deliveries with their tries.
    pub deliveries: Vec<DeliveryDetail>,
    /// The message this one repeats.
    pub resend_of: Option<MessageId>,
    /// Messages that repeat this one.
    pub resent_as: Vec<MessageId>,
    /// What it was made from, and the name that the template has or last had.
    pub template: Option<(TemplateRef, String)>,
    /// The campaign it belongs to, and its name.
    pub campaign: Option<(CampaignId, String)>,
    /// When it was created.
    pub created_at: Moment,
    /// Until when sending can be undone.
    pub undo_until: Option<Moment>,
    /// When the text was erased with its only recipient or because its time was over; it is empty since then.
    pub erased_at: Option<Moment>,
    /// Since when it lies in the bin.
    pub binned_at: Option<Moment>,
    /// Whether it is kept as proof.
    pub is_proof: bool,
}

/// What a mail is built from.
pub struct Parts {
    /// What it travels by.
    pub channel: Channel,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// Name of the sender.
    pub sender_name: String,
    /// Address of the sender.
    pub sender_address: String,
    /// Where answers go; may be empty.
    pub reply_to: String,
    /// Message-ID without brackets.
    pub header_id: String,
    /// When it was created.
    pub created_at: Moment,
    /// Recipients in all roles.
    pub recipients: Vec<Recipient>,
    /// What it was made from.
    pub template: Option<TemplateRef>,
}

#[derive(sqlx::FromRow)]
struct Row {
    channel: String,
    origin: String,
    state: String,
    author_id: i64,
    author: String,
    contact_id: Option<i64>,
    contact: Option<String>,
    account_id: Option<i64>,
    account: Option<String>,
    sender_name: String,
    sender_address: String,
    reply_to: String,
    header_id: String,
    subject: Vec<u8>,
    #[sqlx(flatten)]
    bodies: Sealed,
    resend_of: Option<i64>,
    template_id: Option<i64>,
    template_version: Option<i64>,
    template: Option<String>,
    campaign_id: Option<i64>,
    campaign: Option<String>,
    created_at: i64,
    undo_until: Option<i64>,
    person_id: Option<i64>,
    person_key: Option<Vec<u8>>,
    erased_at: Option<i64>,
    binned_at: Option<i64>,
    is_proof: bool,
}

#[derive(sqlx::FromRow)]
struct PartsRow {
    channel: String,
    subject: Vec<u8>,
    #[sqlx(flatten)]
    bodies: Sealed,
    sender_name: String,
    sender_address: String,
    reply_to: String,
    header_id: String,
    created_at: i64,
    template_id: Option<i64>,
    template_version: Option<i64>,
}

/// Finds a message with everything that belongs to it.
///
/// # Errors
/// Refuses when there is none; names a damaged part.
pub async fn by_id(store: &Store, connection: &mut SqliteConnection, id: MessageId) -> Result<Stored, Error> {
    let row: Option<Row> = sqlx::query_as(concat!(
        "SELECT m.channel, m.origin, m.state, m.author_id, u.name AS author, c.id AS contact_id, c.name AS contact, m.account_id,
                a.name AS account, m.sender_name, m.sender_address, m.reply_to, m.header_id, m.subject, ", bodies!(), ", m.resend_of,
                m.template_id, m.template_version, t.name AS template, m.campaign_id, g.name AS campaign, m.created_at, m.undo_until,
                m.person_id, k.wrapped AS person_key, coalesce(m.anonymized_at, k.destroyed_at) AS erased_at, m.binned_at, m.is_proof
         FROM messages m
         JOIN users u ON u.id = m.author_id
         LEFT JOIN contacts c ON c.id = m.contact_id
         LEFT JOIN accounts a ON a.id = m.account_id
         LEFT JOIN person_keys k ON k.contact_id = m.person_id
         LEFT JOIN templates t ON t.id = m.template_id
         LEFT JOIN campaigns g ON g.id = m.campaign_id", texts!(), "WHERE m.id = $1"
    ))
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    let row = found(row, Noun::Message)?;
    let opener = Opener::of(store, row.person_id, row.person_key.as_deref(), row.erased_at)?;
    let dictionary = row.bodies.dictionary(store, &mut *connection).await?;
    let resent_as: Vec<i64> = sqlx::query_scalar("SELECT id FROM messages WHERE resend_of = $1 ORDER BY id")
        .bind(id.0)
        .fetch_all(&mut *connection)
        .await?;
    Ok(Stored {
        channel: Code::from_code(&row.channel)?,
        origin: Code::from_code(&row.origin)?,
        state: Code::from_code(&row.state)?,
        author: (UserId(row.author_id), row.author),
        contact: row.contact_id.map(ContactId).zip(row.contact),
        account: row.account_id.map(AccountId).zip(row.account),
        sender_name: row.sender_name,
        sender_address: row.sender_address,
        reply_to: row.reply_to,
        header_id: row.header_id,
        subject: opener.open_text(subject_of(id), &row.subject)?,
        text: row.bodies.open(&opener, id, dictionary.as_deref())?.text,
        recipients: recipients(connection, id).await?,
        attachments: crate::attachments::of_message(store, connection, id).await?,
        deliveries: crate::deliveries::of_message(connection, id).await?,
        resend_of: row.resend_of.map(MessageId),
        resent_as: resent_as.into_iter().map(MessageId).collect(),
        template: template_ref(row.template_id, row.template_version).zip(row.template),
        campaign: row.campaign_id.map(CampaignId).zip(row.campaign),
        created_at: Moment(row.created_at),
        undo_until: row.undo_until.map(Moment),
        erased_at: opener.erased_at(),
        binned_at: row.binned_at.map(Moment),
        is_proof: row.is_proof,
    })
}

/// What the mail of a completed message is built from.
///
/// # Errors
/// Refuses when there is none; names a damaged part.
pub async fn parts(store: &Store, connection: &mut SqliteConnection, id: MessageId) -> Result<Parts, Error> {
    let row: Option<PartsRow> = sqlx::query_as(concat!(
        "SELECT m.channel, m.subject, ",
        bodies!(),
        ", m.sender_name, m.sender_address, m.reply_to, m.header_id, m.created_at,
                m.template_id, m.template_version
         FROM messages m",
        texts!(),
        "WHERE m.id = $1"
    ))
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    let row = found(row, Noun::Message)?;
    let opener = persons::opener(store, connection, id).await?;
    let dictionary = row.bodies.dictionary(store, &mut *connection).await?;
    let bodies = row.bodies.open(&opener, id, dictionary.as_deref())?;
    Ok(Parts {
        channel: Code::from_code(&row.channel)?,
        subject: opener.open_text(subject_of(id), &row.subject)?,
        text: bodies.text,
        html: bodies.html,
        sender_name: row.sender_name,
        sender_address: row.sender_address,
        reply_to: row.reply_to,
        header_id: row.header_id,
        created_at: Moment(row.created_at),
        template: template_ref(row.template_id, row.template_version),
        recipients: recipients(connection, id).await?,
    })
}

fn template_ref(id: Option<i64>, version: Option<i64>) -> Option<TemplateRef> {
    id.zip(version).map(|(id, version)| TemplateRef { id: TemplateId(id), version: version as u32 })
}

/// The HTML of a message; empty in a draft.
///
/// # Errors
/// Refuses when there is none; names a damaged one.
pub async fn html(store: &Store, connection: &mut SqliteConnection, id: MessageId) -> Result<String, Error> {
    let row: Option<Sealed> = sqlx::query_as(concat!("SELECT ", bodies!(), " FROM messages m", texts!(), "WHERE m.id = $1"))
        .bind(id.0)
        .fetch_optional(&mut *connection)
        .await?;
    let sealed = found(row, Noun::Message)?;
    let opener = persons::opener(store, connection, id).await?;
    let dictionary = sealed.dictionary(store, connection).await?;
    Ok(sealed.open(&opener, id, dictionary.as_deref())?.html)
}

/// A message as its plain text is read.
#[derive(sqlx::FromRow)]
struct Worded {
    id: i64,
    #[sqlx(flatten)]
    bodies: Sealed,
    person_id: Option<i64>,
    wrapped: Option<Vec<u8>>,
    destroyed_at: Option<i64>,
}

impl Worded {
    async fn text(&self, store: &Store, connection: &mut SqliteConnection) -> Result<String, Error> {
        let opener = Opener::of(store, self.person_id, self.wrapped.as_deref(), self.destroyed_at)?;
        let dictionary = self.bodies.dictionary(store, connection).await?;
        Ok(self.bodies.open(&opener, MessageId(self.id), dictionary.as_deref())?.text)
    }
}

/// The plain text of each of these messages, for cutting out what was found; a damaged one has none.
///
/// # Errors
/// Fails when the database fails.
pub async fn words(
    store: &Store,
    connection: &mut SqliteConnection,
    ids: &[MessageId],
) -> Result<Vec<(MessageId, String)>, Error> {
    let rows: Vec<Worded> = sqlx::query_as(concat!(
        "SELECT m.id, ",
        bodies!(),
        ", m.person_id, k.wrapped, coalesce(m.anonymized_at, k.destroyed_at) AS destroyed_at
         FROM messages m LEFT JOIN person_keys k ON k.contact_id = m.person_id",
        texts!(),
        "WHERE m.id IN (SELECT value FROM json_each($1))"
    ))
    .bind(serde_json::to_string(ids)?)
    .fetch_all(&mut *connection)
    .await?;
    let mut words = Vec::with_capacity(rows.len());
    for row in rows {
        match row.text(store, &mut *connection).await {
            Ok(text) => words.push((MessageId(row.id), text)),
            Err(Error::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(words)
}

/// From which address a message leaves, and when it was created.
///
/// # Errors
/// Refuses when there is none.
pub async fn envelope(connection: &mut SqliteConnection, id: MessageId) -> Result<(String, Moment), Error> {
    let row: Option<(String, i64)> = sqlx::query_as("SELECT sender_address, created_at FROM messages WHERE id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    let (address, created_at) = found(row, Noun::Message)?;
    Ok((address, Moment(created_at)))
}
