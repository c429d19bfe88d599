//! EuroSMS: what goes onto the wire, and what its answers mean.

use delivery::{
    Verdict,
    sms::{
        Amount, AskFailure, Cause, EuroSms, EuroSmsDigest, EuroSmsMode, EuroSmsSettings, Question, Sender, SmsGateway, SmsOutcome,
    },
    testing::{EuroSmsServer, HttpFault, HttpSaid},
};
use secrecy::SecretString;

use crate::sms_support::{accepted, message, refused, said, transmit, transmit_one};

fn gateway(settings: EuroSmsSettings) -> SmsGateway {
    SmsGateway::EuroSms(EuroSms::new(settings))
}

#[tokio::test]
async fn one_text_for_several_numbers_is_one_request() {
    let server = EuroSmsServer::start().await;
    let batch = [message(1, "Dobrý deň"), message(2, "Dobrý deň"), message(3, "Dobrý deň")];
    let outcomes = transmit(&gateway(server.settings()), &batch).await;
    assert!(outcomes.iter().all(|it| accepted(it).len() == 1 && it.verdict() == Verdict::Accepted));
    assert_eq!(server.http().asked().len(), 1);
    assert_eq!(server.http().asked()[0].target, "/api/v3/send/o2m");
    let at_gateway = server.segments();
    assert_eq!(at_gateway.iter().map(|it| it.reference.as_deref().unwrap()).collect::<Vec<_>>(), ["d-1", "d-2", "d-3"]);
    assert!(at_gateway.iter().all(|it| it.flags == 1 | 4 && it.sender == "Posel" && it.text == "Dobrý deň"));
}

#[tokio::test]
async fn different_texts_are_one_request() {
    let server = EuroSmsServer::start().await;
    let long = "a".repeat(161);
    let mut batch = [message(1, "one"), message(2, &long), message(3, "three")];
    batch[2].sender = Some(Sender::parse("Other").unwrap());
    let outcomes = transmit(&gateway(server.settings()), &batch).await;
    assert_eq!(server.http().asked()[0].target, "/api/v3/send/m2m");
    assert_eq!(outcomes.iter().map(|it| accepted(it).len()).collect::<Vec<_>>(), [1, 2, 1]);
    let flags: Vec<u64> = server.segments().iter().map(|it| it.flags).collect();
    assert_eq!(flags, [1, 1 | 2, 1 | 2, 1]);
    assert_eq!(server.segments().last().unwrap().sender, "Other");
}

#[tokio::test]
async fn the_same_text_twice_to_one_number_is_sent_twice() {
    let server = EuroSmsServer::start().await;
    let mut batch = [message(1, "again"), message(2, "again")];
    batch[1].recipient = batch[0].recipient.clone();
    transmit(&gateway(server.settings()), &batch).await;
    assert_eq!(server.http().asked()[0].target, "/api/v3/send/m2m");
    assert_eq!((server.n_copies("d-1"), server.n_copies("d-2")), (1, 1));
}

#[tokio::test]
async fn a_message_alone_with_a_validity_carries_it() {
    let server = EuroSmsServer::start().await;
    let mut only = message(1, "table at seven");
    only.validity = Some(90);
    let outcome = transmit(&gateway(server.settings()), &[only]).await.remove(0);
    assert_eq!(accepted(&outcome)[0].as_str(), server.segments()[0].uuid);
    assert_eq!(server.http().asked()[0].target, "/api/v3/send/one");
    assert_eq!(server.segments()[0].ttl, Some(5400));
}

#[tokio::test]
async fn both_digests_are_understood() {
    let server = EuroSmsServer::start().await;
    for digest in [EuroSmsDigest::Sha256, EuroSmsDigest::Sha1] {
        let gateway = gateway(EuroSmsSettings { digest, ..server.settings() });
        assert_eq!(transmit_one(&gateway, "Príliš žltý kôň").await.verdict(), Verdict::Accepted);
    }
}

#[tokio::test]
async fn the_mirror_takes_everything_and_keeps_nothing() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(EuroSmsSettings { mode: EuroSmsMode::Test, ..server.settings() });
    assert_eq!(transmit_one(&gateway, "hello").await.verdict(), Verdict::Accepted);
    assert_eq!(server.http().asked()[0].target, "/api/v3/test/o2m");
    assert!(server.segments().is_empty());
}

#[tokio::test]
async fn a_wrong_key_stops_the_account_and_is_never_shown() {
    let server = EuroSmsServer::start().await;
    let settings = EuroSmsSettings { key: SecretString::from("a-wrong-key"), ..server.settings() };
    assert!(!format!("{:?}", gateway(settings.clone())).contains("a-wrong-key"));
    let echo = r#"{"err_code":"WRONG_SIGNATURE","err_list":[{"err_desc":"a-wrong-key does not fit"}]}"#;
    server.http().fault("o2m", HttpFault::Say(HttpSaid::new(200, echo)));
    for _ in 0..2 {
        let outcome = transmit_one(&gateway(settings.clone()), "hello").await;
        assert_eq!((refused(&outcome), outcome.verdict()), (Cause::Login, Verdict::AccountStopped));
        assert!(!format!("{outcome:?}").contains("a-wrong-key"));
    }
    assert!(server.segments().is_empty());
}

#[tokio::test]
async fn a_wrong_number_ends_one_message_and_not_its_neighbours() {
    let server = EuroSmsServer::start().await;
    let first = message(1, "x");
    server.refuse_number(first.recipient.as_str().trim_start_matches('+'));
    for batch in [[first.clone(), message(2, "x")], [first.clone(), message(3, "y")]] {
        let outcomes = transmit(&gateway(server.settings()), &batch).await;
        assert_eq!((refused(&outcomes[0]), outcomes[0].verdict()), (Cause::Number, Verdict::AddressBad));
        assert_eq!(outcomes[1].verdict(), Verdict::Accepted);
    }
}

#[tokio::test]
async fn used_up_credit_makes_messages_wait() {
    let server = EuroSmsServer::start().await;
    server.leave_credit(1);
    let outcomes = transmit(&gateway(server.settings()), &[message(1, "a"), message(2, "b"), message(3, "c")]).await;
    assert_eq!(outcomes[0].verdict(), Verdict::Accepted);
    for outcome in &outcomes[1..] {
        assert_eq!((refused(outcome), outcome.verdict()), (Cause::NoCredit, Verdict::AccountUnreachable));
        assert!(!outcome.verdict().is_attempt() && matches!(outcome, SmsOutcome::Deferred { .. }));
        assert_eq!(said(outcome).code, "NO_BALANCE");
    }
    server.leave_credit(10);
    assert_eq!(transmit_one(&gateway(server.settings()), "a").await.verdict(), Verdict::Accepted);
}

#[tokio::test]
async fn a_sender_that_is_not_allowed_stops_the_account_only_if_it_is_the_accounts_own() {
    let server = EuroSmsServer::start().await;
    server.allow_senders(&["Nobody"]);
    assert_eq!(transmit_one(&gateway(server.settings()), "a").await.verdict(), Verdict::AccountStopped);
    let mut own = message(1, "a");
    own.sender = Some(Sender::parse("Mine").unwrap());
    let outcome = transmit(&gateway(server.settings()), &[own]).await.remove(0);
    assert_eq!((refused(&outcome), outcome.verdict()), (Cause::SenderOfMessage, Verdict::MessageNever));
}

#[tokio::test]
async fn each_word_of_the_gateway_means_what_its_table_says() {
    let server = EuroSmsServer::start().await;
    for (code, verdict) in [
        ("WRONG_IID", Verdict::AccountStopped),
        ("NO_SGN", Verdict::AccountStopped),
        ("MSG_TOO_LONG", Verdict::MessageNever),
        ("EMPTY_MESSAGE", Verdict::MessageNever),
        ("TOO_MANY_MESSAGES", Verdict::AccountSlower),
        ("WRONG_NUMBER", Verdict::AddressBad),
        ("WRONG_SENDER", Verdict::AccountStopped),
        ("IM_NOT_ALLOWED", Verdict::MessageNever),
        ("FAILED", Verdict::MessageLater),
        ("ERR_OTHER", Verdict::MessageLater),
        ("A_WORD_OF_TOMORROW", Verdict::MessageLater),
    ] {
        let body = format!(r#"{{"err_code":"{code}","err_list":[]}}"#);
        server.http().fault("send", HttpFault::Say(HttpSaid::new(200, body.clone())));
        let outcome = transmit_one(&gateway(server.settings()), "a").await;
        assert_eq!(outcome.verdict(), verdict, "{code}");
        assert!(outcome.may_be_repeated());
        assert_eq!((said(&outcome).code.as_str(), said(&outcome).words.as_str()), (code, body.as_str()));
    }
}

#[tokio::test]
async fn a_message_that_the_answer_does_not_mention_is_unknown() {
    let server = EuroSmsServer::start().await;
    let body = r#"{"err_code":"ENQUEUED","group_id":5,"result":[{"e":"ENQUEUED","r":421903600001,"i":["u-1"]}]}"#;
    server.http().fault("m2m", HttpFault::SayAfter(HttpSaid::new(200, body)));
    let outcomes = transmit(&gateway(server.settings()), &[message(1, "a"), message(2, "b")]).await;
    assert_eq!(accepted(&outcomes[0])[0].as_str(), "u-1");
    assert_eq!(outcomes[1].verdict(), Verdict::Unknown);
}

#[tokio::test]
async fn a_thousand_messages_are_one_request_and_no_more() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(server.settings());
    let batch: Vec<_> = (0..1001).map(|n| message(n, &format!("text {n}"))).collect();
    assert_eq!(gateway.capabilities().batch, 1000);
    let outcomes = transmit(&gateway, &batch).await;
    assert!(outcomes[..1000].iter().all(|it| it.verdict() == Verdict::Accepted));
    assert_eq!(outcomes[1000].verdict(), Verdict::AtOnce);
    assert_eq!((server.http().asked().len(), server.segments().len()), (1, 1000));
}

#[tokio::test]
async fn the_credit_is_told_exactly() {
    let server = EuroSmsServer::start().await;
    server.leave_credit(12);
    assert_eq!(gateway(server.settings()).credit().await, Ok(Amount(12_500_000)));
    let stranger = gateway(EuroSmsSettings { id: "9-NOBODY".to_owned(), ..server.settings() });
    assert!(matches!(stranger.credit().await, Err(AskFailure::Refused { cause: Cause::Login, .. })));
}

#[tokio::test]
async fn states_are_asked_for_by_segment_and_by_group() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(server.settings());
    let outcomes = transmit(&gateway, &[message(1, "a"), message(2, "b")]).await;
    let ids = [accepted(&outcomes[0]), accepted(&outcomes[1])].concat();
    server.move_segment(ids[0].as_str(), "DELIVRD", "2026-07-01 12:00:00");
    let polled = gateway.poll(Question::Segments(&ids)).await.unwrap();
    let first = &polled.receipts[0];
    assert_eq!(first.state, Some(delivery::sms::SmsState::Delivered));
    assert_eq!(first.at, Some(1_782_900_000_000), "noon in Bratislava is ten in the morning of UTC");
    assert_eq!((first.price, first.number), (Some(Amount(26_500)), Some(1)));
    assert_eq!(first.reference.as_ref().unwrap().as_str(), "d-1");
    let SmsOutcome::Accepted { group: Some(group), .. } = &outcomes[0] else { panic!("no group") };
    let by_group = gateway.poll(Question::Group(group)).await.unwrap();
    assert_eq!(by_group.receipts, polled.receipts);
}

#[tokio::test]
async fn an_id_that_the_gateway_does_not_know_is_a_stranger() {
    let server = EuroSmsServer::start().await;
    let unknown = delivery::sms::SegmentId::new("no-such/../uuid").unwrap();
    let polled = gateway(server.settings()).poll(Question::Segments(&[unknown])).await.unwrap();
    assert_eq!((polled.receipts.len(), polled.strangers.len()), (0, 1));
    assert_eq!(server.http().asked()[0].target, "/api/v3/status/one/no-such%2F..%2Fuuid");
}

#[tokio::test]
async fn changes_asked_for_again_under_the_same_key_are_told_again() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(server.settings());
    let ids = accepted(&transmit_one(&gateway, "a").await);
    server.move_segment(ids[0].as_str(), "EXPIRED", "2026-07-01 12:00:00");
    let key = |it: &str| delivery::sms::Reference::parse(it).unwrap();
    server.http().fault("status/any", HttpFault::CutAfter(30));
    assert!(gateway.poll(Question::Changes(&key("p1"))).await.is_err());
    let again = gateway.poll(Question::Changes(&key("p1"))).await.unwrap();
    assert_eq!(again.receipts[0].state, Some(delivery::sms::SmsState::Expired));
    assert!(gateway.poll(Question::Changes(&key("p2"))).await.unwrap().receipts.is_empty());
}

#[tokio::test]
async fn the_gateway_cannot_be_asked_for_our_references() {
    let server = EuroSmsServer::start().await;
    let references = [message(1, "a").reference];
    let answer = gateway(server.settings()).poll(Question::References(&references)).await;
    assert_eq!(answer, Err(AskFailure::NotSupported));
}
