//! The result of a campaign as a file: everybody in the audience with what became of the message, made while it is read, or the figures
//! on paper.

mod paper;

use model::{
    CampaignDeed, CampaignExportOrder, CampaignId, Deed, ExportFormat, LeftOut, LocalTime, Measure, Moment, Permission,
    RecipientResult,
};
use store::campaigns::outcomes::{Outcome, outcomes};
use tables::write::{Cell, Column, Writer};

use super::require_sight;
use crate::outflow::{Outflow, Pieces};
use crate::{Ctx, Engine, Error};

/// How many recipients are read at once.
const BATCH: u32 = 1_000;

/// A file on its way out, one piece after the other.
pub struct CampaignExport {
    engine: Engine,
    order: CampaignExportOrder,
    /// Which reactions there are columns for.
    measure: Measure,
    work: Work,
}

/// What is still to be handed out.
enum Work {
    /// Rows behind this place.
    Rows(i64, Outflow, Box<Writer<Outflow>>),
    /// Everything at once.
    Whole(Vec<u8>),
    Done,
}

/// Begins the export of a campaign's result, and notes it before the first byte leaves.
///
/// # Errors
/// Refuses who may not export or see campaigns, and a campaign that is not there.
pub async fn export(ctx: &Ctx, order: CampaignExportOrder) -> Result<CampaignExport, Error> {
    ctx.require(Permission::Export)?;
    require_sight(ctx)?;
    order.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let (groups, _) = store::campaigns::audience::counts(&mut tx, order.campaign).await?;
    let n = u32::try_from(groups.iter().sum::<u64>()).unwrap_or(u32::MAX);
    let it = store::campaigns::by_id(&ctx.engine.store, &mut tx, order.campaign).await?;
    let measure = store::reactions::measure(&mut tx, order.campaign).await?;
    ctx.log(&mut tx, Deed::Campaign(order.campaign, CampaignDeed::Exported(n))).await?;
    tx.commit().await?;
    let work = match order.format.table() {
        Some(format) => begin(format, &order, measure)?,
        None => Work::Whole(paper::report(ctx, &order, &it).await?),
    };
    Ok(CampaignExport { engine: ctx.engine.clone(), order, measure, work })
}

fn begin(format: ExportFormat, order: &CampaignExportOrder, measure: Measure) -> Result<Work, Error> {
    let columns = ["name", "address", "result", "reason", "answer", "tries", "at", "unsubscribed"];
    let measured = [measure.opens.then_some("opened"), measure.clicks.then_some("clicked")];
    let columns = columns.into_iter().chain(measured.into_iter().flatten());
    let columns: Vec<Column> = columns.map(|it| Column::new(order.word(&["column.", it].concat()), it)).collect();
    let bytes = Outflow::default();
    let writer = Writer::new(format, &columns, bytes.clone())?;
    Ok(Work::Rows(0, bytes, Box::new(writer)))
}

impl Pieces for CampaignExport {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        match std::mem::replace(&mut self.work, Work::Done) {
            Work::Done => Ok(None),
            Work::Whole(bytes) => Ok(Some(bytes)),
            Work::Rows(behind, bytes, mut writer) => {
                let id: CampaignId = self.order.campaign;
                let mut reader = self.engine.store.read().await?;
                let rows = outcomes(&mut reader, id, behind, BATCH).await?;
                drop(reader);
                for row in &rows {
                    self.write(&mut writer, row)?;
                }
                match rows.last().filter(|_| rows.len() == BATCH as usize) {
                    Some(last) => self.work = Work::Rows(last.place, bytes.clone(), writer),
                    None => {
                        writer.finish()?;
                    }
                }
                Ok(Some(bytes.take()))
            }
        }
    }
}

impl CampaignExport {
    fn write(&self, writer: &mut Writer<Outflow>, it: &Outcome) -> Result<(), Error> {
        let address = [it.address.clone()];
        let reason = match &it.left_out {
            Some(LeftOut::Duplicate(of)) => [self.order.word("reason.duplicate"), ": ", of].concat(),
            Some(reason) => self.order.word(reason.word()).to_owned(),
            None => String::new(),
        };
        let at = it.at.map(shown).unwrap_or_default();
        let yes = |is: bool| if is { Cell::Text(self.order.word("yes")) } else { Cell::Empty };
        let mut cells = vec![
            Cell::Text(&it.name),
            if it.address.starts_with('+') { Cell::Phones(&address) } else { Cell::Text(&it.address) },
            Cell::Text(self.order.word(result(it).word())),
            Cell::Text(&reason),
            Cell::Text(&it.reply),
            if it.delivery.is_some() { Cell::Number(i64::from(it.tries)) } else { Cell::Empty },
            Cell::Text(&at),
            yes(it.has_unsubscribed),
        ];
        if self.measure.opens {
            cells.push(yes(it.seen.is_some_and(|it| it.opened)));
        }
        if self.measure.clicks {
            cells.push(yes(it.seen.is_some_and(|it| it.clicked)));
        }
        Ok(writer.row(&cells)?)
    }
}

/// What became of somebody.
fn result(it: &Outcome) -> RecipientResult {
    match it.message {
        _ if it.left_out.is_some() => RecipientResult::LeftOut,
        _ if it.is_set_apart => RecipientResult::SetApart,
        Some(message) => RecipientResult::of(message, it.delivery),
        None => RecipientResult::Waiting,
    }
}

/// A moment as clocks on the wall show it, in a form that sorts by itself: `2026-11-20 13:05`.
fn shown(moment: Moment) -> String {
    let LocalTime { day, minute } = LocalTime::of(moment);
    format!("{day} {:02}:{:02}", minute / 60, minute % 60)
}
