//! Contacts and their addresses.

mod bulk;
pub(crate) mod filter;
mod kin;
pub(crate) mod lines;
mod many;
mod merging;
mod new;
mod order;
mod page;
mod password;
pub(crate) mod rare;
pub(crate) mod row;
mod tags;
mod values;
pub(crate) mod words;

use model::{Address, Contact, ContactAddresses, ContactDraft, ContactId, EmailAddress, Moment, Noun, Purpose};
use sqlx::SqliteConnection;

pub use bulk::{LookedBy, by_keys, create_many};
pub use kin::{ancestors, companies, kin, levels_below, link_many, release_kin};
pub use many::{delete_many, give_many, kind_many, no_bulk_many, pick, tag_many, untag_many};
pub use merging::for_merging;
pub use new::NewContact;
pub use page::{count, count_exactly, page};
pub use password::{open_password, set_password};
pub use tags::{ensure as ensure_tag, list as tags};
pub use words::{is_any_to_reword, reword_next};

use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::tx::Tx;

/// Finds a contact with all its fields.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: ContactId) -> Result<Contact, Error> {
    let row = row::full(connection, id).await?;
    let lines: Vec<(String, String, String)> =
        sqlx::query_as("SELECT channel, value, purpose FROM addresses WHERE contact_id = $1 ORDER BY channel, place")
            .bind(id.0)
            .fetch_all(&mut *connection)
            .await?;
    let mut contact = row.contact()?;
    for (channel, text, purpose) in lines {
        let line = model::AddressLine { text, purpose: Code::from_code(&purpose)? };
        if channel == "email" { contact.fields.emails.push(line) } else { contact.fields.phones.push(line) }
    }
    contact.fields.tags = tags::of(connection, id).await?;
    contact.fields.values = values::of(connection, id).await?;
    contact.consents = crate::consents::latest(connection, id).await?;
    Ok(contact)
}

/// Makes a contact.
///
/// # Errors
/// Fails when the database fails.
pub async fn create(tx: &mut Tx, draft: &ContactDraft, addresses: &ContactAddresses, now: Moment) -> Result<ContactId, Error> {
    let id = ContactId(next_id(tx, "contacts").await?);
    sqlx::query(
        "INSERT INTO contacts (id, nature, kind, name, sort_name, first_name, last_name, company_name, position, salutation, language,
                               street, city, postcode, registration_number, note, email, phone, revision, created_at, updated_at)
         VALUES ($1, '', '', '', '', '', '', '', '', '', NULL, '', '', '', '', '', '', '', 0, $2, $2)",
    )
    .bind(id.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    change(tx, id, 0, draft, addresses, now).await?;
    Ok(id)
}

/// Changes a contact, unless somebody else has changed it since that revision.
///
/// # Errors
/// Refuses a stale revision.
pub async fn change(
    tx: &mut Tx,
    id: ContactId,
    revision: i64,
    draft: &ContactDraft,
    addresses: &ContactAddresses,
    now: Moment,
) -> Result<(), Error> {
    write_names(tx, id, revision, draft, now).await?;
    write_facts(tx, id, draft).await?;
    write_addresses(tx, id, addresses).await?;
    tags::write(tx, id, &draft.tag_names()).await?;
    values::write(tx, id, &draft.values).await?;
    words::refresh(tx, id).await
}

/// Deletes a contact; messages to it stay, its branches and contact persons belong to nobody any more.
///
/// # Errors
/// Refuses when there is none.
pub async fn delete(tx: &mut Tx, id: ContactId) -> Result<(), Error> {
    kin::release_kin(tx, id).await?;
    tags::write(tx, id, &[]).await?;
    let row: Option<i64> =
        sqlx::query_scalar("DELETE FROM contacts WHERE id = $1 RETURNING id").bind(id.0).fetch_optional(&mut **tx).await?;
    found(row, Noun::Contact)?;
    sqlx::query("DELETE FROM contact_words WHERE rowid = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// The contact that has this address or number, the oldest if several have it, with its name.
///
/// # Errors
/// Fails when the database fails.
pub async fn by_address(connection: &mut SqliteConnection, address: &Address) -> Result<Option<(ContactId, String)>, Error> {
    let row: Option<(i64, String)> = sqlx::query_as(
        "SELECT c.id, c.name FROM addresses a JOIN contacts c ON c.id = a.contact_id
         WHERE a.channel = $1 AND a.normalized = $2
         ORDER BY c.id LIMIT 1",
    )
    .bind(address.channel().code())
    .bind(address.normalized())
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(id, name)| (ContactId(id), name)))
}

/// Who it is and how it is called.
async fn write_names(tx: &mut Tx, id: ContactId, revision: i64, draft: &ContactDraft, now: Moment) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE contacts
         SET nature = $3, kind = $4, name = $5, sort_name = $6, title_before = $7, first_name = $8, last_name = $9, title_after = $10,
             company_name = $11, position = $12, gender = $13, first_vocative = $14, last_vocative = $15, salutation = $16,
             language = $17, revision = revision + 1, updated_at = $18
         WHERE id = $1 AND revision = $2",
    )
    .bind(id.0)
    .bind(revision)
    .bind(draft.nature.code())
    .bind(draft.kind.code())
    .bind(draft.display_name())
    .bind(draft.sort_name())
    .bind(draft.title_before.trim())
    .bind(draft.first_name.trim())
    .bind(draft.last_name.trim())
    .bind(draft.title_after.trim())
    .bind(draft.company_name.trim())
    .bind(draft.position.trim())
    .bind(draft.gender.code())
    .bind(draft.first_vocative.trim())
    .bind(draft.last_vocative.trim())
    .bind(draft.salutation.trim())
    .bind(draft.language.map(Code::code))
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Contact)
}

/// Where it is, to whom it belongs and how it came to us.
async fn write_facts(tx: &mut Tx, id: ContactId, draft: &ContactDraft) -> Result<(), Error> {
    sqlx::query(
        "UPDATE contacts
         SET street = $2, city = $3, postcode = $4, country = $5, delivery_street = $6, delivery_city = $7, delivery_postcode = $8,
             delivery_country = $9, registration_number = $10, tax_number = $11, vat_number = $12, parent_id = $13, relation = $14,
             owner_id = $15, no_bulk = $16, obtained_way = $17, obtained_on = $18, obtained_note = $19, note = $20
         WHERE id = $1",
    )
    .bind(id.0)
    .bind(draft.billing.street.trim())
    .bind(draft.billing.city.trim())
    .bind(draft.billing.postcode.trim())
    .bind(draft.billing.country.trim())
    .bind(draft.delivery.street.trim())
    .bind(draft.delivery.city.trim())
    .bind(draft.delivery.postcode.trim())
    .bind(draft.delivery.country.trim())
    .bind(draft.registration_number.trim())
    .bind(draft.tax_number.trim())
    .bind(draft.vat_number.trim())
    .bind(draft.parent.map(|it| it.contact.0))
    .bind(draft.parent.map(|it| it.relation.code()))
    .bind(draft.owner.map(|it| it.0))
    .bind(draft.no_bulk)
    .bind(draft.obtained.way.map(Code::code))
    .bind(draft.obtained.on.map(|it| it.0))
    .bind(draft.obtained.note.trim())
    .bind(draft.note.trim())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// All addresses, and the general ones beside the contact itself.
async fn write_addresses(tx: &mut Tx, id: ContactId, addresses: &ContactAddresses) -> Result<(), Error> {
    sqlx::query("DELETE FROM addresses WHERE contact_id = $1").bind(id.0).execute(&mut **tx).await?;
    let emails = addresses.emails.iter().map(|it| ("email", it.address.as_str(), it.address.normalized(), it.purpose));
    let phones = addresses.phones.iter().map(|it| ("sms", it.number.as_str(), it.number.as_str().to_owned(), it.purpose));
    for (place, (channel, value, normalized, purpose)) in emails.chain(phones).enumerate() {
        sqlx::query(
            "INSERT INTO addresses (contact_id, channel, place, value, normalized, purpose) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.0)
        .bind(channel)
        .bind(place as i64)
        .bind(value)
        .bind(normalized)
        .bind(purpose.code())
        .execute(&mut **tx)
        .await?;
    }
    sqlx::query("UPDATE contacts SET email = $2, phone = $3 WHERE id = $1")
        .bind(id.0)
        .bind(addresses.email_for(Purpose::General).map_or("", EmailAddress::as_str))
        .bind(addresses.phone_for(Purpose::General).map_or("", |it| it.as_str()))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
