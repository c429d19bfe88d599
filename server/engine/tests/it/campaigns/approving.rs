//! Four eyes, and what an approval covers.

use engine::testbed::TestBed;
use engine::{Ctx, campaigns, persons};
use model::{
    ApprovalRule, ApprovalState, CampaignDraft, CampaignId, CampaignState, Hindrance, Noun, Permission, PreparedDraft, Refusal,
};

use super::{draft, first, person, prepared, seen, text, to};
use crate::refused;

pub(super) const RIGHTS: [Permission; 4] =
    [Permission::CampaignWrite, Permission::CampaignRelease, Permission::CampaignApprove, Permission::MessageEditPrepared];

/// A campaign to two people that was approved by somebody else than its author.
async fn approved(bed: &TestBed, author: &Ctx, other: &Ctx) -> CampaignId {
    let ids = [person(&bed.admin(), "Nová", "eva@example.sk").await, person(&bed.admin(), "Malá", "jana@example.sk").await];
    let content = text("Pozvánka", "<p>Dobrý deň, pani {{ contact.last_name }}.</p>");
    let id = prepared(bed, author, CampaignDraft { content, ..draft(to(&ids)) }).await;
    campaigns::request_approval(author, id, "Prosím o kontrolu".into()).await.unwrap();
    campaigns::decide_approval(other, id, true, "V poriadku".into()).await.unwrap();
    id
}

#[tokio::test]
async fn nobody_releases_without_somebody_elses_approval() {
    let bed = TestBed::new().await;
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Above(1)).await.unwrap();
    let (author, other) = (bed.user_with(&RIGHTS).await, bed.user_with(&RIGHTS).await);
    let ids = [person(&bed.admin(), "Nová", "eva@example.sk").await, person(&bed.admin(), "Malá", "jana@example.sk").await];
    let id = prepared(&bed, &author, draft(to(&ids))).await;
    assert_eq!(refused(campaigns::release(&author, id, None).await), Refusal::Hindered(vec![Hindrance::NotApproved]));
    campaigns::request_approval(&author, id, String::new()).await.unwrap();
    assert_eq!(refused(campaigns::decide_approval(&author, id, true, String::new()).await), Refusal::IllegalStep(Noun::Campaign));
    campaigns::decide_approval(&other, id, false, "Chýba dátum".into()).await.unwrap();
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.approval.state, campaign.approval.comment.as_str()), (ApprovalState::Returned, "Chýba dátum"));
    campaigns::request_approval(&author, id, String::new()).await.unwrap();
    campaigns::decide_approval(&other, id, true, String::new()).await.unwrap();
    campaigns::release(&author, id, None).await.unwrap();
    assert_eq!(seen(&bed, id).await.state, CampaignState::Running);
}

#[tokio::test]
async fn below_the_number_the_author_releases_alone() {
    let bed = TestBed::new().await;
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Above(2)).await.unwrap();
    let author = bed.user_with(&RIGHTS).await;
    let id = prepared(&bed, &author, draft(to(&[person(&bed.admin(), "Nová", "eva@example.sk").await]))).await;
    campaigns::release(&author, id, None).await.unwrap();
}

#[tokio::test]
async fn any_change_after_an_approval_makes_the_release_refuse() {
    for change in 0..6 {
        let bed = TestBed::new().await;
        campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Always).await.unwrap();
        let (author, other) = (bed.user_with(&RIGHTS).await, bed.user_with(&RIGHTS).await);
        let id = approved(&bed, &author, &other).await;
        let one = first(&bed, id).await;
        let campaign = seen(&bed, id).await;
        match change {
            0 => {
                let draft = PreparedDraft { subject: "Iné".into(), html: "<p>Iné</p>".into(), text: String::new() };
                campaigns::edit_prepared(&author, id, (one.row.message, one.revision), draft).await.unwrap();
            }
            1 => assert_eq!(campaigns::exclude(&author, id, vec![one.row.message], true).await.unwrap(), 1),
            2 => {
                let content = text("Pozvánka", "<p>Celkom iné slová.</p>");
                let draft = CampaignDraft { content, ..campaign.draft };
                campaigns::save(&author, Some((id, campaign.revision)), draft).await.unwrap();
                campaigns::regenerate(&author, id).await.unwrap();
                campaigns::work_turn(&bed.engine).await.unwrap();
            }
            3 => {
                let more = person(&bed.admin(), "Ďalšia", "dalsia@example.sk").await;
                let include = [campaign.draft.audience.include.clone(), to(&[more]).include].concat();
                let audience = model::CampaignAudience { include, ..campaign.draft.audience.clone() };
                let draft = CampaignDraft { audience, ..campaign.draft };
                campaigns::save(&author, Some((id, campaign.revision)), draft).await.unwrap();
                campaigns::prepare(&author, id).await.unwrap();
                campaigns::work_turn(&bed.engine).await.unwrap();
            }
            4 => {
                campaigns::update_attachments(&author, id).await.unwrap();
            }
            _ => persons::erase(&bed.admin(), one.row.contact.unwrap()).await.unwrap(),
        }
        let refusal = refused(campaigns::release(&author, id, None).await);
        assert_eq!(refusal, Refusal::Hindered(vec![Hindrance::ApprovalBroken]), "change {change}");
        assert_ne!(seen(&bed, id).await.state, CampaignState::Running);
    }
}

#[tokio::test]
async fn without_a_change_an_approved_campaign_is_released() {
    let bed = TestBed::new().await;
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Always).await.unwrap();
    let (author, other) = (bed.user_with(&RIGHTS).await, bed.user_with(&RIGHTS).await);
    let id = approved(&bed, &author, &other).await;
    campaigns::review(&other, super::everything(id), None).await.unwrap();
    campaigns::release(&author, id, None).await.unwrap();
}

#[tokio::test]
async fn another_data_key_leaves_an_approval_as_it_is() {
    let bed = TestBed::new().await;
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Always).await.unwrap();
    let (author, other) = (bed.user_with(&RIGHTS).await, bed.user_with(&RIGHTS).await);
    let id = prepared(&bed, &author, draft(super::typed("eva@example.sk"))).await;
    campaigns::request_approval(&author, id, String::new()).await.unwrap();
    campaigns::decide_approval(&other, id, true, String::new()).await.unwrap();
    let key = store::MasterKey::from_hex(&"5e".repeat(32)).unwrap();
    engine::keys::add(&bed.folder().join("posel.db"), &key).await.unwrap();
    assert_eq!(engine::keys::turn(&bed.engine, &|_| ()).await.unwrap(), engine::keys::Turned::Done);
    campaigns::release(&author, id, None).await.unwrap();
}

#[tokio::test]
async fn of_two_who_release_at_once_one_is_refused() {
    let bed = TestBed::new().await;
    let (one, other) = (bed.user_with(&RIGHTS).await, bed.user_with(&RIGHTS).await);
    let id = prepared(&bed, &one, draft(to(&[person(&bed.admin(), "Nová", "eva@example.sk").await]))).await;
    let (first, second) = tokio::join!(campaigns::release(&one, id, None), campaigns::release(&other, id, None));
    let refusals: Vec<Refusal> = [first, second].into_iter().filter(Result::is_err).map(refused).collect();
    assert_eq!(refusals, [Refusal::IllegalStep(Noun::Campaign)]);
}
