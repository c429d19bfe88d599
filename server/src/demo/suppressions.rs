//! Some whom the company must not write to any more, for every reason there is.

use engine::{Ctx, suppressions};
use model::time::seconds;
use model::{
    Channels, ContactDraft, ContactId, ContactSuppressionDraft, SuppressionFilter, SuppressionQuery, SuppressionReason,
    SuppressionsDraft,
};

use super::Error;
use super::staff::Staff;

/// Addresses and domains with the reason and the note.
const KNOWN: [(&str, SuppressionReason, &str); 6] = [
    ("reklamacie@kovovyroba-trenka.example", SuppressionReason::Bounced, "Schránka neexistuje, trikrát po sebe"),
    ("@drevo-export.example", SuppressionReason::ByHand, "Spor o platbu, píše len právnik"),
    (
        "info@penzion-pod-lipou.example; recepcia@penzion-pod-lipou.example",
        SuppressionReason::Requested,
        "Telefonát so slečnou z recepcie",
    ),
    ("novinky.odber@stavby-horak.example", SuppressionReason::Unsubscribed, ""),
    ("obchod@staveniste-plus.example", SuppressionReason::Complained, "Označili ponuku za spam"),
    ("+421 999 555 010, +420 999 555 020", SuppressionReason::Imported, "Zo starého programu"),
];

/// Writes them down within a few minutes.
pub async fn write(staff: &Staff, known: &[(ContactId, ContactDraft)]) -> Result<(), Error> {
    for (n, (targets, reason, note)) in KNOWN.into_iter().enumerate() {
        let ctx: &Ctx = if n % 2 == 0 { &staff.manager } else { &staff.writers[0] };
        ctx.engine.clock().advance(seconds(20));
        let draft = SuppressionsDraft { targets: targets.to_owned(), reason, note: note.to_owned() };
        suppressions::add(ctx, draft).await?;
    }
    if let Some((id, _)) = known.last() {
        let note = "Písomná žiadosť, založená v spise".to_owned();
        let draft = ContactSuppressionDraft { channels: Channels::Both, reason: SuppressionReason::Requested, note };
        suppressions::suppress_contact(&staff.manager, *id, draft).await?;
    }
    // One was a mistake.
    let filter = SuppressionFilter { reason: Some(SuppressionReason::Unsubscribed), ..SuppressionFilter::default() };
    let page = suppressions::list(&staff.manager, SuppressionQuery { filter, after: None }).await?;
    staff.manager.engine.clock().advance(seconds(40));
    for it in page.rows {
        suppressions::lift(&staff.manager, it.id, "Prihlásil sa znova formulárom na webe".to_owned()).await?;
    }
    Ok(())
}
