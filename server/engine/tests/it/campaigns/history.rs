//! The time line of a campaign: its entries open to the messages that were made or left meanwhile.

use std::collections::BTreeSet;

use engine::testbed::TestBed;
use engine::{Ctx, campaigns, worker};
use model::time::{minutes, seconds};
use model::{
    CampaignDeed, CampaignDraft, CampaignId, CampaignPace, CampaignRun, Deed, MessageId, PAGE_ROWS, Permission, Refusal, RunKind,
    RunQuery,
};

use super::{carry, draft, prepared, typed};
use crate::refused;

fn many(n: usize) -> String {
    (0..n).map(|n| format!("clovek{n}@example.sk")).collect::<Vec<_>>().join(", ")
}

/// What opens to messages, oldest first: the deed, and how many messages were made and left.
async fn runs(ctx: &Ctx, id: CampaignId) -> Vec<(CampaignDeed, Vec<CampaignRun>)> {
    let page = campaigns::history(ctx, id, None).await.unwrap();
    let deed = |it: &Deed| match it {
        Deed::Campaign(_, deed) => *deed,
        other => panic!("{other:?}"),
    };
    page.rows.iter().rev().filter(|it| !it.runs.is_empty()).map(|it| (deed(&it.entry.deed), it.runs.clone())).collect()
}

/// All messages of a run, page by page.
async fn messages(ctx: &Ctx, campaign: CampaignId, run: CampaignRun) -> Vec<MessageId> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let query = RunQuery { campaign, span: run.span, after };
        let page = campaigns::run_messages(ctx, query).await.unwrap();
        assert!(page.rows.len() <= PAGE_ROWS);
        found.extend(page.rows.into_iter().map(|it| it.id));
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

#[tokio::test]
async fn what_was_made_and_what_left_is_reached_from_the_entry_that_tells_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let pace = CampaignPace { per_hour: Some(3_600), window: None };
    let id = prepared(&bed, &admin, CampaignDraft { pace, ..draft(typed(&many(150))) }).await;
    bed.advance(minutes(1));
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    bed.advance(seconds(9));
    worker::turn(&bed.engine).await.unwrap();
    campaigns::pause(&admin, id).await.unwrap();
    bed.advance(minutes(1));
    campaigns::resume(&admin, id).await.unwrap();
    for _ in 0..20 {
        bed.advance(minutes(1));
        carry(&bed).await;
    }
    let runs = runs(&admin, id).await;
    let told: Vec<_> =
        runs.iter().map(|(deed, runs)| (*deed, runs.iter().map(|it| (it.span.kind, it.messages)).collect::<Vec<_>>())).collect();
    let expected = [
        (CampaignDeed::Prepared(150), vec![(RunKind::Made, 150)]),
        (CampaignDeed::Released(150), vec![(RunKind::Sent, 10)]),
        (CampaignDeed::Resumed, vec![(RunKind::Sent, 140)]),
    ];
    assert_eq!(told, expected);
    let mut left = BTreeSet::new();
    for (_, runs) in &runs {
        let listed = messages(&admin, id, runs[0]).await;
        assert_eq!(listed.len() as u64, runs[0].messages);
        let once: BTreeSet<MessageId> = listed.iter().copied().collect();
        assert_eq!(once.len(), listed.len(), "each once");
        if runs[0].span.kind == RunKind::Sent {
            left.extend(once);
        }
    }
    assert_eq!(left.len(), 150);
}

#[tokio::test]
async fn whoever_sees_no_messages_is_told_what_was_done_alone() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed("eva@example.sk"))).await;
    let span = runs(&admin, id).await[0].1[0].span;
    let releases = bed.user_with(&[Permission::CampaignRelease]).await;
    assert!(runs(&releases, id).await.is_empty() && !campaigns::history(&releases, id, None).await.unwrap().rows.is_empty());
    let query = RunQuery { campaign: id, span, after: None };
    let denied = refused(campaigns::run_messages(&releases, query.clone()).await);
    assert_eq!(denied, Refusal::NotPermitted(Permission::MessagesViewOwn));
    let own = bed.user_with(&[Permission::CampaignRelease, Permission::MessagesViewOwn]).await;
    assert!(runs(&own, id).await.is_empty(), "the campaign is somebody else's");
    assert!(campaigns::run_messages(&own, query).await.unwrap().rows.is_empty());
}
