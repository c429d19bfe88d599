//! Campaigns: from the audience to the report.

mod after;
mod approving;
mod domains;
mod exchange;
mod forecast;
mod held;
mod history;
mod keeping;
mod persons;
mod preparing;
mod proofs;
mod put_back;
mod reacting;
mod running;

use engine::testbed::TestBed;
use engine::{Ctx, campaigns, contacts};
use model::{
    AudiencePart, Campaign, CampaignAudience, CampaignContent, CampaignDraft, CampaignId, CampaignKind, Channel, Chosen,
    ContactDraft, ContactId, Language, PreparedMessage, ReviewGroupKind, ReviewPlace, ReviewQuery, ReviewSort, ReviewedMessage,
    TemplateBody, TemplateText,
};

async fn person(ctx: &Ctx, last: &str, email: &str) -> ContactId {
    let emails = if email.is_empty() { Vec::new() } else { vec![email.into()] };
    let draft = ContactDraft { first_name: "Eva".into(), last_name: last.into(), emails, ..ContactDraft::default() };
    contacts::save(ctx, None, draft).await.unwrap()
}

fn to(ids: &[ContactId]) -> CampaignAudience {
    let include = vec![AudiencePart::Contacts(Chosen::Ticked(ids.to_vec()))];
    CampaignAudience { include, ..CampaignAudience::default() }
}

fn typed(addresses: &str) -> CampaignAudience {
    CampaignAudience { typed: addresses.into(), ..CampaignAudience::default() }
}

fn text(subject: &str, html: &str) -> CampaignContent {
    let text = TemplateText {
        subject: subject.into(),
        body: TemplateBody::Html(html.into()),
        ..TemplateText::empty(Language::Sk, Channel::Email)
    };
    CampaignContent::Own(vec![text])
}

fn draft(audience: CampaignAudience) -> CampaignDraft {
    CampaignDraft {
        name: "Zmena sídla".into(),
        kind: CampaignKind::Service,
        content: text("Zmena sídla", "<p>Dobrý deň, presťahovali sme sa.</p>"),
        audience,
        ..CampaignDraft::default()
    }
}

async fn made(ctx: &Ctx, draft: CampaignDraft) -> CampaignId {
    campaigns::save(ctx, None, draft).await.unwrap().0
}

async fn prepared(bed: &TestBed, ctx: &Ctx, draft: CampaignDraft) -> CampaignId {
    let id = made(ctx, draft).await;
    campaigns::prepare(ctx, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    id
}

async fn seen(bed: &TestBed, id: CampaignId) -> Campaign {
    campaigns::open(&bed.admin(), id).await.unwrap()
}

fn everything(campaign: CampaignId) -> ReviewPlace {
    ReviewPlace { campaign, group: ReviewGroupKind::All, sort: ReviewSort::Place }
}

async fn listed(bed: &TestBed, campaign: CampaignId, group: ReviewGroupKind) -> Vec<PreparedMessage> {
    let place = ReviewPlace { group, ..everything(campaign) };
    let query = ReviewQuery { place, words: String::new(), after: None };
    campaigns::review_page(&bed.admin(), query).await.unwrap().rows
}

async fn first(bed: &TestBed, campaign: CampaignId) -> ReviewedMessage {
    campaigns::review(&bed.admin(), everything(campaign), None).await.unwrap().unwrap()
}

/// Lets everything leave that may now.
async fn carry(bed: &TestBed) {
    for _ in 0..3 {
        campaigns::feed_turn(&bed.engine).await.unwrap();
        engine::worker::turn(&bed.engine).await.unwrap();
    }
    campaigns::feed_turn(&bed.engine).await.unwrap();
}
