//! Those whom we must not write to: stopped when sent, when sent again, and in the last moment.

use std::time::Duration;

use delivery::dns::Dns;
use engine::Pieces;
use engine::suppressions::{self, export};
use engine::testbed::TestBed;
use engine::worker;
use engine::{Ctx, audit, capture, contacts, history, messages, settings};
use model::message::UNDO_MS;
use model::time::seconds;
use model::{
    AuditQuery, BulkStep, Channels, Chosen, Company, ContactDraft, ContactId, ContactSuppressionDraft, Deed, DeliveryState,
    Fault, MessageDetail, MessageDraft, MessageId, MessageState, Noun, Permission, Refusal, Released, Standing,
    SuppressionFilter, SuppressionId, SuppressionQuery, SuppressionReason, SuppressionScope, SuppressionSource,
    SuppressionsDraft,
};

use crate::refused;

async fn send(ctx: &Ctx, to: &str) -> Released {
    let draft = MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Dobrý deň".into(), ..MessageDraft::default() };
    messages::send(ctx, None, draft).await.unwrap()
}

async fn carry(bed: &TestBed) -> u32 {
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap().carried
}

async fn seen(bed: &TestBed, id: MessageId) -> MessageDetail {
    history::open(&bed.admin(), id).await.unwrap()
}

fn states(message: &MessageDetail) -> Vec<DeliveryState> {
    message.deliveries.iter().map(|it| it.state).collect()
}

async fn suppress(bed: &TestBed, targets: &str) -> SuppressionId {
    let draft = SuppressionsDraft { targets: targets.into(), note: "telefonát".into(), ..SuppressionsDraft::default() };
    suppressions::add(&bed.admin(), draft).await.unwrap();
    newest(bed).await
}

async fn newest(bed: &TestBed) -> SuppressionId {
    suppressions::list(&bed.admin(), SuppressionQuery::default()).await.unwrap().rows[0].id
}

fn person(email: &str) -> ContactDraft {
    let emails = vec![email.into()];
    ContactDraft { first_name: "Eva".into(), last_name: "Nová".into(), emails, ..ContactDraft::default() }
}

async fn contact(bed: &TestBed, email: &str) -> ContactId {
    contacts::save(&bed.admin(), None, person(email)).await.unwrap()
}

#[tokio::test]
async fn a_suppressed_recipient_gets_nothing_and_is_counted_and_shown() {
    let bed = TestBed::new().await;
    suppress(&bed, "eva@example.sk").await;
    let sent = send(&bed.admin(), "Eva <EVA@example.sk>; jan@example.sk").await;
    assert_eq!((sent.recipients, sent.suppressed), (2, 1));
    carry(&bed).await;
    let message = seen(&bed, sent.id).await;
    assert_eq!(states(&message), [DeliveryState::Suppressed, DeliveryState::Accepted]);
    assert_eq!(message.state, MessageState::PartlySent);
    let cause = message.deliveries[0].suppressed.clone().unwrap();
    assert_eq!((cause.scope, cause.reason), (SuppressionScope::Address, SuppressionReason::Requested));
    assert_eq!(cause.note, "telefonát");
    let kept = capture::list(&bed.admin(), None).await.unwrap().rows;
    assert_eq!(kept.iter().map(|it| it.recipient.as_str()).collect::<Vec<_>>(), ["jan@example.sk"]);
}

#[tokio::test]
async fn a_message_to_nobody_who_may_be_written_to_ends_at_once() {
    let bed = TestBed::new().await;
    suppress(&bed, "@example.sk").await;
    let sent = send(&bed.admin(), "eva@example.sk, jan@example.sk").await;
    assert_eq!(sent.suppressed, 2);
    let message = seen(&bed, sent.id).await;
    assert_eq!((message.state, states(&message)), (MessageState::Failed, vec![DeliveryState::Suppressed; 2]));
}

#[tokio::test]
async fn a_suppression_between_queueing_and_the_claim_stops_the_delivery() {
    let bed = TestBed::new().await;
    let sent = send(&bed.admin(), "eva@example.sk; jan@example.sk; kto@firma.cz").await;
    assert_eq!(sent.suppressed, 0);
    suppress(&bed, "eva@example.sk; @firma.cz").await;
    assert_eq!(carry(&bed).await, 3);
    let message = seen(&bed, sent.id).await;
    assert_eq!(states(&message), [DeliveryState::Suppressed, DeliveryState::Accepted, DeliveryState::Suppressed]);
    assert_eq!(message.state, MessageState::PartlySent);
    let log = audit::list(&bed.admin(), AuditQuery::default()).await.unwrap().rows;
    let stopped = log.iter().filter(|it| matches!(it.deed, Deed::DeliverySuppressed(id, _) if id == sent.id)).count();
    assert_eq!(stopped, 2);
}

#[tokio::test]
async fn a_message_all_of_whose_recipients_are_suppressed_after_queueing_ends_in_the_claim() {
    let bed = TestBed::new().await;
    let sent = send(&bed.admin(), "eva@example.sk; jan@example.sk").await;
    suppress(&bed, "@example.sk").await;
    carry(&bed).await;
    let message = seen(&bed, sent.id).await;
    assert_eq!((message.state, states(&message)), (MessageState::Failed, vec![DeliveryState::Suppressed; 2]));
}

#[tokio::test]
async fn sending_can_be_undone_although_somebody_was_left_out() {
    let bed = TestBed::new().await;
    suppress(&bed, "eva@example.sk").await;
    let sent = send(&bed.admin(), "eva@example.sk; jan@example.sk").await;
    let undoable = messages::undoable(&bed.admin()).await.unwrap();
    assert_eq!(undoable.iter().map(|it| (it.id, it.suppressed)).collect::<Vec<_>>(), [(sent.id, 1)]);
    messages::undo(&bed.admin(), sent.id).await.unwrap();
    assert_eq!(carry(&bed).await, 0);
}

#[tokio::test]
async fn a_suppressed_contact_gets_nothing_at_any_of_its_addresses_also_later_ones() {
    let bed = TestBed::new().await;
    let id = contact(&bed, "eva@example.sk").await;
    let draft = ContactSuppressionDraft { channels: Channels::Email, ..ContactSuppressionDraft::default() };
    suppressions::suppress_contact(&bed.admin(), id, draft).await.unwrap();
    let stored = contacts::open(&bed.admin(), id).await.unwrap();
    let changed = person("nova@example.sk");
    contacts::save(&bed.admin(), Some((id, stored.revision)), changed).await.unwrap();
    let sent = send(&bed.admin(), "nova@example.sk").await;
    let cause = seen(&bed, sent.id).await.deliveries[0].suppressed.clone().unwrap();
    assert_eq!(cause.scope, SuppressionScope::Contact);
    let standing = suppressions::of_contact(&bed.admin(), id).await.unwrap();
    assert_eq!(standing.contact.len(), 1);
    assert_eq!(standing.addresses[0].address, "nova@example.sk");
    assert!(standing.addresses[0].suppressed.is_some());
}

#[tokio::test]
async fn a_lifted_suppression_lets_the_next_message_through_and_stays_in_the_history() {
    let bed = TestBed::new().await;
    let id = suppress(&bed, "eva@example.sk").await;
    let first = send(&bed.admin(), "eva@example.sk").await;
    assert_eq!(refused(suppressions::lift(&bed.admin(), id, " ".into()).await), Refusal::field("reason", Fault::Missing));
    suppressions::lift(&bed.admin(), id, "Písomný súhlas".into()).await.unwrap();
    let again = messages::resend(&bed.admin(), vec![first.id]).await.unwrap();
    assert_eq!(again[0].suppressed, 0);
    carry(&bed).await;
    assert_eq!(states(&seen(&bed, again[0].id).await), [DeliveryState::Accepted]);
    assert_eq!(states(&seen(&bed, first.id).await), [DeliveryState::Suppressed]);
    let filter = SuppressionFilter { standing: Standing::Lifted, ..SuppressionFilter::default() };
    let history = suppressions::list(&bed.admin(), SuppressionQuery { filter, after: None }).await.unwrap().rows;
    assert_eq!(history[0].lifted.as_ref().map(|it| it.reason.as_str()), Some("Písomný súhlas"));
}

#[tokio::test]
async fn what_is_sent_again_is_checked_again() {
    let bed = TestBed::new().await;
    let first = send(&bed.admin(), "eva@example.sk").await;
    carry(&bed).await;
    suppress(&bed, "eva@example.sk").await;
    let again = messages::resend(&bed.admin(), vec![first.id]).await.unwrap();
    assert_eq!(again[0].suppressed, 1);
    assert_eq!(states(&seen(&bed, again[0].id).await), [DeliveryState::Suppressed]);
}

#[tokio::test]
async fn an_address_stays_suppressed_when_its_contact_goes_and_comes_again() {
    let bed = TestBed::new().await;
    let id = contact(&bed, "eva@example.sk").await;
    suppressions::suppress_contact(&bed.admin(), id, ContactSuppressionDraft::default()).await.unwrap();
    contacts::delete(&bed.admin(), id).await.unwrap();
    contact(&bed, "eva@example.sk").await;
    assert_eq!(send(&bed.admin(), "eva@example.sk").await.suppressed, 1);
}

#[tokio::test]
async fn bad_pieces_are_named_and_the_rest_is_suppressed_once() {
    let bed = TestBed::new().await;
    let draft = |targets: &str| SuppressionsDraft { targets: targets.into(), ..SuppressionsDraft::default() };
    let came = suppressions::add(&bed.admin(), draft("eva@example.sk, zle; @firma.cz\n0905 123 456")).await.unwrap();
    assert_eq!((came.added, came.already, came.bad.len()), (3, 0, 1));
    let came = suppressions::add(&bed.admin(), draft("EVA@example.sk, jan@example.sk")).await.unwrap();
    assert_eq!((came.added, came.already), (1, 1));
    assert_eq!(suppressions::count(&bed.admin(), SuppressionFilter::default()).await.unwrap(), 4);
}

#[tokio::test]
async fn each_act_needs_its_own_right() {
    let bed = TestBed::new().await;
    let id = suppress(&bed, "eva@example.sk").await;
    let adds = bed.user_with(&[Permission::SuppressionsManage]).await;
    let lacks = |it: Permission| Refusal::NotPermitted(it);
    assert_eq!(refused(suppressions::list(&adds, SuppressionQuery::default()).await), lacks(Permission::ContactsView));
    assert_eq!(refused(suppressions::lift(&adds, id, "súhlas".into()).await), lacks(Permission::SuppressionsLift));
    let sees = bed.user_with(&[Permission::ContactsView]).await;
    let nothing = SuppressionsDraft::default();
    assert_eq!(refused(suppressions::add(&sees, nothing).await), lacks(Permission::SuppressionsManage));
    assert_eq!(refused(export(&sees, SuppressionFilter::default()).await.map(|_| ())), lacks(Permission::Export));
    let writes = bed.user_with(&[Permission::MessageWrite]).await;
    let found = suppressions::check(&writes, vec!["jan@example.sk".into(), "Eva@example.sk".into()]).await.unwrap();
    assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), [1]);
    let nobody = bed.user_with(&[Permission::LogView]).await;
    assert_eq!(refused(suppressions::check(&nobody, Vec::new()).await), lacks(Permission::ContactsView));
}

#[tokio::test]
async fn the_export_goes_on_behind_its_first_piece_and_neutralises_formulas() {
    let bed = TestBed::new().await;
    let many = (0..1_200).map(|n| format!("a{n}@example.sk")).collect::<Vec<_>>().join("\n");
    suppress(&bed, &many).await;
    bed.advance(seconds(1));
    let formula = SuppressionsDraft {
        targets: "zle@example.sk".into(),
        note: "=HYPERLINK(\"http://evil\")".into(),
        ..SuppressionsDraft::default()
    };
    suppressions::add(&bed.admin(), formula).await.unwrap();
    let mut file = export(&bed.admin(), SuppressionFilter::default()).await.unwrap();
    let mut text = String::new();
    while let Some(piece) = file.next().await.unwrap() {
        text.push_str(&String::from_utf8(piece).unwrap());
    }
    assert_eq!(text.lines().count(), 1_202);
    assert!(text.contains("a1199@example.sk") && text.contains("2026-05-28T20:26:"), "{}", &text[..400]);
    assert!(!text.contains(",=HYPERLINK") && !text.contains(",\"=HYPERLINK"), "{}", &text[..400]);
    let log = audit::list(&bed.admin(), AuditQuery::default()).await.unwrap().rows;
    assert_eq!(log[0].deed, Deed::SuppressionsExported(1_201));
}

#[tokio::test]
async fn what_stood_in_a_file_is_read_first_and_written_down_as_imported() {
    let bed = TestBed::new().await;
    suppress(&bed, "eva@example.sk").await;
    let csv = "E-mail;Telefón\neva@example.sk;\njan@example.sk;0905 123 456\nnikto;\n";
    let file = suppressions::read_file(&bed.admin(), "odhlaseni.csv", csv.into()).await.unwrap();
    assert_eq!(file.targets, ["eva@example.sk", "jan@example.sk", "+421 905 123 456"]);
    assert_eq!(file.bad.iter().map(|it| it.0).collect::<Vec<_>>(), [4]);
    let reader = bed.user_with(&[Permission::ContactsView]).await;
    let read = refused(suppressions::read_file(&reader, "a.csv", csv.into()).await);
    assert_eq!(read, Refusal::NotPermitted(Permission::SuppressionsManage));
    let reason = SuppressionReason::Imported;
    let draft = SuppressionsDraft { targets: file.targets.join("\n"), reason, note: String::new() };
    let came = suppressions::add_of_file(&bed.admin(), draft).await.unwrap();
    assert_eq!((came.added, came.already), (2, 1));
    let filter = SuppressionFilter { source: Some(SuppressionSource::Import), ..SuppressionFilter::default() };
    assert_eq!(suppressions::count(&bed.admin(), filter).await.unwrap(), 2);
}

#[tokio::test]
async fn dns_is_asked_only_when_the_company_wants_it_and_nobody_is_condemned_by_silence() {
    let bed = TestBed::new().await;
    let id = contact(&bed, "eva@example.sk").await;
    let asked = || vec!["eva@example.sk".to_owned()];
    let off = refused(suppressions::check_domains(&bed.admin(), asked()).await);
    assert_eq!(off, Refusal::IllegalStep(Noun::Company));
    let company = settings::company(&bed.admin()).await.unwrap();
    settings::save_company(&bed.admin(), Company { domain_checks: true, ..company }).await.unwrap();
    bed.engine.ask_dns(Dns::at("127.0.0.1:9".parse().unwrap(), Duration::from_millis(100)));
    assert_eq!(suppressions::check_domains(&bed.admin(), asked()).await.unwrap(), []);
    let standing = suppressions::of_contact(&bed.admin(), id).await.unwrap();
    assert_eq!(standing.addresses[0].domain, None);
}

#[tokio::test]
async fn chosen_contacts_are_suppressed_together_and_those_that_were_before_are_left() {
    let bed = TestBed::new().await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(contact(&bed, &format!("a{n}@example.sk")).await);
    }
    suppressions::suppress_contact(&bed.admin(), ids[0], ContactSuppressionDraft::default()).await.unwrap();
    ids.push(ContactId(999));
    let draft = ContactSuppressionDraft::default();
    let step = suppressions::suppress_contacts(&bed.admin(), Chosen::Ticked(ids), draft, None).await.unwrap();
    assert_eq!(step, BulkStep { done: 2, left: 2, next: None });
    assert_eq!(send(&bed.admin(), "a0@example.sk, a1@example.sk, a2@example.sk").await.suppressed, 3);
}
