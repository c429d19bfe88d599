//! What stays of a campaign when the time of its messages is over.

use engine::testbed::TestBed;
use engine::{campaigns, history, retention};
use model::person::ERASED_ADDRESS;
use model::time::days;
use model::{
    AudienceQuery, CampaignAudience, MessageFilter, MessageQuery, Noun, Permission, RecipientGroup, Refusal, RetentionEnd,
    RetentionKind, RetentionRule, RetentionRules,
};

use super::{carry, draft, person, prepared, seen, to};
use crate::refused;

#[tokio::test]
async fn when_its_messages_have_lost_their_content_the_figures_of_a_campaign_stay() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let ids = [person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Malá", "jana@example.sk").await];
    let audience = CampaignAudience { typed: "hlúposť".into(), ..to(&ids) };
    let id = prepared(&bed, &admin, draft(audience)).await;
    let left_out = AudienceQuery { campaign: id, group: RecipientGroup::Invalid, after: None };
    assert_eq!(campaigns::audience(&admin, left_out.clone()).await.unwrap().rows[0].address, "hlúposť");
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let before = (seen(&bed, id).await.counts, campaigns::report(&admin, id).await.unwrap());
    bed.advance(days(100));
    let mut rules = RetentionRules { bin_days: 1, ..RetentionRules::default() };
    rules.kinds.insert(RetentionKind::CampaignService, RetentionRule { months: Some(1), end: RetentionEnd::Anonymise });
    let revision = retention::open(&admin).await.unwrap().revision;
    retention::save_rules(&admin, revision, rules).await.unwrap();
    retention::look(&admin).await.unwrap();
    while retention::turn(&bed.engine).await.unwrap() {}
    retention::apply(&admin).await.unwrap();
    while retention::turn(&bed.engine).await.unwrap() {}
    bed.advance(days(1));
    while retention::turn(&bed.engine).await.unwrap() {}
    let filter = MessageFilter { campaign: Some(id), ..MessageFilter::default() };
    let rows = history::list(&admin, MessageQuery { filter, ..MessageQuery::default() }).await.unwrap().rows;
    assert_eq!((rows.len(), rows.iter().all(|it| it.is_erased && it.subject.is_empty())), (2, true));
    assert_eq!((seen(&bed, id).await.counts, campaigns::report(&admin, id).await.unwrap()), before);
    let row = campaigns::audience(&admin, left_out).await.unwrap().rows.remove(0);
    assert_eq!((row.name.as_str(), row.address.as_str(), row.contact), ("", ERASED_ADDRESS, None));
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_campaign_that_is_over_is_kept_as_proof_as_a_whole() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let ids = [person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Malá", "jana@example.sk").await];
    let id = prepared(&bed, &admin, draft(to(&ids))).await;
    assert_eq!(refused(retention::keep_campaign_as_proof(&admin, id, true).await), Refusal::IllegalStep(Noun::Campaign));
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let writer = bed.user_with(&[Permission::CampaignWrite]).await;
    assert_eq!(
        refused(retention::keep_campaign_as_proof(&writer, id, true).await),
        Refusal::NotPermitted(Permission::RetentionManage)
    );
    assert_eq!(retention::keep_campaign_as_proof(&admin, id, true).await.unwrap(), 2);
    assert_eq!(retention::keep_campaign_as_proof(&admin, id, true).await.unwrap(), 0);
    let filter = MessageFilter { campaign: Some(id), ..MessageFilter::default() };
    let rows = history::list(&admin, MessageQuery { filter, ..MessageQuery::default() }).await.unwrap().rows;
    assert_eq!(refused(retention::delete(&admin, vec![rows[0].id]).await), Refusal::KeptAsProof);
    assert_eq!(retention::keep_campaign_as_proof(&admin, id, false).await.unwrap(), 2);
    retention::delete(&admin, vec![rows[0].id]).await.unwrap();
}
