//! Rows of contacts.

use model::{
    Contact, ContactDraft, ContactId, ContactRow, Day, Moment, Nature, Noun, Obtained, ParentLink, PostalAddress, UserId,
};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::{Error, found};

/// The columns of [`Row`], of the table `contacts` under the name `c`.
pub(crate) const COLUMNS: &str = "c.id, c.nature, c.kind, c.name, c.company_name, c.email, c.phone, c.city, c.updated_at";

/// A contact as lists show it.
#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    pub(crate) id: i64,
    nature: String,
    kind: String,
    name: String,
    company_name: String,
    email: String,
    phone: String,
    city: String,
    updated_at: i64,
}

impl Row {
    /// The row as the model says it.
    pub(crate) fn contact_row(self) -> Result<ContactRow, Error> {
        let nature = Code::from_code(&self.nature)?;
        Ok(ContactRow {
            id: ContactId(self.id),
            nature,
            kind: Code::from_code(&self.kind)?,
            name: self.name,
            company_name: if nature == Nature::Company { String::new() } else { self.company_name },
            email: self.email,
            phone: self.phone,
            city: self.city,
            updated_at: Moment(self.updated_at),
        })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct FullRow {
    id: i64,
    nature: String,
    kind: String,
    gender: String,
    title_before: String,
    first_name: String,
    last_name: String,
    title_after: String,
    first_vocative: String,
    last_vocative: String,
    company_name: String,
    position: String,
    salutation: String,
    language: Option<String>,
    street: String,
    city: String,
    postcode: String,
    country: String,
    delivery_street: String,
    delivery_city: String,
    delivery_postcode: String,
    delivery_country: String,
    registration_number: String,
    tax_number: String,
    vat_number: String,
    parent_id: Option<i64>,
    relation: Option<String>,
    parent_name: Option<String>,
    owner_id: Option<i64>,
    owner_name: Option<String>,
    no_bulk: bool,
    obtained_way: Option<String>,
    obtained_on: Option<i64>,
    obtained_note: String,
    note: String,
    has_password: bool,
    revision: i64,
    created_at: i64,
    updated_at: i64,
}

/// All columns of contacts, without what other tables hold.
macro_rules! full {
    () => {
        "SELECT c.id, c.nature, c.kind, c.gender, c.title_before, c.first_name, c.last_name, c.title_after, c.first_vocative,
                c.last_vocative, c.company_name, c.position, c.salutation, c.language, c.street, c.city, c.postcode, c.country,
                c.delivery_street, c.delivery_city, c.delivery_postcode, c.delivery_country, c.registration_number, c.tax_number,
                c.vat_number, c.parent_id, c.relation, p.name AS parent_name, c.owner_id, u.name AS owner_name, c.no_bulk,
                c.obtained_way, c.obtained_on, c.obtained_note, c.note, c.password IS NOT NULL AS has_password, c.revision,
                c.created_at, c.updated_at
         FROM contacts c
         LEFT JOIN contacts p ON p.id = c.parent_id
         LEFT JOIN users u ON u.id = c.owner_id"
    };
}

/// The contact itself, without what other tables hold.
pub(super) async fn full(connection: &mut SqliteConnection, id: ContactId) -> Result<FullRow, Error> {
    let row: Option<FullRow> = sqlx::query_as(concat!(full!(), " WHERE c.id = $1")).bind(id.0).fetch_optional(connection).await?;
    found(row, Noun::Contact)
}

/// The contacts themselves, in the order of their ids.
pub(super) async fn full_many(connection: &mut SqliteConnection, ids: &str) -> Result<Vec<FullRow>, Error> {
    Ok(sqlx::query_as(concat!(full!(), " WHERE c.id IN (SELECT value FROM json_each($1)) ORDER BY c.id"))
        .bind(ids)
        .fetch_all(connection)
        .await?)
}

impl FullRow {
    pub(super) fn contact(self) -> Result<Contact, Error> {
        let relation = self.relation.as_deref().map(Code::from_code).transpose()?;
        let parent = self.parent_id.zip(relation).map(|(id, relation)| ParentLink { contact: ContactId(id), relation });
        let fields = ContactDraft {
            nature: Code::from_code(&self.nature)?,
            kind: Code::from_code(&self.kind)?,
            gender: Code::from_code(&self.gender)?,
            title_before: self.title_before,
            first_name: self.first_name,
            last_name: self.last_name,
            title_after: self.title_after,
            first_vocative: self.first_vocative,
            last_vocative: self.last_vocative,
            company_name: self.company_name,
            position: self.position,
            salutation: self.salutation,
            language: self.language.as_deref().map(Code::from_code).transpose()?,
            emails: Vec::new(),
            phones: Vec::new(),
            billing: postal(self.street, self.city, self.postcode, self.country),
            delivery: postal(self.delivery_street, self.delivery_city, self.delivery_postcode, self.delivery_country),
            registration_number: self.registration_number,
            tax_number: self.tax_number,
            vat_number: self.vat_number,
            parent,
            owner: self.owner_id.map(UserId),
            tags: Vec::new(),
            values: Vec::new(),
            no_bulk: self.no_bulk,
            obtained: Obtained {
                way: self.obtained_way.as_deref().map(Code::from_code).transpose()?,
                on: self.obtained_on.map(Day),
                note: self.obtained_note,
            },
            note: self.note,
        };
        Ok(Contact {
            id: ContactId(self.id),
            fields,
            parent_name: self.parent_name.unwrap_or_default(),
            owner_name: self.owner_name.unwrap_or_default(),
            has_password: self.has_password,
            consents: Vec::new(),
            revision: self.revision,
            created_at: Moment(self.created_at),
            updated_at: Moment(self.updated_at),
        })
    }
}

fn postal(street: String, city: String, postcode: String, country: String) -> PostalAddress {
    PostalAddress { street, city, postcode, country }
}
