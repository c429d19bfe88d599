//! The report of a campaign on paper: the figures, and why messages did not arrive.

use content::merge::{Decimal, number};
use documents::{Align, Block, Column, Document, Table};
use model::campaign::tenths;
use model::{CampaignExportOrder, CampaignReport, FailureKind, Language, LinkReactions, Moment, Reactions, RecipientGroup};
use store::campaigns::Stored;

use super::shown;
use crate::{Ctx, Error};

/// How many reasons are told.
const REASONS: usize = 40;

/// Draws the report.
pub(super) async fn report(ctx: &Ctx, order: &CampaignExportOrder, it: &Stored) -> Result<Vec<u8>, Error> {
    let report = crate::campaigns::report(ctx, order.campaign).await?;
    let mut reader = ctx.engine.store.read().await?;
    let company = store::company::get(&mut reader).await?.unwrap_or_default();
    drop(reader);
    let document = document(order, it, &report, &company.name, ctx.now());
    Ok(documents::pdf(&document)?)
}

fn document(order: &CampaignExportOrder, it: &Stored, report: &CampaignReport, company: &str, now: Moment) -> Document {
    let word = |name: &str| order.word(name).to_owned();
    let about = [it.draft.classification.trim(), it.author.1.as_str(), company];
    let mut blocks = vec![
        Block::Pairs(
            [("report.started", report.started_at), ("report.ended", report.ended_at)]
                .into_iter()
                .filter_map(|(name, at)| Some((word(name), shown(at?))))
                .collect(),
        ),
        Block::Heading(word("report.figures")),
        figures(order, report),
    ];
    if let Some(reactions) = &report.reactions {
        blocks.push(Block::Heading(word("report.reactions")));
        blocks.extend(reacted(order, reactions));
    }
    if !report.reasons.is_empty() {
        blocks.push(Block::Heading(word("report.reasons")));
        blocks.push(reasons(order, report));
    }
    if !it.draft.note.trim().is_empty() {
        blocks.push(Block::Text(it.draft.note.trim().to_owned()));
    }
    Document {
        title: it.draft.name.trim().to_owned(),
        subtitle: about.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · "),
        language: order.language.code().to_owned(),
        footer: [word("report.title").as_str(), " · ", &shown(now)].concat(),
        blocks,
        ..Document::default()
    }
}

/// What became of how many, and which share of all that is.
fn figures(order: &CampaignExportOrder, report: &CampaignReport) -> Block {
    let counts = &report.counts;
    let all = counts.recipients();
    let left_out = RecipientGroup::ALL.into_iter().skip(2).map(|it| counts.of(it)).sum();
    let rows = [
        ("report.recipients", all),
        ("report.sent", counts.sent),
        ("report.delivered", report.delivered),
        ("report.bounced", report.bounced),
        ("report.failed", counts.failed),
        ("report.suppressed", counts.suppressed),
        ("report.unknown", counts.unknown),
        ("report.cancelled", counts.cancelled),
        ("report.waiting", counts.prepared + counts.waiting + counts.sending),
        ("report.unsubscribed", report.unsubscribed),
        ("report.complained", report.complained),
        ("report.left_out", left_out),
    ];
    let row = |(name, n): (&str, u64)| {
        let share = if name == "report.left_out" { String::new() } else { share(n, all, order.language) };
        vec![order.word(name).to_owned(), grouped(n, order.language), share]
    };
    let columns = vec![Column::left("", 3.0), Column::right(order.word("report.count"), 1.0), Column::right("%", 1.0)];
    Block::Table(Table { columns, rows: rows.into_iter().map(row).collect() })
}

/// How people reacted, how far that can be believed, and which links they followed.
fn reacted(order: &CampaignExportOrder, reactions: &Reactions) -> Vec<Block> {
    let word = |name: &str| order.word(name).to_owned();
    let rows = [
        ("report.named", reactions.named, true),
        ("report.opened", reactions.opened, reactions.measure.opens),
        ("report.clicked", reactions.clicked, reactions.measure.clicks),
    ];
    let row =
        |(name, n, _): (&str, u64, bool)| vec![word(name), grouped(n, order.language), share(n, reactions.named, order.language)];
    let columns = vec![Column::left("", 3.0), Column::right(word("report.count"), 1.0), Column::right("%", 1.0)];
    let rows = rows.into_iter().filter(|it| it.2).map(row).collect();
    let mut blocks = vec![Block::Table(Table { columns, rows }), Block::Text(word("report.unreliable"))];
    if !reactions.links.is_empty() {
        let columns = vec![
            Column::left(word("report.links"), 6.0),
            Column::right(word("report.named"), 1.5),
            Column::right(word("report.count"), 1.0),
        ];
        let row =
            |it: &LinkReactions| vec![it.target.clone(), grouped(it.people, order.language), grouped(it.clicks, order.language)];
        blocks.push(Block::Table(Table { columns, rows: reactions.links.iter().take(REASONS).map(row).collect() }));
    }
    blocks
}

fn reasons(order: &CampaignExportOrder, report: &CampaignReport) -> Block {
    let rows = report.reasons.iter().take(REASONS).map(|it| {
        let kind = match it.kind {
            FailureKind::Rejected => "result.rejected",
            FailureKind::Returned => "result.returned",
            FailureKind::Expired => "result.expired",
            FailureKind::Suppressed => "result.suppressed",
            FailureKind::Unknown => "result.unknown",
            FailureKind::Cancelled => "result.cancelled",
        };
        vec![grouped(it.count, order.language), order.word(kind).to_owned(), it.words.clone()]
    });
    let columns = vec![
        Column { align: Align::Right, ..Column::left(order.word("report.count"), 1.0) },
        Column::left(order.word("column.result"), 2.0),
        Column::left(order.word("column.answer"), 6.0),
    ];
    Block::Table(Table { columns, rows: rows.collect() })
}

/// A whole number as it is read in a language.
fn grouped(n: u64, language: Language) -> String {
    number(Decimal::from(n), None, language.into())
}

/// A share in percent with one decimal place; nothing of nothing.
fn share(n: u64, of: u64, language: Language) -> String {
    tenths(n, of).map_or_else(String::new, |it| number(Decimal::from(it) / Decimal::TEN, Some(1), language.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_groups_of_three() {
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(|n| grouped(n, Language::Sk)),
            ["0", "999", "1\u{a0}000", "1\u{a0}234\u{a0}567"]
        );
    }

    #[test]
    fn a_share_has_one_decimal_place_and_nothing_has_no_share() {
        let czech = |n, of| share(n, of, Language::Cs);
        assert_eq!([czech(1, 3), czech(2, 3), czech(5, 5), czech(0, 0)], ["33,3", "66,7", "100,0", ""]);
        assert_eq!(share(1, 3, Language::En), "33.3");
    }
}
