//! Campaigns on their way: released, held, stopped, interrupted.

use std::collections::BTreeSet;

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::{accounts, attachments, campaigns, capture, history, outbox, persons, retries, sms, suppressions, worker};
use model::time::{hours, minutes, seconds};
use model::{
    AccountDraft, AccountId, CampaignContent, CampaignDraft, CampaignKind, CampaignPace, CampaignState, Channel, FailureKind,
    Hindrance, Language, OutboxPart, OutboxQuery, Refusal, RetryRules, Security, SendingWindow, SmsAccountDraft, SmsGateway,
    SmtpSettings, SuppressionReason, SuppressionsDraft, TemplateBody, TemplateText,
};

use super::{carry, draft, everything, first, person, prepared, seen, text, to, typed};
use crate::refused;

fn many(n: usize) -> String {
    (0..n).map(|n| format!("clovek{n}@example.sk")).collect::<Vec<_>>().join(", ")
}

/// The addresses in Capture, each as often as it got something.
async fn captured(bed: &TestBed) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = capture::list(&bed.admin(), after).await.unwrap();
        found.extend(page.rows.into_iter().map(|it| it.recipient));
        after = page.next;
        if after.is_none() {
            found.sort();
            return found;
        }
    }
}

async fn relay(bed: &TestBed, server: &ScriptedServer, hourly_limit: Option<u32>) -> AccountId {
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: server.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let draft = AccountDraft {
        name: "Relay".into(),
        smtp,
        sender_name: "Žltý kôň".into(),
        sender_address: "obchod@example.sk".into(),
        hourly_limit,
        ..AccountDraft::default()
    };
    accounts::save(&bed.admin(), None, draft).await.unwrap()
}

#[tokio::test]
async fn what_is_reviewed_is_what_leaves() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk").await;
    let content = text("Pre {{ contact.name }}", "<p>Dobrý deň, pani {{ contact.last_name }} – žltý kôň &amp; spol.</p>");
    let commercial = CampaignDraft { kind: CampaignKind::Commercial, content, ..draft(to(&[eva])) };
    let id = prepared(&bed, &admin, commercial).await;
    let reviewed = first(&bed, id).await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let row = capture::list(&admin, None).await.unwrap().rows.remove(0);
    let mail = capture::open(&admin, row.id).await.unwrap();
    let text: String = reviewed.text.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(row.subject, reviewed.row.subject);
    assert_eq!(mail.text.replace("\r\n", "\n").trim_end(), text.trim_end());
    assert!(mail.headers.iter().any(|it| it.0 == "List-Unsubscribe"), "{:?}", mail.headers);
    assert!(mail.headers.iter().any(|it| it.0 == "List-Unsubscribe-Post"));
    let after = campaigns::review(&admin, everything(id), Some(reviewed.row.message)).await.unwrap().unwrap();
    assert_eq!((after.hash, after.html), (reviewed.hash, reviewed.html));
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent), (CampaignState::Finished, 1));
    assert_eq!(history::open(&admin, reviewed.row.message).await.unwrap().text, text);
}

#[tokio::test]
async fn a_scheduled_campaign_begins_at_its_moment() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed("eva@example.sk"))).await;
    let now = bed.engine.clock().now();
    let passed = campaigns::release(&admin, id, Some(now)).await;
    assert_eq!(refused(passed), Refusal::Hindered(vec![Hindrance::StartPassed]));
    campaigns::release(&admin, id, Some(now.plus(hours(2)))).await.unwrap();
    carry(&bed).await;
    assert_eq!((seen(&bed, id).await.state, captured(&bed).await.len()), (CampaignState::Scheduled, 0));
    campaigns::unschedule(&admin, id).await.unwrap();
    assert_eq!(seen(&bed, id).await.state, CampaignState::Prepared);
    campaigns::release(&admin, id, Some(now.plus(hours(2)))).await.unwrap();
    bed.advance(hours(2));
    carry(&bed).await;
    assert_eq!((seen(&bed, id).await.state, captured(&bed).await.len()), (CampaignState::Finished, 1));
}

#[tokio::test]
async fn its_own_pace_spreads_the_messages() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let pace = CampaignPace { per_hour: Some(60), window: None };
    let id = prepared(&bed, &admin, CampaignDraft { pace, ..draft(typed(&many(10))) }).await;
    campaigns::release(&admin, id, None).await.unwrap();
    let mut sent = Vec::new();
    for _ in 0..10 {
        campaigns::feed_turn(&bed.engine).await.unwrap();
        worker::turn(&bed.engine).await.unwrap();
        sent.push(captured(&bed).await.len());
        bed.advance(minutes(1));
    }
    assert_eq!(sent, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
}

#[tokio::test]
async fn a_paused_campaign_holds_everything_and_goes_on_with_the_rest() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed(&many(30)))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    campaigns::pause(&admin, id).await.unwrap();
    worker::turn(&bed.engine).await.unwrap();
    let held = seen(&bed, id).await;
    assert_eq!((held.state, held.counts.sent, held.counts.prepared), (CampaignState::Paused, 0, 30));
    bed.advance(hours(24 * 30));
    carry(&bed).await;
    assert_eq!(captured(&bed).await.len(), 0);
    campaigns::resume(&admin, id).await.unwrap();
    carry(&bed).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent), (CampaignState::Finished, 30));
}

#[tokio::test]
async fn what_is_in_the_queue_when_its_window_closes_leaves_when_it_opens_again() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let window = SendingWindow { days: 0x1f, from: 8 * 60, until: 16 * 60 };
    let pace = CampaignPace { per_hour: None, window: Some(window) };
    let id = prepared(&bed, &admin, CampaignDraft { pace, ..draft(typed(&many(30))) }).await;
    campaigns::release(&admin, id, None).await.unwrap();
    let open = || {
        let now = bed.engine.clock().now();
        bed.advance(window.next_open(now).since(now));
    };
    open();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    assert_eq!(seen(&bed, id).await.counts.waiting, 30);
    bed.advance(hours(9));
    carry(&bed).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.prepared), (CampaignState::Running, 0, 30));
    open();
    carry(&bed).await;
    assert_eq!((seen(&bed, id).await.state, captured(&bed).await.len()), (CampaignState::Finished, 30));
}

#[tokio::test]
async fn another_pace_counts_for_what_is_in_the_queue_already() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed(&many(30)))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    campaigns::set_pace(&admin, id, CampaignPace { per_hour: Some(60), window: None }).await.unwrap();
    carry(&bed).await;
    assert_eq!(captured(&bed).await.len(), 1);
}

#[tokio::test]
async fn cancelling_answers_with_three_numbers_and_nothing_more_leaves() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let pace = CampaignPace { per_hour: Some(3_600), window: None };
    let id = prepared(&bed, &admin, CampaignDraft { pace, ..draft(typed(&many(300))) }).await;
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    bed.advance(seconds(9));
    worker::turn(&bed.engine).await.unwrap();
    let answer = campaigns::cancel(&admin, id).await.unwrap();
    assert_eq!((answer.gone, answer.stopped, answer.in_flight), (10, 290, 0));
    bed.advance(hours(1));
    carry(&bed).await;
    assert_eq!(captured(&bed).await.len(), 10);
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.cancelled, campaign.counts.sent), (CampaignState::Cancelled, 290, 10));
}

#[tokio::test]
async fn a_restart_while_it_runs_sends_each_message_once() {
    let mut bed = TestBed::new().await;
    let pace = CampaignPace { per_hour: Some(3_600), window: None };
    let id = prepared(&bed, &bed.admin(), CampaignDraft { pace, ..draft(typed(&many(90))) }).await;
    campaigns::release(&bed.admin(), id, None).await.unwrap();
    for _ in 0..12 {
        campaigns::feed_turn(&bed.engine).await.unwrap();
        worker::turn(&bed.engine).await.unwrap();
        bed.crash().await;
        bed.advance(seconds(10));
    }
    carry(&bed).await;
    let got = captured(&bed).await;
    assert_eq!((got.len(), got.iter().collect::<BTreeSet<_>>().len()), (90, 90));
    assert_eq!(seen(&bed, id).await.state, CampaignState::Finished);
}

#[tokio::test]
async fn who_is_suppressed_or_erased_after_preparing_gets_nothing() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let ids = [
        person(&admin, "Nová", "eva@example.sk").await,
        person(&admin, "Zakázaná", "nie@example.sk").await,
        person(&admin, "Vymazaná", "zabudnuta@example.sk").await,
    ];
    let id = prepared(&bed, &admin, draft(to(&ids))).await;
    let ban = SuppressionsDraft { targets: "nie@example.sk".into(), reason: SuppressionReason::Requested, note: String::new() };
    suppressions::add(&admin, ban).await.unwrap();
    persons::erase(&admin, ids[2]).await.unwrap();
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    assert_eq!(captured(&bed).await, ["eva@example.sk"]);
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.suppressed), (CampaignState::Finished, 1, 1));
    let report = campaigns::report(&admin, id).await.unwrap();
    assert_eq!(report.reasons.iter().map(|it| (it.kind, it.count)).collect::<Vec<_>>(), [(FailureKind::Suppressed, 1)]);
}

#[tokio::test]
async fn a_campaign_of_text_messages_reaches_numbers() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let mut gateway = SmsAccountDraft::new(SmsGateway::Capture);
    gateway.name = "Skúška".into();
    gateway.pace.window = SendingWindow::ALWAYS;
    sms::save(&admin, None, gateway).await.unwrap();
    let text = TemplateText {
        body: TemplateBody::Sms("Otváracie hodiny sa menia.".into()),
        ..TemplateText::empty(Language::Sk, Channel::Sms)
    };
    let texts = CampaignDraft {
        channel: Channel::Sms,
        content: CampaignContent::Own(vec![text]),
        ..draft(typed("0905 123 456, +420603123456; 0905123456"))
    };
    let id = prepared(&bed, &admin, texts).await;
    let reviewed = first(&bed, id).await;
    assert_eq!(reviewed.text.iter().map(|it| it.text.as_str()).collect::<String>(), "Otvaracie hodiny sa menia.");
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    // The gateway of a fresh account is given its messages spread over the hour.
    bed.advance(hours(1));
    carry(&bed).await;
    assert_eq!(captured(&bed).await, ["+420603123456", "+421905123456"]);
    assert_eq!(seen(&bed, id).await.state, CampaignState::Finished);
}

#[tokio::test]
async fn all_messages_carry_the_files_of_the_campaign_and_unsent_ones_get_others() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let file = async |name: &str| attachments::put(&admin, name, "text/plain", b"Cennik jari".to_vec()).await.unwrap().id;
    let old = file("stary.txt").await;
    let id =
        prepared(&bed, &admin, CampaignDraft { attachments: vec![old], ..draft(typed("eva@example.sk, jan@example.sk")) }).await;
    assert_eq!(first(&bed, id).await.attachments[0].name, "stary.txt");
    let campaign = seen(&bed, id).await;
    let draft = CampaignDraft { attachments: vec![file("novy.txt").await], ..campaign.draft };
    campaigns::save(&admin, Some((id, campaign.revision)), draft).await.unwrap();
    assert!(seen(&bed, id).await.prepared.unwrap().attachments_edited);
    assert_eq!(campaigns::update_attachments(&admin, id).await.unwrap(), 2);
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    for row in capture::list(&admin, None).await.unwrap().rows {
        let mail = capture::open(&admin, row.id).await.unwrap();
        assert!(mail.parts.iter().any(|it| it.name == "novy.txt"), "{:?}", mail.parts);
    }
}

#[tokio::test]
async fn only_what_failed_is_sent_again() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(At::Recipient).for_recipient("zle@example.sk").answer("550 5.1.1 no such user").once());
    let account = relay(&bed, &server, None).await;
    let id = prepared(&bed, &admin, CampaignDraft { account: Some(account), ..draft(typed("zle@example.sk, dobre@example.sk")) })
        .await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.failed), (CampaignState::Finished, 1, 1));
    let report = campaigns::report(&admin, id).await.unwrap();
    assert_eq!((report.reasons[0].kind, report.reasons[0].words.as_str()), (FailureKind::Rejected, "550 5.1.1 no such user"));
    assert_eq!(campaigns::retry_failed(&admin, id).await.unwrap(), 1);
    carry(&bed).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.failed), (CampaignState::Finished, 2, 0));
}

#[tokio::test]
async fn what_a_relay_puts_off_is_given_up_after_the_time_that_was_set() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(At::Recipient).answer("450 4.2.0 Greylisted"));
    let account = relay(&bed, &server, None).await;
    retries::save_rules(&admin, RetryRules { worth_hours: 2, ..RetryRules::default() }).await.unwrap();
    let id = prepared(&bed, &admin, CampaignDraft { account: Some(account), ..draft(typed("eva@example.sk")) }).await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    bed.advance(hours(1));
    campaigns::pause(&admin, id).await.unwrap();
    bed.advance(hours(24));
    campaigns::resume(&admin, id).await.unwrap();
    bed.advance(hours(2) - 1);
    carry(&bed).await;
    assert_eq!(seen(&bed, id).await.state, CampaignState::Running);
    bed.advance(1);
    carry(&bed).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.failed), (CampaignState::Finished, 0, 1));
}

#[tokio::test]
async fn what_waits_for_our_own_limit_is_not_given_up_before_it_was_tried() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    let account = relay(&bed, &server, Some(1)).await;
    retries::save_rules(&admin, RetryRules { worth_hours: 1, ..RetryRules::default() }).await.unwrap();
    let id = prepared(&bed, &admin, CampaignDraft { account: Some(account), ..draft(typed(&many(4))) }).await;
    campaigns::release(&admin, id, None).await.unwrap();
    for _ in 0..6 {
        carry(&bed).await;
        bed.advance(hours(1));
    }
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.failed), (CampaignState::Finished, 4, 0));
}

#[tokio::test]
async fn the_outbox_shows_what_waits_of_one_campaign() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let pace = CampaignPace { per_hour: Some(3_600), window: None };
    let mut ids = Vec::new();
    for name in ["Jar", "Leto"] {
        let draft = CampaignDraft { name: name.into(), pace, ..draft(typed(&many(70))) };
        let id = prepared(&bed, &admin, draft).await;
        campaigns::release(&admin, id, None).await.unwrap();
        ids.push(id);
    }
    campaigns::feed_turn(&bed.engine).await.unwrap();
    let query = OutboxQuery { part: OutboxPart::Planned, campaign: Some(ids[1]), ..OutboxQuery::default() };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = outbox::list(&admin, OutboxQuery { after, ..query.clone() }).await.unwrap();
        found.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    // The first of each campaign is due at once.
    assert_eq!(found.len(), 69);
    assert!(found.iter().all(|it| it.campaign == Some((ids[1], "Leto".into())) && it.subject.as_deref() == Some("Zmena sídla")));
    assert!(found.is_sorted_by_key(|it| it.at));
    let due = outbox::list(&admin, OutboxQuery { part: OutboxPart::Turn, ..query.clone() }).await.unwrap().rows;
    assert_eq!(due.len(), 1);
    assert_eq!(outbox::look(&admin).await.unwrap().campaigns, [(ids[1], "Leto".into()), (ids[0], "Jar".into())]);
    let other = outbox::look(&admin).await.unwrap().accounts[0].id;
    let query = OutboxQuery { account: Some(AccountId(other.0 + 100)), ..query };
    assert_eq!(outbox::list(&admin, query).await.unwrap().rows.len(), 0);
}
