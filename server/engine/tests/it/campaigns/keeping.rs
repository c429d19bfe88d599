//! What stays of a campaign when the time of its messages is over.

use engine::testbed::TestBed;
use engine::{campaigns, history, retention};
use model::time::days;
use model::{MessageFilter, MessageQuery, RetentionEnd, RetentionKind, RetentionRule, RetentionRules};

use super::{carry, draft, person, prepared, seen, to};

#[tokio::test]
async fn when_its_messages_have_lost_their_content_the_figures_of_a_campaign_stay() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let ids = [person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Malá", "jana@example.sk").await];
    let id = prepared(&bed, &admin, draft(to(&ids))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let before = (seen(&bed, id).await.counts, campaigns::report(&admin, id).await.unwrap());
    bed.advance(days(100));
    let mut rules = RetentionRules { bin_days: 1, ..RetentionRules::default() };
    rules.kinds.insert(RetentionKind::CampaignService, RetentionRule { months: Some(1), end: RetentionEnd::Anonymise });
    retention::save_rules(&admin, rules).await.unwrap();
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
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}
