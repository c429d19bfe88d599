//! Suppressions as a file, made while it is read.

use model::{
    Channels, Deed, ExportFormat, Permission, Suppression, SuppressionFilter, SuppressionId, SuppressionReason, SuppressionScope,
    SuppressionSource,
};
use tables::write::{Cell, Column, Writer};

use crate::outflow::{Outflow, Pieces};
use crate::{Ctx, Engine, Error};

/// How many rows are read at once.
const ROWS: usize = 1_000;

/// The columns, by the names that an import knows again.
const COLUMNS: [&str; 10] =
    ["suppressed", "scope", "channels", "reason", "source", "note", "since", "by", "lifted", "lifted_because"];

/// A file on its way out, one piece after the other. However many rows there are, only one piece is held.
pub struct Export {
    engine: Engine,
    filter: SuppressionFilter,
    behind: Option<SuppressionId>,
    bytes: Outflow,
    writer: Option<Writer<Outflow>>,
}

/// Begins the export of what a filter lets through, as CSV.
///
/// # Errors
/// Refuses who may not export.
pub async fn export(ctx: &Ctx, filter: SuppressionFilter) -> Result<Export, Error> {
    ctx.require(Permission::Export)?;
    ctx.require(Permission::ContactsView)?;
    let mut tx = ctx.engine.store.write().await?;
    let n = store::suppressions::count(&mut tx, &filter).await?;
    ctx.log(&mut tx, Deed::SuppressionsExported(u32::try_from(n).unwrap_or(u32::MAX))).await?;
    tx.commit().await?;
    let bytes = Outflow::default();
    let columns = COLUMNS.map(|it| Column::new(it, it));
    let writer = Writer::new(ExportFormat::Csv, &columns, bytes.clone())?;
    Ok(Export { engine: ctx.engine.clone(), filter, behind: None, bytes, writer: Some(writer) })
}

impl Pieces for Export {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut writer) = self.writer.take() else { return Ok(None) };
        let mut reader = self.engine.store.read().await?;
        let rows = store::suppressions::each(&mut reader, &self.filter, self.behind, ROWS).await?;
        for it in &rows {
            row(&mut writer, it)?;
        }
        match rows.last() {
            Some(last) if rows.len() == ROWS => {
                self.behind = Some(last.id);
                self.writer = Some(writer);
            }
            _ => {
                writer.finish()?;
            }
        }
        Ok(Some(self.bytes.take()))
    }
}

fn row(writer: &mut Writer<Outflow>, it: &Suppression) -> Result<(), Error> {
    let (since, shown) = (it.created_at.rfc3339(), it.target.shown());
    let lifted = it.lifted.as_ref().map(|it| it.at.rfc3339()).unwrap_or_default();
    let phones = [it.target.normalized()];
    let target = if phones[0].starts_with('+') { Cell::Phones(&phones) } else { Cell::Text(&shown) };
    writer.row(&[
        target,
        Cell::Text(scope(it.target.scope())),
        Cell::Text(channels(it.channels)),
        Cell::Text(reason(it.reason)),
        Cell::Text(source(it.source)),
        Cell::Text(&it.note),
        Cell::Text(&since),
        Cell::Text(&it.author.1),
        Cell::Text(&lifted),
        Cell::Text(it.lifted.as_ref().map_or("", |it| it.reason.as_str())),
    ])?;
    Ok(())
}

fn scope(it: SuppressionScope) -> &'static str {
    match it {
        SuppressionScope::Address => "address",
        SuppressionScope::Domain => "domain",
        SuppressionScope::Contact => "contact",
    }
}

fn channels(it: Channels) -> &'static str {
    match it {
        Channels::Email => "email",
        Channels::Sms => "sms",
        Channels::Both => "both",
    }
}

fn reason(it: SuppressionReason) -> &'static str {
    match it {
        SuppressionReason::Unsubscribed => "unsubscribed",
        SuppressionReason::Bounced => "bounced",
        SuppressionReason::Complained => "complained",
        SuppressionReason::Requested => "requested",
        SuppressionReason::ByHand => "by_hand",
        SuppressionReason::Imported => "imported",
    }
}

fn source(it: SuppressionSource) -> &'static str {
    match it {
        SuppressionSource::Person => "person",
        SuppressionSource::Import => "import",
        SuppressionSource::Recipient => "recipient",
        SuppressionSource::Relay => "relay",
    }
}
