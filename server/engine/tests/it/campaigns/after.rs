//! What one knows of a campaign besides watching it: its messages in the history, its price, its result as a file, and what is made of it.

use engine::Pieces;
use engine::testbed::TestBed;
use engine::{Ctx, accounts, attachments, campaigns, history, indexer, sms};
use model::campaign::export::{CampaignExportOrder, CampaignFormat};
use model::{
    AccountDraft, CampaignContent, CampaignDraft, CampaignId, Channel, CreditVerdict, Decimal, FieldDoubt, Language,
    MessageFilter, MessageQuery, Permission, Refusal, ReviewGroupKind, Security, SendingWindow, SmsAccountDraft, SmsGateway,
    SmtpSettings, TemplateBody, TemplateText,
};

use super::{carry, draft, first, listed, made, person, prepared, seen, text, to, typed};
use crate::refused;

async fn subjects(bed: &TestBed, filter: MessageFilter) -> Vec<String> {
    let page = history::list(&bed.admin(), MessageQuery { filter, ..MessageQuery::default() }).await.unwrap();
    page.rows.into_iter().map(|it| it.recipient).collect()
}

#[tokio::test]
async fn the_messages_of_a_campaign_are_listed_and_found_by_themselves() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed("eva@example.sk"))).await;
    prepared(&bed, &admin, draft(typed("jan@example.sk"))).await;
    let of = |words: &str| MessageFilter { campaign: Some(id), words: words.into(), ..MessageFilter::default() };
    assert_eq!(subjects(&bed, of("")).await, ["eva@example.sk"]);
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    assert_eq!(subjects(&bed, of("presťahovali")).await, ["eva@example.sk"]);
    assert_eq!(history::count(&admin, of("")).await.unwrap(), 1);
    let message = first(&bed, id).await.row.message;
    let named = history::open(&admin, message).await.unwrap().campaign;
    assert_eq!(named, Some((id, "Zmena sídla".to_owned())));
}

/// A campaign of text messages by an account with this price and most parts.
async fn texts(bed: &TestBed, body: &str, parts_max: u8) -> CampaignId {
    let admin = bed.admin();
    let mut gateway = SmsAccountDraft::new(SmsGateway::Capture);
    gateway.name = "Skúška".into();
    gateway.pace.window = SendingWindow::ALWAYS;
    gateway.settings.price = Some(Decimal(450));
    gateway.settings.parts_max = parts_max;
    sms::save(&admin, None, gateway).await.unwrap();
    let text = TemplateText { body: TemplateBody::Sms(body.into()), ..TemplateText::empty(Language::Sk, Channel::Sms) };
    let texts = CampaignDraft {
        channel: Channel::Sms,
        content: CampaignContent::Own(vec![text]),
        ..draft(typed("0905 123 456, +420603123456"))
    };
    prepared(bed, &admin, texts).await
}

#[tokio::test]
async fn text_messages_are_counted_and_priced_before_they_leave() {
    let bed = TestBed::new().await;
    let id = texts(&bed, &"x".repeat(161), 4).await;
    let cost = campaigns::cost(&bed.admin(), id).await.unwrap().unwrap();
    assert_eq!(
        (cost.by_parts.as_slice(), cost.total, cost.verdict),
        ([(2, 2)].as_slice(), Some(Decimal(1_800)), CreditVerdict::Unknown)
    );
    let one = first(&bed, id).await;
    assert_eq!((one.row.parts, one.price), (2, Some(Decimal(900))));
    let mail = prepared(&bed, &bed.admin(), draft(typed("eva@example.sk"))).await;
    assert_eq!(campaigns::cost(&bed.admin(), mail).await.unwrap(), None);
}

#[tokio::test]
async fn a_text_with_more_parts_than_the_account_allows_waits_apart_until_it_is_shorter() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = texts(&bed, &"x".repeat(161), 1).await;
    let apart = listed(&bed, id, ReviewGroupKind::SetApart).await;
    assert_eq!((apart.len(), apart[0].missing[0].doubt), (2, FieldDoubt::TooManyParts(1)));
    let edit = async |text: &str| {
        let words = model::PreparedDraft { subject: String::new(), html: String::new(), text: text.into() };
        campaigns::edit_prepared(&admin, id, (apart[0].message, 0), words).await
    };
    assert!(matches!(refused(edit(&"y".repeat(161)).await), Refusal::Invalid(faults) if faults[0].field == "text"));
    edit("Kratko.").await.unwrap();
    let cost = campaigns::cost(&admin, id).await.unwrap().unwrap();
    assert_eq!((cost.messages(), cost.longest()), (1, 1));
}

#[tokio::test]
async fn a_test_leaves_by_the_account_of_the_campaign_and_carries_its_files() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let account = AccountDraft {
        name: "Obchod".into(),
        smtp: SmtpSettings { host: "127.0.0.1".into(), port: 9, security: Security::None, user_name: String::new() },
        sender_address: "obchod@example.sk".into(),
        ..AccountDraft::default()
    };
    let account = accounts::save(&admin, None, account).await.unwrap();
    let file = attachments::put(&admin, "cennik.txt", "text/plain", b"Cennik".to_vec()).await.unwrap().id;
    let content = text("{{ campaign.name }}", "<p>Dobrý deň.</p>");
    let id =
        made(&admin, CampaignDraft { account: Some(account), attachments: vec![file], content, ..draft(typed("x@example.sk")) })
            .await;
    let sent = campaigns::test(&admin, id, None, None, "skuska@example.sk".into()).await.unwrap();
    let message = history::open(&admin, sent.message).await.unwrap();
    let names: Vec<&str> = message.attachments.iter().map(|it| it.name.as_str()).collect();
    assert_eq!((message.account.as_deref(), names.as_slice()), (Some("Obchod"), ["cennik.txt"].as_slice()));
    assert_eq!((message.subject.as_str(), message.campaign), ("Zmena sídla", None));
}

#[tokio::test]
async fn a_correction_goes_to_exactly_those_who_got_that_version() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk").await;
    let id = prepared(&bed, &admin, draft(to(&[eva]))).await;
    let campaign = seen(&bed, id).await;
    let other = CampaignDraft { content: text("Zmena sídla", "<p>Opravená.</p>"), ..campaign.draft };
    campaigns::save(&admin, Some((id, campaign.revision)), other).await.unwrap();
    campaigns::regenerate(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let report = campaigns::report(&admin, id).await.unwrap();
    assert_eq!(report.versions.iter().map(|it| (it.version, it.sent)).collect::<Vec<_>>(), [(2, 1)]);
    let recipients = async |version: Option<u32>| {
        let correction = campaigns::correct(&admin, id, version, "Oprava".into()).await.unwrap();
        campaigns::check(&admin, correction).await.unwrap();
        campaigns::work_turn(&bed.engine).await.unwrap();
        let it = seen(&bed, correction).await;
        (it.counts.recipients(), it.copy_of.map(|it| it.0))
    };
    assert_eq!(recipients(None).await, (1, Some(id)));
    assert_eq!(recipients(Some(2)).await, (1, Some(id)));
    assert_eq!(recipients(Some(1)).await, (0, Some(id)));
}

async fn file(ctx: &Ctx, campaign: CampaignId, format: CampaignFormat) -> Vec<u8> {
    let order = CampaignExportOrder { campaign, format, language: Language::Sk, words: vec!["Príjemca".into()] };
    let mut export = campaigns::export(ctx, order).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        bytes.extend(piece);
    }
    bytes
}

#[tokio::test]
async fn the_result_leaves_as_a_file_with_everybody_in_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let nobody = person(&admin, "Bezadresná", "").await;
    let eva = person(&admin, "Nová", "eva@example.sk").await;
    let id = prepared(&bed, &admin, draft(to(&[nobody, eva]))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let csv = String::from_utf8(file(&admin, id, CampaignFormat::Csv).await).unwrap();
    let line = |name: &str| csv.lines().find(|it| it.contains(name)).unwrap_or_default().to_owned();
    assert!(csv.lines().next().is_some_and(|it| it.contains("Príjemca")), "{csv}");
    assert!(line("Nová").contains("eva@example.sk") && line("Nová").contains("result.sent"), "{csv}");
    assert!(line("Bezadresná").contains("result.left_out") && line("Bezadresná").contains("reason.no_address"), "{csv}");
    assert!(file(&admin, id, CampaignFormat::Pdf).await.starts_with(b"%PDF-"));
    let writer = bed.user_with(&[Permission::CampaignWrite]).await;
    let order = CampaignExportOrder { campaign: id, format: CampaignFormat::Csv, language: Language::Sk, words: Vec::new() };
    assert!(matches!(refused(campaigns::export(&writer, order).await.map(|_| ())), Refusal::NotPermitted(Permission::Export)));
}
