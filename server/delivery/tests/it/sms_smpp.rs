//! SMPP 3.4: what goes onto the wire, read by a library that nobody here wrote, and what a centre can do to us.

use std::time::Duration;

use bytes::BytesMut;
use delivery::{
    TroubleKind, Verdict,
    sms::{
        Bind, Cause, Encoding, LongText, Question, ReceiptIds, Reference, Sender, Smpp, SmppSettings, SmsGateway, SmsKind,
        SmsOutcome, SmsState,
    },
    testing::{CentreFault, SmppServer},
};
use proptest::prelude::*;
use rusmpp::{Command, Pdu, decode::DecodeWithLength, pdus::SubmitSm, values::DataCoding};
use secrecy::SecretString;

use crate::sms_support::{accepted, message, refused, said, transmit, transmit_one};

fn gateway(settings: SmppSettings) -> SmsGateway {
    SmsGateway::Smpp(Box::new(Smpp::new(settings)))
}

fn impatient(server: &SmppServer) -> SmppSettings {
    let mut settings = server.settings();
    settings.limits.answer = Duration::from_secs(2);
    settings
}

fn key(text: &str) -> Reference {
    Reference::parse(text).unwrap()
}

/// A packet as the other library reads it.
fn read(packet: &[u8]) -> SubmitSm {
    let mut bytes = BytesMut::from(&packet[4..]);
    let (command, _) = Command::decode(&mut bytes, packet.len() - 4).unwrap();
    match command.pdu() {
        Some(Pdu::SubmitSm(it)) => it.clone(),
        other => panic!("expected submit_sm, got {other:?}"),
    }
}

#[tokio::test]
async fn a_message_is_read_by_another_library_as_it_was_meant() {
    let server = SmppServer::start().await;
    let mut batch = [message(1, "Hello @ 5 €"), message(2, "Dobrý deň"), message(3, "now")];
    batch[1].sender = Some(Sender::parse("+421903000111").unwrap());
    batch[1].validity = Some(90);
    batch[2].kind = SmsKind::Flash;
    let outcomes = transmit(&gateway(server.settings()), &batch).await;
    assert_eq!(accepted(&outcomes[0])[0].as_str(), "m-1");
    let parts: Vec<SubmitSm> = server.parts().iter().map(|it| read(&it.packet)).collect();
    assert_eq!(parts[0].destination_addr.to_string(), "421903600001");
    assert_eq!(parts[0].source_addr.to_string(), "Posel");
    assert_eq!((u8::from(parts[0].source_addr_ton), u8::from(parts[0].dest_addr_ton)), (5, 1));
    assert_eq!(parts[0].data_coding, DataCoding::McSpecific);
    assert_eq!(parts[0].short_message().as_ref(), b"Hello \x00 5 \x1be".as_slice());
    assert_eq!(parts[1].data_coding, DataCoding::Ucs2);
    let units: Vec<u8> = "Dobrý deň".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(parts[1].short_message().as_ref(), units.as_slice());
    assert_eq!((parts[1].source_addr.to_string(), u8::from(parts[1].source_addr_ton)), ("421903000111".to_owned(), 1));
    assert_eq!(parts[1].validity_period.to_string(), "000000013000000R");
    assert_eq!((u8::from(parts[2].data_coding), u8::from(parts[0].registered_delivery)), (0x10, 1));
}

#[tokio::test]
async fn a_long_text_goes_in_parts_that_the_phone_joins() {
    let server = SmppServer::start().await;
    let text = "č".repeat(150);
    let outcome = transmit_one(&gateway(server.settings()), &text).await;
    assert_eq!(accepted(&outcome).len(), 3);
    let mut joined = Vec::new();
    let parts = server.parts();
    let number = read(&parts[0].packet).short_message().as_ref()[3];
    for (n, part) in (1u8..).zip(&parts) {
        let part = read(&part.packet);
        assert_eq!(u8::from(part.esm_class), 0x40);
        let (header, text) = part.short_message().as_ref().split_at(6);
        assert_eq!(header, [5, 0, 3, number, 3, n]);
        joined.extend_from_slice(text);
    }
    assert_eq!(joined, text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
}

#[tokio::test]
async fn a_long_text_may_go_whole() {
    let server = SmppServer::start().await;
    let gateway = gateway(SmppSettings { long_text: LongText::Payload, ..server.settings() });
    assert_eq!(accepted(&transmit_one(&gateway, &"a".repeat(400)).await).len(), 1);
    let part = read(&server.parts()[0].packet);
    assert!(part.short_message().as_ref().is_empty());
    assert_eq!(part.tlvs().len(), 1);
    assert!(server.parts()[0].packet.ends_with(&[b'a'; 400]));
}

#[tokio::test]
async fn an_account_says_how_its_texts_are_written_and_numbered() {
    let server = SmppServer::start().await;
    let (encoding, numbering) = (Encoding::Latin1, Some((3, 9)));
    let gateway = gateway(SmppSettings { encoding, numbering, validity: Some(90), receipts: false, ..server.settings() });
    let outcomes = transmit(&gateway, &[message(1, "Ahoj {ö}!"), message(2, "5 €"), message(3, &"€".repeat(71))]).await;
    assert_eq!(outcomes.iter().map(|it| accepted(it).len()).collect::<Vec<_>>(), [1, 1, 2]);
    let parts: Vec<SubmitSm> = server.parts().iter().map(|it| read(&it.packet)).collect();
    assert_eq!((parts[0].data_coding, parts[0].short_message().as_ref()), (DataCoding::Latin1, b"Ahoj {\xf6}!".as_slice()));
    assert_eq!((parts[1].data_coding, parts[1].short_message().as_ref()), (DataCoding::Ucs2, b"\x005\x00 \x20\xac".as_slice()));
    assert_eq!((u8::from(parts[0].source_addr_ton), u8::from(parts[0].source_addr_npi)), (3, 9));
    assert_eq!((parts[0].validity_period.to_string(), u8::from(parts[0].registered_delivery)), ("000000013000000R".into(), 0));
    assert!(!gateway.capabilities().polls.changes, "nothing is waited for that was not asked for");
}

#[tokio::test]
async fn texts_may_leave_by_one_connection_and_receipts_come_by_another() {
    let server = SmppServer::start().await;
    let gateway = gateway(SmppSettings { bind: Bind::Pair, sender: None, ..server.settings() });
    let id = accepted(&transmit_one(&gateway, "a").await).remove(0);
    assert_eq!(read(&server.parts()[0].packet).source_addr.to_string(), "");
    server.receipt(id.as_str(), "DELIVRD", "2607011200");
    let polled = gateway.poll(Question::Changes(&key("p1"))).await.unwrap();
    assert_eq!((polled.receipts[0].segment.as_ref(), server.binds()), (Some(&id), vec![2, 1]));
    gateway.close().await;
    assert_eq!((server.n_goodbyes(), server.n_connections()), (2, 2));
}

#[tokio::test]
async fn who_only_sends_binds_so_and_keeps_the_connection_by_asking() {
    let server = SmppServer::start().await;
    let gateway = gateway(SmppSettings { bind: Bind::Transmitter, ..server.settings() });
    gateway.reach().await.unwrap();
    server.receipt("m-1", "DELIVRD", "2607011200");
    assert!(gateway.poll(Question::Changes(&key("p1"))).await.unwrap().receipts.is_empty());
    assert_eq!((server.binds(), gateway.pause()), (vec![2], Some(Duration::from_secs(30))));
}

#[tokio::test]
async fn a_centre_that_says_goodbye_is_connected_to_anew() {
    let server = SmppServer::start().await;
    let gateway = gateway(server.settings());
    transmit_one(&gateway, "a").await;
    server.say_goodbye();
    assert_eq!(transmit_one(&gateway, "b").await.verdict(), Verdict::Accepted);
    server.say_goodbye();
    gateway.poll(Question::Changes(&key("p1"))).await.unwrap();
    assert_eq!((server.n_connections(), server.parts().len()), (3, 2));
}

#[tokio::test]
async fn the_window_is_filled_and_never_exceeded() {
    let server = SmppServer::start().await;
    server.hold(4);
    let gateway = gateway(SmppSettings { window: 4, ..server.settings() });
    let batch: Vec<_> = (0..20).map(|n| message(n, "a")).collect();
    let outcomes = transmit(&gateway, &batch).await;
    assert!(outcomes.iter().all(|it| it.verdict() == Verdict::Accepted));
    assert_eq!((server.most_waiting(), server.parts().len(), server.n_connections()), (4, 20, 1));
}

#[tokio::test]
async fn throttling_slows_the_account_and_leaves_the_rest_untouched() {
    let server = SmppServer::start().await;
    server.faults(&[None, Some(CentreFault::Status(0x58))]);
    let gateway = gateway(SmppSettings { window: 1, ..server.settings() });
    let outcomes = transmit(&gateway, &[message(1, "a"), message(2, "b"), message(3, "c")]).await;
    let verdicts: Vec<Verdict> = outcomes.iter().map(SmsOutcome::verdict).collect();
    assert_eq!(verdicts, [Verdict::Accepted, Verdict::AccountSlower, Verdict::AtOnce]);
    assert_eq!((said(&outcomes[1]).status, said(&outcomes[1]).code.as_str()), (0x58, "ESME_RTHROTTLED"));
    assert_eq!(server.parts().len(), 1);
    assert!(transmit(&gateway, &[message(2, "b"), message(3, "c")]).await.iter().all(|it| it.verdict() == Verdict::Accepted));
}

#[tokio::test]
async fn each_status_means_what_the_standard_says() {
    let server = SmppServer::start().await;
    let gateway = gateway(server.settings());
    for (status, verdict) in [
        (0x14, Verdict::AccountSlower),
        (0x0b, Verdict::AddressBad),
        (0x0a, Verdict::AccountStopped),
        (0x01, Verdict::MessageNever),
        (0x65, Verdict::MessageNever),
        (0x15, Verdict::AccountStopped),
        (0x08, Verdict::MessageLater),
        (0x45, Verdict::MessageLater),
        (0x0400, Verdict::MessageLater),
    ] {
        server.faults(&[Some(CentreFault::Status(status))]);
        let outcome = transmit_one(&gateway, "a").await;
        assert_eq!((outcome.verdict(), said(&outcome).status), (verdict, status), "{status:#x}");
    }
    assert!(server.parts().is_empty());
}

#[tokio::test]
async fn a_message_of_which_only_a_part_was_taken_is_unknown() {
    let server = SmppServer::start().await;
    server.faults(&[None, Some(CentreFault::Status(0x08))]);
    let outcome = transmit_one(&gateway(SmppSettings { window: 1, ..server.settings() }), &"a".repeat(400)).await;
    assert_eq!(outcome.verdict(), Verdict::Unknown);
    assert_eq!(said(&outcome).to_string(), "8 ESME_RSYSERR: 1 of 3 parts were taken");
}

#[tokio::test]
async fn a_centre_that_takes_parts_and_does_not_answer_leaves_them_unknown() {
    for fault in [CentreFault::CloseAfter, CentreFault::SilenceAfter, CentreFault::WrongNumberAfter, CentreFault::NonsenseAfter] {
        let server = SmppServer::start().await;
        server.faults(&[None, Some(fault)]);
        let settings = if fault == CentreFault::SilenceAfter { impatient(&server) } else { server.settings() };
        let gateway = gateway(SmppSettings { window: 1, ..settings });
        let outcomes = transmit(&gateway, &[message(1, "a"), message(2, "b"), message(3, "c")]).await;
        let verdicts: Vec<Verdict> = outcomes.iter().map(SmsOutcome::verdict).collect();
        assert_eq!(verdicts, [Verdict::Accepted, Verdict::Unknown, Verdict::AtOnce], "{fault:?}");
        assert_eq!(server.parts().len(), 2, "nothing was repeated by itself");
        assert_eq!(transmit(&gateway, &[message(3, "c")]).await[0].verdict(), Verdict::Accepted);
        assert_eq!(server.n_connections(), 2, "a connection that broke is not used again");
    }
}

#[tokio::test]
async fn a_connection_is_kept_and_proved_alive_before_anything_leaves() {
    let server = SmppServer::start().await;
    let gateway = gateway(server.settings());
    for n in 0..3 {
        assert_eq!(transmit(&gateway, &[message(n, "a")]).await[0].verdict(), Verdict::Accepted);
    }
    assert_eq!((server.n_connections(), server.n_enquiries()), (1, 2));
}

#[tokio::test]
async fn nothing_leaves_if_the_caller_cannot_commit() {
    let server = SmppServer::start().await;
    let sent = gateway(server.settings()).transmit(&[message(1, "a")], || std::future::ready(Err("the disk is full"))).await;
    assert_eq!(sent, Err("the disk is full"));
    assert!(server.parts().is_empty());
}

#[tokio::test]
async fn a_wrong_password_stops_the_account_and_is_never_shown() {
    let server = SmppServer::start().await;
    let settings = SmppSettings { password: SecretString::from("wrong-pw"), ..server.settings() };
    let gateway = gateway(settings);
    let outcome = transmit_one(&gateway, "a").await;
    assert_eq!((refused(&outcome), outcome.verdict()), (Cause::Login, Verdict::AccountStopped));
    assert!(!format!("{gateway:?} {outcome:?}").contains("wrong-pw"));
}

#[tokio::test]
async fn a_centre_that_lets_nobody_in_is_waited_for() {
    let server = SmppServer::start().await;
    server.refuse_binds(0x0d);
    assert_eq!(transmit_one(&gateway(server.settings()), "a").await.verdict(), Verdict::AccountStopped);
    server.refuse_binds(0x08);
    assert_eq!(transmit_one(&gateway(server.settings()), "a").await.verdict(), Verdict::AccountUnreachable);
    let mut closed = server.settings();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    closed.route = delivery::smtp::Route::Fixed(vec![free]);
    let outcome = transmit_one(&gateway(closed), "a").await;
    let SmsOutcome::NotSent { trouble } = outcome else { panic!("{outcome:?}") };
    assert_eq!((trouble.kind, trouble.verdict()), (TroubleKind::Refused, Verdict::AccountUnreachable));
}

#[tokio::test]
async fn receipts_are_acknowledged_only_after_they_were_stored() {
    let server = SmppServer::start().await;
    let settings = server.settings();
    let gateway = gateway(settings.clone());
    let id = accepted(&transmit_one(&gateway, "a").await).remove(0);
    server.receipt(id.as_str(), "DELIVRD", "2607011200");
    let first = gateway.poll(Question::Changes(&key("p1"))).await.unwrap();
    let it = &first.receipts[0];
    assert_eq!((it.segment.as_ref(), it.state, it.at), (Some(&id), Some(SmsState::Delivered), Some(1_782_900_000_000)));
    assert_eq!(it.recipient.as_ref().unwrap().as_str(), "+421903600001");
    assert_eq!(gateway.poll(Question::Changes(&key("p1"))).await.unwrap(), first, "the same key is told the same");
    assert_eq!(server.n_acknowledged(), 0);
    // The process dies before it has stored them: with the next connection they come again.
    let after = SmsGateway::Smpp(Box::new(Smpp::new(settings)));
    assert_eq!(after.poll(Question::Changes(&key("p1"))).await.unwrap(), first);
    assert!(after.poll(Question::Changes(&key("p2"))).await.unwrap().receipts.is_empty());
    assert_eq!(server.n_acknowledged(), 1);
}

#[tokio::test]
async fn receipts_may_be_tagged_and_come_while_messages_leave() {
    let server = SmppServer::start().await;
    let gateway = gateway(server.settings());
    transmit_one(&gateway, "a").await;
    server.tagged_receipt("m-1", 5);
    assert_eq!(transmit(&gateway, &[message(2, "b")]).await[0].verdict(), Verdict::Accepted);
    let polled = gateway.poll(Question::Changes(&key("p1"))).await.unwrap();
    assert_eq!((polled.receipts[0].state, polled.receipts.len()), (Some(SmsState::Undeliverable), 1));
}

#[tokio::test]
async fn a_text_that_somebody_sent_comes_over_the_same_connection() {
    let server = SmppServer::start().await;
    server.incoming("STOP, ďakujem");
    let polled = gateway(server.settings()).poll(Question::Changes(&key("p1"))).await.unwrap();
    assert_eq!((polled.incoming[0].text.as_str(), polled.incoming[0].sender.as_str()), ("STOP, ďakujem", "421903600001"));
}

#[tokio::test]
async fn receipts_that_write_ids_in_another_way_find_their_part() {
    let server = SmppServer::start().await;
    let gateway = gateway(SmppSettings { receipt_ids: ReceiptIds::Decimal, ..server.settings() });
    server.name_next("1A2b");
    let id = accepted(&transmit_one(&gateway, "a").await).remove(0);
    server.receipt("0000006699", "UNDELIV", "2607011200");
    let polled = gateway.poll(Question::Changes(&key("p1"))).await.unwrap();
    assert_eq!((polled.receipts[0].segment.as_ref(), polled.receipts[0].state), (Some(&id), Some(SmsState::Undeliverable)));
}

#[tokio::test]
async fn a_session_is_ended_politely_and_begun_again() {
    let server = SmppServer::start().await;
    let gateway = gateway(server.settings());
    transmit_one(&gateway, "a").await;
    gateway.close().await;
    assert_eq!(server.n_goodbyes(), 1);
    assert_eq!(transmit_one(&gateway, "b").await.verdict(), Verdict::Accepted);
    assert_eq!(server.n_connections(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_receipt_breaks_its_reader(text in prop::collection::vec(any::<u8>(), 0..200), id in "\\PC{0,12}", word in "\\PC{0,12}", time in "[0-9]{0,14}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = SmppServer::start().await;
            server.raw_receipt(&text);
            server.receipt(&id, &word, &time);
            let polled = gateway(server.settings()).poll(Question::Changes(&key("p1"))).await.unwrap();
            assert_eq!(polled.receipts.len(), 2);
        });
    }
}
