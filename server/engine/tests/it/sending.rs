//! Sending: from the click to the relay's answer, and everything that can come between.

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::worker::{self, Turn};
use engine::{Ctx, Pieces, accounts, capture, contacts, history, messages, retries};
use model::message::UNDO_MS;
use model::time::{days, hours, minutes};
use model::{
    AccountDraft, AccountId, AccountState, AttemptOutcome, ContactDraft, Decision, Deed, DeliveryState, MessageDetail,
    MessageDraft, MessageId, MessageState, Origin, Permission, Refusal, Released, RetryRules, Security, SmtpSettings,
};

use crate::refused;

fn letter(to: &str) -> MessageDraft {
    MessageDraft {
        to: to.into(),
        subject: "Ponuka dreva".into(),
        body: "Dobrý deň,\n\nposielame ponuku.".into(),
        with_signature: true,
        ..MessageDraft::default()
    }
}

async fn send(ctx: &Ctx, to: &str) -> Released {
    messages::send(ctx, None, letter(to)).await.unwrap()
}

/// Lets the time for undo pass and the worker do its turn.
async fn carry(bed: &TestBed) -> Turn {
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap()
}

async fn seen(bed: &TestBed, id: MessageId) -> MessageDetail {
    history::open(&bed.admin(), id).await.unwrap()
}

fn states(message: &MessageDetail) -> Vec<DeliveryState> {
    message.deliveries.iter().map(|it| it.state).collect()
}

async fn account_at(bed: &TestBed, server: &ScriptedServer, hourly_limit: Option<u32>) -> AccountId {
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: server.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let draft = AccountDraft {
        name: "Relay".into(),
        smtp,
        password: None,
        sender_name: "Žltý kôň".into(),
        sender_address: "obchod@example.sk".into(),
        hourly_limit,
        ..AccountDraft::default()
    };
    accounts::save(&bed.admin(), None, draft).await.unwrap()
}

async fn state_of(bed: &TestBed, id: AccountId) -> AccountState {
    accounts::list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id).unwrap().state
}

#[tokio::test]
async fn without_an_account_everything_goes_to_capture_as_it_would_have_left() {
    let bed = TestBed::new().await;
    let sent = send(&bed.admin(), "Eva <eva@example.sk>; jan@example.sk").await;
    assert_eq!(sent.recipients, 2);
    assert_eq!(carry(&bed).await.carried, 2);
    let message = seen(&bed, sent.id).await;
    assert_eq!((message.state, states(&message)), (MessageState::Sent, vec![DeliveryState::Accepted; 2]));
    let kept = capture::list(&bed.admin(), None).await.unwrap().rows;
    assert_eq!(kept.iter().map(|it| it.recipient.as_str()).collect::<Vec<_>>(), ["jan@example.sk", "eva@example.sk"]);
    let mail = capture::open(&bed.admin(), kept[0].id).await.unwrap();
    assert_eq!(mail.row.subject, "Ponuka dreva");
    assert!(mail.to.contains("eva@example.sk") && mail.text.contains("posielame ponuku") && mail.has_html);
    assert!(mail.source.contains(&format!("Message-ID: <{}>", message.header_id)));
}

#[tokio::test]
async fn a_blind_copy_gets_the_mail_and_nobody_reads_of_it() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    let draft = MessageDraft { bcc: "tajny@example.sk".into(), ..letter("eva@example.sk") };
    messages::send(&bed.admin(), None, draft).await.unwrap();
    carry(&bed).await;
    assert_eq!((relay.n_copies("eva@example.sk"), relay.n_copies("tajny@example.sk")), (1, 1));
    assert!(relay.mails().iter().all(|it| !String::from_utf8_lossy(&it.body).contains("tajny")));
}

#[tokio::test]
async fn the_relay_gets_it_once_and_its_literal_answer_is_kept() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Dot).take().answer("250 2.0.0 Ok: queued as 4F2A"));
    let sent = send(&bed.admin(), "eva@example.sk").await;
    carry(&bed).await;
    carry(&bed).await;
    assert_eq!(relay.n_copies("eva@example.sk"), 1);
    let message = seen(&bed, sent.id).await;
    assert_eq!(message.state, MessageState::Sent);
    let attempt = &message.deliveries[0].attempts[0];
    assert!(attempt.reply.contains("queued as 4F2A"), "{}", attempt.reply);
    assert_eq!(attempt.relay, format!("127.0.0.1:{}", relay.address().port()));
    let deeds: Vec<&Deed> = message.log.iter().map(|it| &it.deed).collect();
    assert!(matches!(deeds[..], [Deed::DeliveryAccepted(..), Deed::MessageReleased(_, 1)]), "{deeds:?}");
}

#[tokio::test]
async fn for_ten_seconds_sending_can_be_undone_and_then_not() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let sent = send(&admin, "eva@example.sk").await;
    assert_eq!(messages::undoable(&admin).await.unwrap(), std::slice::from_ref(&sent));
    bed.advance(UNDO_MS - 1);
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 0);
    messages::undo(&admin, sent.id).await.unwrap();
    let draft = messages::open_draft(&admin, sent.id).await.unwrap();
    assert_eq!(draft.draft, letter("eva@example.sk"));
    let key = model::DraftKey { id: draft.id, revision: draft.revision };
    let again = messages::send(&admin, Some(key), draft.draft).await.unwrap();
    bed.advance(UNDO_MS);
    assert_eq!(refused(messages::undo(&admin, again.id).await), Refusal::UndoTooLate);
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 1);
    assert_eq!(refused(messages::undo(&admin, again.id).await), Refusal::UndoTooLate);
}

#[tokio::test]
async fn a_deferred_delivery_is_tried_again_later() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Recipient).answer("450 4.2.0 Greylisted").once());
    let sent = send(&bed.admin(), "eva@example.sk").await;
    carry(&bed).await;
    let message = seen(&bed, sent.id).await;
    assert_eq!((message.state, states(&message)), (MessageState::Queued, vec![DeliveryState::Waiting]));
    assert_eq!(message.deliveries[0].attempts[0].outcome, AttemptOutcome::Deferred);
    bed.advance(minutes(1) - UNDO_MS - 1);
    assert_eq!(carry(&bed).await.carried, 0);
    assert_eq!(carry(&bed).await.carried, 1);
    assert_eq!(states(&seen(&bed, sent.id).await), [DeliveryState::Accepted]);
    assert_eq!(relay.n_copies("eva@example.sk"), 1);
}

#[tokio::test]
async fn the_pauses_are_those_that_were_set_and_after_its_worth_a_delivery_is_given_up() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    let rules = RetryRules { deferred: vec![10, 45], worth_hours: 1, ..RetryRules::default() };
    retries::save_rules(&bed.admin(), rules.clone()).await.unwrap();
    assert_eq!(retries::rules(&bed.admin()).await.unwrap(), rules);
    relay.rule(Rule::at(At::Recipient).answer("450 4.2.0 Greylisted"));
    let sent = send(&bed.admin(), "eva@example.sk").await;
    let mut carried = Vec::new();
    for pause in [0, minutes(10) - UNDO_MS - 1, 0, minutes(45) - UNDO_MS - 1, 0, minutes(45)] {
        bed.advance(pause);
        carried.push(carry(&bed).await.carried);
    }
    assert_eq!(carried, [1, 0, 1, 0, 1, 0]);
    assert_eq!(states(&seen(&bed, sent.id).await), [DeliveryState::Expired]);
}

#[tokio::test]
async fn one_refused_address_does_not_harm_the_other() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Recipient).for_recipient("zle@example.sk").answer("550 5.1.1 no such user"));
    let sent = send(&bed.admin(), "zle@example.sk, eva@example.sk").await;
    carry(&bed).await;
    let message = seen(&bed, sent.id).await;
    assert_eq!(
        (message.state, states(&message)),
        (MessageState::PartlySent, vec![DeliveryState::Rejected, DeliveryState::Accepted])
    );
    assert!(message.deliveries[0].attempts[0].reply.contains("no such user"));
}

#[tokio::test]
async fn an_answer_that_never_came_is_unknown_and_only_a_person_sends_it_again() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Dot).take().close().once());
    let sent = send(&bed.admin(), "eva@example.sk").await;
    carry(&bed).await;
    bed.advance(days(1));
    carry(&bed).await;
    let message = seen(&bed, sent.id).await;
    assert_eq!((message.state, states(&message)), (MessageState::Queued, vec![DeliveryState::Unknown]));
    assert_eq!(relay.n_copies("eva@example.sk"), 1);
    messages::decide(&bed.admin(), message.deliveries[0].id, Decision::SendAgain).await.unwrap();
    carry(&bed).await;
    assert_eq!(seen(&bed, sent.id).await.state, MessageState::Sent);
    let ids: Vec<String> = relay.mails().iter().map(|it| message_id(&it.body)).collect();
    assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
}

fn message_id(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    text.lines().find(|it| it.starts_with("Message-ID:")).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_crash_after_the_hand_over_leaves_it_unknown_and_a_crash_before_lets_it_wait() {
    let mut bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Dot).hang());
    let sent = send(&bed.admin(), "eva@example.sk").await;
    bed.advance(UNDO_MS);
    let engine = bed.engine.clone();
    let turn = tokio::spawn(async move { worker::turn(&engine).await });
    handed(&bed, sent.id).await;
    turn.abort();
    let _ = turn.await;
    relay.behave();
    let waiting = send(&bed.admin(), "jan@example.sk").await;
    bed.crash().await;
    let message = seen(&bed, sent.id).await;
    assert_eq!((message.state, states(&message)), (MessageState::Queued, vec![DeliveryState::Unknown]));
    assert!(matches!(message.log[0].deed, Deed::DeliveryUnknown(..)));
    carry(&bed).await;
    assert_eq!(seen(&bed, waiting.id).await.state, MessageState::Sent);
    assert_eq!(states(&seen(&bed, sent.id).await), [DeliveryState::Unknown]);
}

/// Waits until the worker has committed that the last byte may leave.
async fn handed(bed: &TestBed, id: MessageId) {
    for _ in 0..10_000 {
        if states(&seen(bed, id).await) == [DeliveryState::Handed] {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("never handed");
}

#[tokio::test]
async fn a_wrong_password_stops_the_account_once_and_loses_nothing() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    let account = account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Mail).answer("530 5.7.0 Authentication required"));
    for to in ["a@example.sk", "b@example.sk", "c@example.sk"] {
        send(&bed.admin(), to).await;
    }
    carry(&bed).await;
    let AccountState::Trouble { reply, .. } = state_of(&bed, account).await else { panic!("still sends") };
    assert!(reply.contains("Authentication required"));
    assert_eq!(relay.commands().iter().filter(|it| it.1.starts_with("MAIL")).count(), 1);
    bed.advance(hours(5));
    assert_eq!(carry(&bed).await.carried, 0);
    relay.behave();
    accounts::resume(&bed.admin(), account).await.unwrap();
    carry(&bed).await;
    assert_eq!(relay.mails().len(), 3);
}

#[tokio::test]
async fn a_relay_that_is_away_delays_and_a_paused_account_waits() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    let account = account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Greeting).answer("421 4.3.0 busy").once());
    let sent = send(&bed.admin(), "eva@example.sk").await;
    carry(&bed).await;
    assert_eq!(states(&seen(&bed, sent.id).await), [DeliveryState::Waiting]);
    accounts::pause(&bed.admin(), account).await.unwrap();
    bed.advance(hours(1));
    assert_eq!(carry(&bed).await.carried, 0);
    accounts::resume(&bed.admin(), account).await.unwrap();
    assert_eq!(carry(&bed).await.carried, 1);
    assert_eq!(seen(&bed, sent.id).await.state, MessageState::Sent);
}

#[tokio::test]
async fn the_hourly_limit_is_never_exceeded_in_any_sliding_hour_and_survives_a_restart() {
    let mut bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, Some(3)).await;
    for n in 0..7 {
        send(&bed.admin(), &format!("a{n}@example.sk")).await;
    }
    let first = carry(&bed).await;
    assert_eq!((first.carried, relay.mails().len()), (3, 3));
    bed.crash().await;
    bed.advance(hours(1) - UNDO_MS - 1);
    let early = carry(&bed).await;
    assert_eq!((early.carried, relay.mails().len()), (0, 3));
    assert_eq!(early.next_due, Some(bed.engine.clock().now().plus(1)));
    bed.advance(1);
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!(relay.mails().len(), 6);
}

#[tokio::test]
async fn what_nobody_takes_for_three_days_expires() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Recipient).answer("450 4.2.1 later"));
    let sent = send(&bed.admin(), "eva@example.sk").await;
    carry(&bed).await;
    bed.advance(days(3));
    carry(&bed).await;
    let message = seen(&bed, sent.id).await;
    assert_eq!((message.state, states(&message)), (MessageState::Failed, vec![DeliveryState::Expired]));
}

#[tokio::test]
async fn cancelling_stops_what_waits_and_tells_how_many() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account_at(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Recipient).for_recipient("b@example.sk").answer("450 4.2.1 later"));
    let sent = send(&bed.admin(), "a@example.sk, b@example.sk").await;
    carry(&bed).await;
    assert_eq!(messages::cancel(&bed.admin(), vec![sent.id]).await.unwrap(), 1);
    assert_eq!(seen(&bed, sent.id).await.state, MessageState::PartlySent);
    assert!(matches!(refused(messages::cancel(&bed.admin(), vec![sent.id]).await), Refusal::IllegalStep(_)));
}

#[tokio::test]
async fn a_resend_is_a_new_message_with_the_same_words_and_files() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let file = engine::attachments::put(&admin, "cenník.pdf", "application/pdf", b"%PDF-1.4".to_vec()).await.unwrap();
    let draft = MessageDraft { attachments: vec![file.id], ..letter("eva@example.sk") };
    let sent = messages::send(&admin, None, draft).await.unwrap();
    assert!(matches!(refused(messages::resend(&admin, vec![sent.id]).await), Refusal::IllegalStep(_)));
    carry(&bed).await;
    let again = messages::resend(&admin, vec![sent.id]).await.unwrap().remove(0);
    carry(&bed).await;
    let (old, new) = (seen(&bed, sent.id).await, seen(&bed, again.id).await);
    assert_eq!((new.origin, new.state, new.resend_of), (Origin::Resend, MessageState::Sent, Some(sent.id)));
    assert_eq!((&new.text, &new.subject, old.resent_as), (&old.text, &old.subject, vec![again.id]));
    assert_ne!(new.header_id, old.header_id);
    let (kept, content) = engine::attachments::open(&admin, again.id, new.attachments[0].id).await.unwrap();
    assert_eq!((kept.name.as_str(), content.whole().await.unwrap()), ("cenník.pdf", b"%PDF-1.4".to_vec()));
}

#[tokio::test]
async fn a_resend_can_be_undone_into_a_draft() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let sent = send(&admin, "eva@example.sk").await;
    carry(&bed).await;
    let again = messages::resend(&admin, vec![sent.id]).await.unwrap().remove(0);
    messages::undo(&admin, again.id).await.unwrap();
    let draft = messages::open_draft(&admin, again.id).await.unwrap().draft;
    assert_eq!((draft.to.as_str(), draft.subject.as_str(), draft.with_signature), ("eva@example.sk", "Ponuka dreva", true));
}

#[tokio::test]
async fn a_prepared_message_waits_for_release_and_can_be_opened_again() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = messages::prepare(&admin, None, letter("eva@example.sk")).await.unwrap();
    assert_eq!(carry(&bed).await.carried, 0);
    let draft = messages::open_draft(&admin, id).await.unwrap();
    let changed = MessageDraft { subject: "Nová ponuka".into(), ..draft.draft };
    let key = model::DraftKey { id, revision: draft.revision };
    assert_eq!(messages::prepare(&admin, Some(key), changed).await.unwrap(), id);
    messages::release(&admin, vec![id]).await.unwrap();
    carry(&bed).await;
    let message = seen(&bed, id).await;
    assert_eq!((message.state, message.subject.as_str()), (MessageState::Sent, "Nová ponuka"));
    assert!(matches!(refused(messages::open_draft(&admin, id).await), Refusal::IllegalStep(_)));
}

#[tokio::test]
async fn recipients_are_tied_to_their_contacts_and_named_by_them() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let draft = ContactDraft {
        first_name: "Eva".into(),
        last_name: "Nová".into(),
        emails: vec!["eva@example.sk".into()],
        ..ContactDraft::default()
    };
    let contact = contacts::save(&admin, None, draft).await.unwrap();
    let sent = send(&admin, "EVA@example.sk").await;
    let message = seen(&bed, sent.id).await;
    assert_eq!((message.recipients[0].name.as_str(), message.recipients[0].contact), ("Eva Nová", Some(contact)));
    let of_contact = model::MessageFilter { contact: Some(contact), ..model::MessageFilter::default() };
    assert_eq!(history::count(&admin, of_contact).await.unwrap(), 1);
}

#[tokio::test]
async fn the_signature_stands_under_the_text_when_wanted() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let profile = model::Profile { name: "Adam".into(), signature: "S pozdravom Adam".into(), ..model::Profile::default() };
    engine::profile::save(&admin, profile).await.unwrap();
    let with = send(&admin, "eva@example.sk").await;
    let without = messages::send(&admin, None, MessageDraft { with_signature: false, ..letter("eva@example.sk") }).await.unwrap();
    assert!(seen(&bed, with.id).await.text.contains("S pozdravom Adam"));
    assert!(!seen(&bed, without.id).await.text.contains("S pozdravom Adam"));
}

#[tokio::test]
async fn files_that_run_or_are_too_large_are_refused_by_name() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let run = engine::attachments::put(&admin, "faktura.pdf.EXE", "application/pdf", vec![1]).await;
    assert_eq!(refused(run), Refusal::FileTypeBlocked { ending: "exe".into() });
    let max = engine::attachments::limit(&admin).await.unwrap();
    let large = engine::attachments::put(&admin, "a.bin", "x/y", vec![0; max as usize + 1]).await;
    assert_eq!(refused(large), Refusal::FileTooLarge { max });
    let mut ids = Vec::new();
    for n in 0..2 {
        let content = vec![n; max as usize * 2 / 3];
        ids.push(engine::attachments::put(&admin, "a.bin", "x/y", content).await.unwrap().id);
    }
    let both = messages::send(&admin, None, MessageDraft { attachments: ids, ..letter("eva@example.sk") }).await;
    assert_eq!(refused(both), Refusal::field("attachments", model::Fault::TooLargeInAll { max }));
}

#[tokio::test]
async fn who_sees_only_their_own_does_not_learn_of_others() {
    let bed = TestBed::new().await;
    let sent = send(&bed.admin(), "eva@example.sk").await;
    let writer = bed
        .user_with(&[Permission::MessagesViewOwn, Permission::MessageWrite, Permission::MessageSend, Permission::MessageResend])
        .await;
    assert!(matches!(refused(history::open(&writer, sent.id).await), Refusal::NotFound(_)));
    assert!(matches!(refused(messages::resend(&writer, vec![sent.id]).await), Refusal::NotFound(_)));
    assert!(matches!(refused(history::html(&writer, sent.id).await), Refusal::NotFound(_)));
    assert_eq!(history::list(&writer, model::MessageQuery::default()).await.unwrap().rows.len(), 0);
    let own = send(&writer, "jan@example.sk").await;
    assert_eq!(history::list(&writer, model::MessageQuery::default()).await.unwrap().rows[0].id, own.id);
    assert!(history::open(&bed.admin(), own.id).await.is_ok());
}

#[tokio::test]
async fn the_stored_password_is_never_offered_to_another_host() {
    let bed = TestBed::new().await;
    let (ours, foreign) = (ScriptedServer::start().await, login_server().await);
    let smtp =
        |port, user: &str| SmtpSettings { host: "127.0.0.1".into(), port, security: Security::None, user_name: user.into() };
    let draft = AccountDraft {
        name: "Relay".into(),
        smtp: smtp(ours.address().port(), "eva"),
        password: Some("tajne-heslo".into()),
        sender_address: "obchod@example.sk".into(),
        ..AccountDraft::default()
    };
    let id = accounts::save(&bed.admin(), None, draft.clone()).await.unwrap();
    let moved = AccountDraft { smtp: smtp(foreign.address().port(), "eva"), password: None, ..draft.clone() };
    accounts::test(&bed.admin(), Some(id), moved.clone()).await.unwrap();
    let stored = async || accounts::list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id).unwrap().has_password;
    accounts::save(&bed.admin(), Some(id), AccountDraft { password: None, ..draft }).await.unwrap();
    assert!(stored().await, "it stays where the relay is the same");
    accounts::save(&bed.admin(), Some(id), moved).await.unwrap();
    assert!(!stored().await);
    send(&bed.admin(), "eva@example.sk").await;
    carry(&bed).await;
    let said: String = foreign.commands().into_iter().map(|it| it.1).collect();
    assert!(said.contains("AUTH"), "{said}");
    // "\0eva\0tajne-heslo" and "tajne-heslo" in base64.
    assert!(!said.contains("AGV2YQB0YWpuZS1oZXNsbw==") && !said.contains("dGFqbmUtaGVzbG8="));
}

async fn login_server() -> ScriptedServer {
    let login = Some(("eva".to_owned(), "ine".to_owned()));
    ScriptedServer::start_with(delivery::testing::Options { login, ..delivery::testing::Options::default() }).await
}
