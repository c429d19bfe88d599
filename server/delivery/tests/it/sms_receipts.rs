//! Calls of EuroSMS, and receipts that come twice, late, early and in the wrong order.

use std::collections::BTreeMap;

use delivery::sms::{
    CallbackContent, CallbackFault, EuroSms, EuroSmsSettings, Question, Receipt, SegmentId, SmsGateway, SmsProgress, SmsState,
};
use delivery::testing::EuroSmsServer;

use crate::sms_support::{accepted, get, post, transmit_one};

fn gateway(server: &EuroSmsServer) -> SmsGateway {
    SmsGateway::EuroSms(EuroSms::new(server.settings()))
}

/// What a queue keeps: the state of each segment.
#[derive(Default)]
struct Kept(BTreeMap<SegmentId, SmsState>);

impl Kept {
    fn hear(&mut self, receipts: &[Receipt]) {
        for receipt in receipts {
            if let (Some(segment), Some(state)) = (&receipt.segment, receipt.state) {
                let kept = self.0.entry(segment.clone()).or_insert(SmsState::Taken);
                *kept = kept.step(state);
            }
        }
    }

    fn progress(&self) -> SmsProgress {
        SmsState::of_message(self.0.values().copied()).progress()
    }
}

fn called(gateway: &SmsGateway, server: &EuroSmsServer, uuid: &str) -> Vec<Receipt> {
    let query = server.callback_query(uuid);
    match gateway.parse_callback(&get(server.callback_secret(), &query)).unwrap().content {
        CallbackContent::Receipts(receipts) => receipts,
        other => panic!("expected receipts, got {other:?}"),
    }
}

#[tokio::test]
async fn both_forms_of_a_call_say_the_same_and_are_acknowledged() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(&server);
    let uuid = accepted(&transmit_one(&gateway, "a").await)[0].to_string();
    server.move_segment(&uuid, "DELIVRD", "2026-07-01 12:00:00");
    let (query, body) = (server.callback_query(&uuid), server.callback_json(&uuid));
    let by_query = gateway.parse_callback(&get(server.callback_secret(), &query)).unwrap();
    let by_json = gateway.parse_callback(&post(server.callback_secret(), &body)).unwrap();
    assert_eq!(by_query, by_json);
    assert_eq!(by_query.acknowledgement.body, format!("ok|{uuid}"));
    let CallbackContent::Receipts(receipts) = by_query.content else { panic!("no receipts") };
    let it = &receipts[0];
    assert_eq!((it.state, it.at, it.number), (Some(SmsState::Delivered), Some(1_782_900_000_000), Some(1)));
    assert_eq!((it.price.unwrap().to_string().as_str(), it.carrier.as_deref()), ("0.031", Some("231.1")));
    assert!(it.recipient.is_some() && it.error.is_none());
}

#[tokio::test]
async fn json_inside_a_parameter_is_read() {
    let server = EuroSmsServer::start().await;
    let inner = r#"{"sms_uuid":"u-1","delivery_result":"UNDELIV","sent_result":"blocked"}"#;
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("delivery_report", inner).finish();
    let call = gateway(&server).parse_callback(&get(server.callback_secret(), &query)).unwrap();
    let CallbackContent::Receipts(receipts) = call.content else { panic!("no receipts") };
    assert_eq!((receipts[0].state, receipts[0].error.as_deref()), (Some(SmsState::Undeliverable), Some("blocked")));
}

#[tokio::test]
async fn a_text_that_somebody_sent_is_heard() {
    let server = EuroSmsServer::start().await;
    let query = "sms_uuid=u-9&recipient=421900111222&sender=421903600001&sms_text=STOP%0Aplease&receive_time=2026-07-01+12:00:00";
    let call = gateway(&server).parse_callback(&get(server.callback_secret(), query)).unwrap();
    let CallbackContent::Incoming(it) = call.content else { panic!("no text") };
    assert_eq!((it.text.as_str(), it.sender.as_str(), it.at), ("STOP\nplease", "421903600001", Some(1_782_900_000_000)));
    assert_eq!(call.acknowledgement.body, "ok|u-9");
}

#[tokio::test]
async fn who_does_not_know_the_secret_is_not_listened_to() {
    let server = EuroSmsServer::start().await;
    let query = "sms_uuid=u-1&delivery_result=DELIVRD";
    for secret in ["", "wrong", "only-the-gateway-know", "only-the-gateway-knows "] {
        assert_eq!(gateway(&server).parse_callback(&get(secret, query)), Err(CallbackFault::WrongSecret));
    }
    let closed = SmsGateway::EuroSms(EuroSms::new(EuroSmsSettings { callback_secret: None, ..server.settings() }));
    assert_eq!(closed.parse_callback(&get("", query)), Err(CallbackFault::NotExpected));
}

#[tokio::test]
async fn what_cannot_be_read_is_not_acknowledged() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(&server);
    for (query, fault) in [
        ("", CallbackFault::Incomplete),
        ("delivery_result=DELIVRD", CallbackFault::Incomplete),
        ("sms_uuid=&delivery_result=DELIVRD", CallbackFault::Incomplete),
        ("sms_uuid=u-1", CallbackFault::Incomplete),
        ("sms_uuid=%3Cscript%3E&delivery_result=DELIVRD", CallbackFault::Incomplete),
        ("sms_uuid=a%0D%0Ab&delivery_result=DELIVRD", CallbackFault::Incomplete),
        ("delivery_report=%7Bbroken", CallbackFault::Unreadable),
    ] {
        assert_eq!(gateway.parse_callback(&get(server.callback_secret(), query)), Err(fault), "{query}");
    }
    let huge = vec![b' '; 2 << 20];
    assert_eq!(gateway.parse_callback(&post(server.callback_secret(), &huge)), Err(CallbackFault::Unreadable));
    assert_eq!(gateway.parse_callback(&post(server.callback_secret(), b"[")), Err(CallbackFault::Unreadable));
}

#[tokio::test]
async fn a_state_of_tomorrow_is_kept_literally_and_moves_nothing() {
    let server = EuroSmsServer::start().await;
    let query = "sms_uuid=u-1&delivery_result=TELEPORTED";
    let call = gateway(&server).parse_callback(&get(server.callback_secret(), query)).unwrap();
    let CallbackContent::Receipts(receipts) = call.content else { panic!("no receipts") };
    assert_eq!((receipts[0].state, receipts[0].word.as_str()), (None, "TELEPORTED"));
}

#[tokio::test]
async fn a_doubled_call_changes_nothing() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(&server);
    let uuid = accepted(&transmit_one(&gateway, "a").await)[0].to_string();
    server.move_segment(&uuid, "DELIVRD", "2026-07-01 12:00:00");
    let mut kept = Kept::default();
    for _ in 0..3 {
        kept.hear(&called(&gateway, &server, &uuid));
        assert_eq!(kept.progress(), SmsProgress::Arrived);
    }
}

#[tokio::test]
async fn receipts_in_the_wrong_order_never_move_a_segment_backwards() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(&server);
    let uuid = accepted(&transmit_one(&gateway, "a").await)[0].to_string();
    let mut calls = Vec::new();
    for state in ["ENROUTE", "ACCEPTD", "DELIVRD"] {
        server.move_segment(&uuid, state, "2026-07-01 12:00:00");
        calls.push(called(&gateway, &server, &uuid));
    }
    let mut kept = Kept::default();
    for call in calls.iter().rev() {
        kept.hear(call);
        assert_eq!(kept.progress(), SmsProgress::Arrived);
    }
}

#[tokio::test]
async fn a_call_that_comes_before_the_answer_finds_its_segment_afterwards() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(&server);
    // The gateway has the message and its phone has confirmed, before we have heard the answer to our request.
    let before = get(server.callback_secret(), "sms_uuid=d0e17e57-f455-430e-844d-000000000000&delivery_result=DELIVRD");
    let CallbackContent::Receipts(early) = gateway.parse_callback(&before).unwrap().content else { panic!("no receipts") };
    let mut kept = Kept::default();
    kept.hear(&early);
    let ids = accepted(&transmit_one(&gateway, "a").await);
    assert_eq!(kept.0.get(&ids[0]), Some(&SmsState::Delivered));
    kept.hear(&gateway.poll(Question::Segments(&ids)).await.unwrap().receipts);
    assert_eq!(kept.progress(), SmsProgress::Arrived, "what was asked later still said under way");
}

#[tokio::test]
async fn a_long_message_has_arrived_when_all_its_segments_have() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(&server);
    let ids = accepted(&transmit_one(&gateway, &"č".repeat(200)).await);
    assert_eq!(ids.len(), 3);
    let mut kept = Kept::default();
    kept.hear(&gateway.poll(Question::Segments(&ids)).await.unwrap().receipts);
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(kept.progress(), SmsProgress::UnderWay);
        server.move_segment(id.as_str(), "DELIVRD", "2026-07-01 12:00:00");
        let receipts = called(&gateway, &server, id.as_str());
        assert_eq!(receipts[0].number, Some(n as u32 + 1));
        kept.hear(&receipts);
    }
    assert_eq!(kept.progress(), SmsProgress::Arrived);
}

#[tokio::test]
async fn a_segment_that_failed_fails_the_message() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(&server);
    let ids = accepted(&transmit_one(&gateway, &"a".repeat(170)).await);
    server.move_segment(ids[0].as_str(), "DELIVRD", "2026-07-01 12:00:00");
    server.move_segment(ids[1].as_str(), "EXPIRED", "2026-07-02 12:00:00");
    let mut kept = Kept::default();
    kept.hear(&gateway.poll(Question::Segments(&ids)).await.unwrap().receipts);
    assert_eq!(kept.progress(), SmsProgress::Failed);
}
