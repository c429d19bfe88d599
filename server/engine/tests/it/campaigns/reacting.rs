//! Reactions: from the captured mail through its links to the report, and to those who did not react.

use engine::reactions::{self, Looking};
use engine::testbed::TestBed;
use engine::{Guest, Pieces, campaigns, capture, consents, history, persons};
use model::campaign::reaction::{AGAIN_MS, BURST_MS, HASTE_MS};
use model::{
    AudiencePart, CampaignAudience, CampaignDraft, CampaignId, CampaignKind, Channel, ConsentDraft, ConsentState, ConsentWay,
    ContactId, LocalTime, Measure, Permission, Reaction, ReactionQuery, Reactions, RecipientGroup, Refusal,
};

use super::{carry, draft, first, made, person, prepared, seen, text, to};
use crate::refused;

const SHOP: &str = "https://firma.sk/akcia?a=1&b=2";
const BODY: &str = "<p>Zľava. <a href=\"https://firma.sk/akcia?a=1&amp;b=2\">Obchod</a> <a href=\"https://firma.sk/blog\">Blog</a> \
    <a href=\"mailto:obchod@firma.sk\">Napíšte</a></p>";
const BOTH: Measure = Measure { opens: true, clicks: true };

async fn says(bed: &TestBed, contact: ContactId, state: ConsentState) {
    let on = LocalTime::of(bed.engine.clock().now()).day;
    let said = ConsentDraft { channel: Channel::Email, state, on, way: ConsentWay::Person, proof: "Na predajni.".into() };
    consents::note(&bed.admin(), contact, said).await.unwrap();
}

/// Somebody who agreed to be written to.
async fn agreeing(bed: &TestBed, last: &str, email: &str) -> ContactId {
    let id = person(&bed.admin(), last, email).await;
    says(bed, id, ConsentState::Given).await;
    id
}

fn measured(measure: Measure, people: &[ContactId]) -> CampaignDraft {
    CampaignDraft { kind: CampaignKind::Commercial, content: text("Zľava", BODY), measure, ..draft(to(people)) }
}

/// A campaign that has left, long enough ago for people to look.
async fn sent(bed: &TestBed, draft: CampaignDraft) -> CampaignId {
    let id = prepared(bed, &bed.admin(), draft).await;
    campaigns::release(&bed.admin(), id, None).await.unwrap();
    carry(bed).await;
    bed.advance(HASTE_MS);
    id
}

/// The HTML that somebody got.
async fn mail(bed: &TestBed, address: &str) -> String {
    let admin = bed.admin();
    let rows = capture::list(&admin, None).await.unwrap().rows;
    let row = rows.into_iter().find(|it| it.recipient == address).unwrap();
    capture::html(&admin, row.id, true).await.unwrap()
}

/// The tokens of one purpose in a mail.
fn tokens(html: &str, purpose: &str) -> Vec<String> {
    let beginning = format!("https://posel.example/{purpose}/");
    html.split(&beginning).skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect()
}

async fn follow(bed: &TestBed, token: &str) -> String {
    reactions::follow(&bed.guest(), token, Looking::Now).await.unwrap()
}

async fn report(bed: &TestBed, id: CampaignId) -> Reactions {
    reactions::turn(&bed.engine).await.unwrap();
    campaigns::report(&bed.admin(), id).await.unwrap().reactions.unwrap()
}

async fn who(bed: &TestBed, campaign: CampaignId, reaction: Reaction) -> Vec<String> {
    let query = ReactionQuery { campaign, reaction, after: None };
    reactions::list(&bed.admin(), query).await.unwrap().rows.into_iter().map(|it| it.address).collect()
}

#[tokio::test]
async fn a_click_leads_on_is_told_and_the_next_campaign_goes_to_exactly_the_others() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let jan = agreeing(&bed, "Malý", "jan@example.sk").await;
    let ida = agreeing(&bed, "Stará", "ida@example.sk").await;
    let iva = person(&admin, "Iná", "iva@example.sk").await;
    let id = sent(&bed, measured(BOTH, &[eva, jan, ida, iva])).await;
    let html = mail(&bed, "eva@example.sk").await;
    assert!(!html.contains("firma.sk/akcia") && html.contains("mailto:obchod@firma.sk"), "{html}");
    assert_eq!(follow(&bed, &tokens(&html, "click")[0]).await, SHOP);
    reactions::opened(&bed.guest(), &tokens(&mail(&bed, "jan@example.sk").await, "open")[0], Looking::Now);
    // Of whoever did not agree, nothing but totals is counted.
    assert_eq!(follow(&bed, &tokens(&mail(&bed, "iva@example.sk").await, "click")[1]).await, "https://firma.sk/blog");

    let told = report(&bed, id).await;
    assert_eq!((told.named, told.unnamed, told.opened, told.clicked, told.silent), (3, 1, 1, 1, 1));
    assert_eq!((told.opens, told.clicks, told.machines), (1, 2, 0));
    let links: Vec<_> = told.links.iter().map(|it| (it.target.as_str(), it.people, it.clicks)).collect();
    assert_eq!(links, [(SHOP, 1, 1), ("https://firma.sk/blog", 0, 1)]);
    assert_eq!(told.flow.iter().map(|it| (it.opens, it.clicks)).collect::<Vec<_>>(), [(1, 2)]);
    assert_eq!(who(&bed, id, Reaction::Clicked).await, ["eva@example.sk"]);
    assert_eq!(who(&bed, id, Reaction::Opened).await, ["jan@example.sk"]);
    assert_eq!(who(&bed, id, Reaction::Nothing).await, ["ida@example.sk"]);

    let next = campaigns::follow_up(&admin, id, Reaction::Nothing, "Ešte raz".into()).await.unwrap();
    campaigns::prepare(&admin, next).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    assert_eq!(seen(&bed, next).await.counts.recipients(), 1);
    assert_eq!(first(&bed, next).await.row.address, "ida@example.sk");

    // As what is excluded, too.
    let audience = CampaignAudience { exclude: vec![AudiencePart::Reacted(id, Reaction::Clicked)], ..to(&[eva, jan]) };
    let others = made(&admin, CampaignDraft { audience, ..measured(BOTH, &[]) }).await;
    campaigns::check(&admin, others).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let counts = seen(&bed, others).await.counts;
    assert_eq!((counts.of(RecipientGroup::Getting), counts.of(RecipientGroup::Excluded)), (1, 1));
}

#[tokio::test]
async fn nothing_is_touched_in_a_mail_that_measures_nothing() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let id = sent(&bed, measured(Measure::default(), &[eva])).await;
    let html = mail(&bed, "eva@example.sk").await;
    assert!(html.contains("https://firma.sk/blog") && tokens(&html, "click").is_empty() && tokens(&html, "open").is_empty());
    assert_eq!(campaigns::report(&admin, id).await.unwrap().reactions, None);
    assert!(matches!(refused(campaigns::follow_up(&admin, id, Reaction::Nothing, "X".into()).await), Refusal::IllegalStep(_)));
    let notice = CampaignDraft { kind: CampaignKind::Service, ..measured(BOTH, &[eva]) };
    assert!(
        matches!(refused(campaigns::save(&admin, None, notice).await), Refusal::Invalid(faults) if faults[0].field == "measure")
    );
}

#[tokio::test]
async fn a_review_shows_where_links_lead_in_the_end_and_the_hash_of_what_leaves() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let id = prepared(&bed, &admin, measured(BOTH, &[eva])).await;
    let before = first(&bed, id).await;
    assert!(before.html.contains("https://firma.sk/blog") && !before.html.contains("/click/") && !before.html.contains("/open/"));
    let measured = before.measured.unwrap();
    assert_eq!((measured.by_name, measured.opens, measured.links.len()), (true, true, 2));
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    assert_eq!(first(&bed, id).await.hash, before.hash);
    let html = history::html(&admin, before.row.message).await.unwrap();
    assert!(html.contains("https://firma.sk/blog") && tokens(&html, "open").is_empty(), "{html}");
}

#[tokio::test]
async fn programs_in_front_of_mailboxes_are_counted_apart() {
    let bed = TestBed::new().await;
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let jan = agreeing(&bed, "Malý", "jan@example.sk").await;
    let id = prepared(&bed, &bed.admin(), measured(BOTH, &[eva, jan])).await;
    campaigns::release(&bed.admin(), id, None).await.unwrap();
    carry(&bed).await;
    let (of_eva, of_jan) =
        (tokens(&mail(&bed, "eva@example.sk").await, "click"), tokens(&mail(&bed, "jan@example.sk").await, "click"));
    // Right behind the handover.
    follow(&bed, &of_eva[0]).await;
    let told = report(&bed, id).await;
    assert_eq!((told.clicked, told.clicks, told.machines), (0, 0, 1));
    bed.advance(HASTE_MS);
    // All links at once, even when the first one is written already.
    follow(&bed, &of_jan[0]).await;
    assert_eq!(report(&bed, id).await.clicked, 1);
    bed.advance(BURST_MS / 2);
    follow(&bed, &of_jan[1]).await;
    let told = report(&bed, id).await;
    assert_eq!((told.clicked, told.clicks, told.machines), (0, 0, 3));
    assert_eq!(who(&bed, id, Reaction::Clicked).await, Vec::<String>::new());
    // What says of itself that it is a program, or only asks for the head.
    bed.advance(AGAIN_MS);
    let program = Guest { device: "curl/8.5.0".into(), ..bed.guest() };
    reactions::follow(&program, &of_eva[0], Looking::Now).await.unwrap();
    reactions::follow(&bed.guest(), &of_eva[0], Looking::Ahead).await.unwrap();
    assert_eq!(report(&bed, id).await.clicks, 0);
    // And then the person.
    follow(&bed, &of_eva[0]).await;
    let told = report(&bed, id).await;
    assert_eq!((told.clicked, told.clicks, told.machines), (1, 1, 4));
}

#[tokio::test]
async fn a_machine_that_is_hasty_and_follows_all_links_counts_once_for_each() {
    let bed = TestBed::new().await;
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let id = prepared(&bed, &bed.admin(), measured(BOTH, &[eva])).await;
    campaigns::release(&bed.admin(), id, None).await.unwrap();
    carry(&bed).await;
    let links = tokens(&mail(&bed, "eva@example.sk").await, "click");
    follow(&bed, &links[0]).await;
    assert_eq!(report(&bed, id).await.machines, 1);
    bed.advance(BURST_MS / 2);
    follow(&bed, &links[1]).await;
    let told = report(&bed, id).await;
    assert_eq!((told.clicks, told.machines, told.flow.len()), (0, 2, 0));
}

#[tokio::test]
async fn the_same_link_counts_once_in_a_while_and_a_flood_is_refused() {
    let bed = TestBed::new().await;
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let id = sent(&bed, measured(BOTH, &[eva])).await;
    let token = tokens(&mail(&bed, "eva@example.sk").await, "click")[0].clone();
    let mut refusals = 0;
    for _ in 0..100 {
        if let Err(engine::Error::Refused(Refusal::TooManyTries { .. })) =
            reactions::follow(&bed.guest(), &token, Looking::Now).await
        {
            refusals += 1;
        }
    }
    assert_eq!((report(&bed, id).await.clicks, refusals), (1, 70));
    bed.advance(AGAIN_MS);
    follow(&bed, &token).await;
    assert_eq!(report(&bed, id).await.clicks, 2);
}

#[tokio::test]
async fn after_an_erasure_the_link_leads_on_and_counts_nobody() {
    let bed = TestBed::new().await;
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let id = sent(&bed, measured(BOTH, &[eva])).await;
    let token = tokens(&mail(&bed, "eva@example.sk").await, "click")[0].clone();
    follow(&bed, &token).await;
    assert_eq!(report(&bed, id).await.clicked, 1);
    persons::erase(&bed.admin(), eva).await.unwrap();
    let told = report(&bed, id).await;
    assert_eq!((told.named, told.clicked, told.clicks), (0, 0, 1));
    bed.advance(AGAIN_MS);
    assert_eq!(follow(&bed, &token).await, SHOP);
    assert_eq!(report(&bed, id).await.clicks, 1);
}

#[tokio::test]
async fn whoever_withdraws_the_consent_is_counted_without_a_name_from_then_on() {
    let bed = TestBed::new().await;
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let id = sent(&bed, measured(BOTH, &[eva])).await;
    let token = tokens(&mail(&bed, "eva@example.sk").await, "click")[0].clone();
    says(&bed, eva, ConsentState::Withdrawn).await;
    follow(&bed, &token).await;
    let told = report(&bed, id).await;
    assert_eq!((told.clicked, told.clicks), (0, 1));
}

#[tokio::test]
async fn who_may_not_see_campaigns_sees_no_reactions() {
    let bed = TestBed::new().await;
    let stranger = bed.user_with(&[Permission::MessageWrite]).await;
    let query = ReactionQuery { campaign: CampaignId(1), reaction: Reaction::Opened, after: None };
    assert!(matches!(refused(reactions::list(&stranger, query).await), Refusal::NotPermitted(_)));
}

#[tokio::test]
async fn what_somebody_did_is_part_of_all_that_is_known_about_them() {
    let bed = TestBed::new().await;
    let eva = agreeing(&bed, "Nová", "eva@example.sk").await;
    let jan = agreeing(&bed, "Malý", "jan@example.sk").await;
    sent(&bed, measured(BOTH, &[eva, jan])).await;
    follow(&bed, &tokens(&mail(&bed, "eva@example.sk").await, "click")[0]).await;
    reactions::turn(&bed.engine).await.unwrap();
    assert!(data(&bed, eva).await.contains(SHOP));
    assert!(!data(&bed, jan).await.contains(SHOP));
}

/// The data in the file about a person.
async fn data(bed: &TestBed, contact: ContactId) -> String {
    let mut export = persons::export(&bed.admin(), contact).await.unwrap();
    let mut file = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        file.extend(piece);
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    std::io::read_to_string(zip.by_name("data.json").unwrap()).unwrap()
}
