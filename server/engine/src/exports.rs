//! Contacts as a file, made while it is read: however many there are, only one piece is held.

use model::export::{COLUMNS, CONSENTS, EMAILS, PHONES};
use model::{
    Channel, Chosen, ConsentDraft, ConsentState, ConsentWay, ContactId, Day, Decimal, Deed, ExportFormat, ExportOrder,
    FieldDefinition, FieldKind, Permission,
};
use store::exports::{Beside, Exported, OwnText};
use tables::write::{Cell, Column, Writer};

use crate::outflow::{Outflow, Pieces};
use crate::{Ctx, Engine, Error};

/// A file on its way out, one piece after the other.
pub struct Export {
    engine: Engine,
    chosen: Chosen,
    format: ExportFormat,
    own: Vec<FieldDefinition>,
    behind: Option<ContactId>,
    bytes: Outflow,
    writer: Option<Writer<Outflow>>,
}

/// Begins the export of the chosen contacts, and notes it before the first byte leaves.
///
/// # Errors
/// Refuses who may not export or see contacts, and a segment that is gone.
pub async fn contacts(ctx: &Ctx, order: ExportOrder) -> Result<Export, Error> {
    ctx.require(Permission::Export)?;
    ctx.require(Permission::ContactsView)?;
    order.check()?;
    let ExportOrder { mut chosen, format, headings } = order;
    let mut tx = ctx.engine.store.write().await?;
    if let Chosen::Matching { filter, .. } = &mut chosen {
        store::segments::filter(&mut tx, filter, ctx.now()).await?;
    }
    let n = store::exports::count(&mut tx, &chosen).await?;
    ctx.log(&mut tx, Deed::ContactsExported(format, u32::try_from(n).unwrap_or(u32::MAX))).await?;
    let own = if format == ExportFormat::Text { Vec::new() } else { store::fields::all(&mut tx).await? };
    tx.commit().await?;
    let bytes = Outflow::default();
    let writer = Writer::new(format, &columns(format, &headings, &own), bytes.clone())?;
    Ok(Export { engine: ctx.engine.clone(), chosen, format, own, behind: None, bytes, writer: Some(writer) })
}

impl Pieces for Export {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut writer) = self.writer.take() else { return Ok(None) };
        let mut reader = self.engine.store.read().await?;
        let step = store::chosen::step(&mut reader, &self.chosen, self.behind).await?;
        if !step.ids.is_empty() {
            let rows = store::exports::rows(&mut reader, &step.ids).await?;
            let beside = match self.format {
                ExportFormat::Text => Beside::default(),
                _ => store::exports::beside(&mut reader, &step.ids).await?,
            };
            for row in &rows {
                self.write(&mut writer, row, &beside)?;
            }
        }
        match step.next {
            Some(next) => {
                self.behind = Some(next);
                self.writer = Some(writer);
            }
            None => {
                writer.finish()?;
            }
        }
        Ok(Some(self.bytes.take()))
    }
}

impl Export {
    fn write(&self, writer: &mut Writer<Outflow>, row: &Exported, beside: &Beside) -> Result<(), Error> {
        if self.format == ExportFormat::Text {
            let main = if row.email.is_empty() { Vec::new() } else { vec![row.email.clone()] };
            return Ok(writer.row(&[Cell::Texts(&main)])?);
        }
        let addresses = beside.addresses.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let of = |channel: &str, purpose: &str| -> Vec<String> {
            addresses.iter().filter(|it| it.0 == channel && it.1 == purpose).map(|it| it.2.clone()).collect()
        };
        let emails = EMAILS.map(|it| of("email", it.1));
        let phones = PHONES.map(|it| of("sms", it.1));
        let tags = beside.tags.get(&row.id).map(|it| it.join(", ")).unwrap_or_default();
        let values = beside.values.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let own: Vec<Option<Own>> =
            self.own.iter().map(|field| values.iter().find(|it| it.field == field.id.0).map(|it| own(field, it))).collect();
        let obtained_on = row.obtained_on.map(|it| Day(it).to_string()).unwrap_or_default();
        let mut cells: Vec<Cell<'_>> = texts(row, &obtained_on).into_iter().map(Cell::Text).collect();
        cells.extend(emails.iter().map(|it| Cell::Texts(it)));
        cells.extend(phones.iter().map(|it| Cell::Phones(it)));
        cells.push(Cell::Text(&tags));
        let consents = consents(beside.consents.get(&row.id).map(Vec::as_slice).unwrap_or_default());
        cells.extend(consents.iter().map(|it| Cell::Text(it)));
        cells.extend(own.iter().map(|it| match it {
            Some(Own::Text(text)) => Cell::Text(text),
            Some(Own::Date(day)) => Cell::Date(day),
            Some(Own::Number(number)) => Cell::Decimal(*number),
            None => Cell::Empty,
        }));
        Ok(writer.row(&cells)?)
    }
}

/// The value of an own field as a cell takes it.
enum Own {
    Text(String),
    Date(String),
    Number(f64),
}

fn own(field: &FieldDefinition, value: &OwnText) -> Own {
    let number = value.number.unwrap_or_default();
    match field.kind {
        FieldKind::Text | FieldKind::Choice => Own::Text(value.text.clone().unwrap_or_default()),
        FieldKind::Date => Own::Date(Day(number).to_string()),
        FieldKind::Number => {
            // The decimal is exact in its own words; only the cell is a float.
            Decimal(number).to_string().parse().map_or_else(|_| Own::Text(Decimal(number).to_string()), Own::Number)
        }
    }
}

/// What was last said about each channel, in the order of [`CONSENTS`]. Of an open question nothing is told: its answer is not known.
fn consents(said: &[ConsentDraft]) -> [String; CONSENTS.len()] {
    let mut texts = [const { String::new() }; CONSENTS.len()];
    for it in said {
        let state = match it.state {
            ConsentState::Given => "given",
            ConsentState::Confirmed => "confirmed",
            ConsentState::Withdrawn => "withdrawn",
            ConsentState::Unknown | ConsentState::Asked => continue,
        };
        let way = match it.way {
            ConsentWay::Paper => "paper",
            ConsentWay::Web => "web",
            ConsentWay::Email => "email",
            ConsentWay::Phone => "phone",
            ConsentWay::Person => "person",
            ConsentWay::Contract => "contract",
            ConsentWay::Other => "other",
            ConsentWay::Link => "link",
        };
        let told = [state.to_owned(), it.on.to_string(), way.to_owned(), it.proof.clone()];
        let from = if it.channel == Channel::Sms { told.len() } else { 0 };
        texts[from..].iter_mut().zip(told).for_each(|(into, text)| *into = text);
    }
    texts
}

/// The texts of a contact in the order of [`COLUMNS`].
fn texts<'a>(row: &'a Exported, obtained_on: &'a str) -> [&'a str; COLUMNS.len()] {
    [
        &row.nature,
        &row.kind,
        &row.title_before,
        &row.first_name,
        &row.last_name,
        &row.title_after,
        &row.company_name,
        &row.position,
        &row.salutation,
        &row.language,
        &row.street,
        &row.city,
        &row.postcode,
        &row.country,
        &row.delivery_street,
        &row.delivery_city,
        &row.delivery_postcode,
        &row.delivery_country,
        &row.registration_number,
        &row.tax_number,
        &row.vat_number,
        &row.note,
        // What is not known is empty, as everywhere.
        if row.gender == "unknown" { "" } else { &row.gender },
        &row.first_vocative,
        &row.last_vocative,
        if row.no_bulk { "yes" } else { "" },
        &row.obtained_way,
        obtained_on,
        &row.obtained_note,
        &row.owner,
        &row.parent_registration_number,
        &row.parent_name,
    ]
}

/// The columns, under the headings of the reader where there are some, else under the names that an import knows again.
fn columns(format: ExportFormat, headings: &[String], own: &[FieldDefinition]) -> Vec<Column> {
    if format == ExportFormat::Text {
        return vec![Column::new("email", "email")];
    }
    let fixed = model::export::columns().enumerate().map(|(n, name)| {
        let heading = headings.get(n).map(|it| it.trim()).filter(|it| !it.is_empty()).unwrap_or(name);
        Column::new(heading, name)
    });
    fixed.chain(own.iter().map(|it| Column::new(&it.name, format!("field:{}", it.key)))).collect()
}
