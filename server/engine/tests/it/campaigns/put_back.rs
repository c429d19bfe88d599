//! Campaigns in a copy of the database that was put back: they neither begin nor go on by themselves.

use engine::testbed::TestBed;
use engine::{campaigns, capture, outbox, put_back};
use model::time::hours;
use model::{CampaignState, PutBackDecision};

use super::{carry, draft, prepared, seen, typed};

#[tokio::test]
async fn a_copy_neither_begins_nor_goes_on_with_a_campaign_until_a_person_has_decided() {
    let mut bed = TestBed::new().await;
    let admin = bed.admin();
    let running = prepared(&bed, &admin, draft(typed("eva@example.sk, jan@example.sk"))).await;
    let scheduled = prepared(&bed, &admin, draft(typed("ida@example.sk"))).await;
    campaigns::release(&admin, running, None).await.unwrap();
    campaigns::release(&admin, scheduled, Some(admin.now().plus(hours(1)))).await.unwrap();
    let backup = bed.backup();
    bed.advance(hours(2));
    carry(&bed).await;
    bed.put_back(&backup).await;
    carry(&bed).await;
    let kept = async |bed: &TestBed| capture::list(&bed.admin(), None).await.unwrap().rows.len();
    assert_eq!(kept(&bed).await, 0);
    assert_eq!(seen(&bed, scheduled).await.state, CampaignState::Scheduled);
    let it = outbox::look(&bed.admin()).await.unwrap().put_back.unwrap();
    assert_eq!((it.campaigns, it.left_since), (2, Some(3)));
    put_back::decide(&bed.admin(), PutBackDecision::SetAside).await.unwrap();
    carry(&bed).await;
    assert_eq!(kept(&bed).await, 0);
    assert_eq!(seen(&bed, running).await.state, CampaignState::Paused);
    assert_eq!(seen(&bed, scheduled).await.state, CampaignState::Prepared);
    campaigns::resume(&bed.admin(), running).await.unwrap();
    carry(&bed).await;
    assert_eq!(kept(&bed).await, 2);
}
