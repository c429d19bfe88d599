//! What reports of imports still say about a person who is erased.

use std::collections::HashSet;

use model::fold::fold;
use model::{Contact, ContactId, EmailAddress, HomeCountry, PhoneNumber, ReportRow, RowOutcome, RowSkipped};
use store::Tx;

use crate::{Ctx, Error};

/// By what rows are known to be about the person.
pub(super) struct Traces {
    id: ContactId,
    name: String,
    /// First and last name; both must stand in a row.
    names: Option<[String; 2]>,
    addresses: HashSet<String>,
}

impl Traces {
    /// What leads to this contact.
    pub(super) fn of(contact: &Contact) -> Self {
        let fields = &contact.fields;
        let names = [fold(fields.first_name.trim()), fold(fields.last_name.trim())];
        Self {
            id: contact.id,
            name: fold(&fields.display_name()),
            names: names.iter().all(|it| !it.is_empty()).then_some(names),
            addresses: fields.emails.iter().chain(&fields.phones).map(|it| address(&it.text)).collect(),
        }
    }

    /// The pieces of reports that say something about the person. They are many, so they are looked through before anything is written.
    pub(super) async fn find(&self, ctx: &Ctx) -> Result<Vec<i64>, Error> {
        let (mut found, mut behind) = (Vec::new(), 0);
        loop {
            let mut reader = ctx.engine.store.read().await?;
            let Some((piece, rows)) = store::imports::any_report(&ctx.engine.store, &mut reader, behind).await? else {
                return Ok(found);
            };
            if rows.iter().any(|it| self.lead_to(it)) {
                found.push(piece);
            }
            behind = piece;
        }
    }

    /// Takes the person out of pieces of reports; line and outcome stay, so that the counts stay true.
    pub(super) async fn wipe(&self, ctx: &Ctx, tx: &mut Tx, pieces: &[i64]) -> Result<(), Error> {
        for piece in pieces {
            let Some((_, mut rows)) = store::imports::any_report(&ctx.engine.store, tx, piece - 1).await? else { continue };
            for row in rows.iter_mut().filter(|it| self.lead_to(it)) {
                row.name.clear();
                row.cells.iter_mut().for_each(String::clear);
                row.notes.clear();
            }
            store::imports::replace_report(&ctx.engine.store, tx, *piece, &rows).await?;
        }
        store::imports::drop_files_with(tx, self.id).await?;
        Ok(())
    }

    fn lead_to(&self, row: &ReportRow) -> bool {
        let known = match row.outcome {
            RowOutcome::Updated(id) | RowOutcome::Skipped(RowSkipped::Exists(id) | RowSkipped::Unchanged(id)) => id == self.id,
            _ => false,
        };
        let is_named = !self.name.is_empty() && fold(row.name.trim()) == self.name;
        let cells: Vec<String> = row.cells.iter().map(|it| fold(it.trim())).collect();
        let has = |text: &String| cells.contains(text);
        let is_told = cells.iter().any(|it| *it == self.name && !it.is_empty())
            || self.names.as_ref().is_some_and(|names| names.iter().all(has))
            || row.cells.iter().any(|it| self.addresses.contains(&address(it)));
        known && !(row.name.is_empty() && row.cells.is_empty()) || is_named || is_told
    }
}

/// An address or number in the form in which it is compared.
fn address(text: &str) -> String {
    match (EmailAddress::parse(text), PhoneNumber::parse(text, HomeCountry::default())) {
        (Ok(email), _) => email.normalized(),
        (_, Ok(number)) => number.as_str().to_owned(),
        _ => text.trim().to_lowercase(),
    }
}
