//! The company that writes: one row, made by the first run.

use model::Company;
use model::settings::BlockedEndings;
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::{Error, Tx};

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    registration_number: String,
    tax_number: String,
    street: String,
    city: String,
    postcode: String,
    country: String,
    email: String,
    phone: String,
    web: String,
    language: String,
    attachments_max: i64,
    blocked_endings: String,
    domain_checks: bool,
    attachment_contents: bool,
}

impl TryFrom<Row> for Company {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            name: row.name,
            registration_number: row.registration_number,
            tax_number: row.tax_number,
            street: row.street,
            city: row.city,
            postcode: row.postcode,
            country: Code::from_code(&row.country)?,
            email: row.email,
            phone: row.phone,
            web: row.web,
            language: Code::from_code(&row.language)?,
            attachments_max: u64::try_from(row.attachments_max).unwrap_or(0),
            blocked_endings: BlockedEndings::read(&row.blocked_endings),
            domain_checks: row.domain_checks,
            attachment_contents: row.attachment_contents,
        })
    }
}

/// The company's data; nothing before the first run.
///
/// # Errors
/// Fails when the database fails.
pub async fn get(connection: &mut SqliteConnection) -> Result<Option<Company>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT name, registration_number, tax_number, street, city, postcode, country, email, phone, web, language,
             attachments_max, blocked_endings, domain_checks, attachment_contents
         FROM company",
    )
    .fetch_optional(connection)
    .await?;
    row.map(Company::try_from).transpose()
}

/// Keeps the company's data.
///
/// # Errors
/// Fails when the database fails.
pub async fn save(tx: &mut Tx, company: &Company) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO company (id, name, registration_number, tax_number, street, city, postcode, country, email, phone, web,
             language, attachments_max, blocked_endings, domain_checks, attachment_contents)
         VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (id) DO UPDATE SET
             name = excluded.name,
             registration_number = excluded.registration_number,
             tax_number = excluded.tax_number,
             street = excluded.street,
             city = excluded.city,
             postcode = excluded.postcode,
             country = excluded.country,
             email = excluded.email,
             phone = excluded.phone,
             web = excluded.web,
             language = excluded.language,
             attachments_max = excluded.attachments_max,
             blocked_endings = excluded.blocked_endings,
             domain_checks = excluded.domain_checks,
             attachment_contents = excluded.attachment_contents",
    )
    .bind(&company.name)
    .bind(&company.registration_number)
    .bind(&company.tax_number)
    .bind(&company.street)
    .bind(&company.city)
    .bind(&company.postcode)
    // The inherent `code` of a country is the one for telephones.
    .bind(Code::code(company.country))
    .bind(&company.email)
    .bind(&company.phone)
    .bind(&company.web)
    .bind(company.language.code())
    .bind(i64::try_from(company.attachments_max).unwrap_or(i64::MAX))
    .bind(company.blocked_endings.0.join(" "))
    .bind(company.domain_checks)
    .bind(company.attachment_contents)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether there is an account that really sends, and not only Capture.
///
/// # Errors
/// Fails when the database fails.
pub async fn has_real_account(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM accounts WHERE transport = 'smtp' AND deleted_at IS NULL)")
        .fetch_one(connection)
        .await?)
}
