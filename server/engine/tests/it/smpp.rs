//! Text messages over SMPP: the connection that is kept, receipts before and after the answer, and a centre in all its moods.

use delivery::testing::{CentreFault, SmppServer};
use engine::testbed::TestBed;
use engine::{accounts, messages, sms, worker};
use model::time::{minutes, seconds};
use model::{
    AccountId, AccountState, Channel, DeliveryState, MessageDraft, SendingWindow, SmppBind, SmppCentre, SmppEncoding,
    SmsAccountDraft, SmsGateway, SmsProbe, SmsState,
};

use crate::texting::{ask, carry, seen, send, state};

fn smpp(server: &SmppServer) -> SmsAccountDraft {
    let centre = SmppCentre {
        host: "127.0.0.1".into(),
        port: server.port(),
        is_tls: false,
        system_id: "posel".into(),
        ..SmppCentre::default()
    };
    let mut draft = SmsAccountDraft::new(SmsGateway::Smpp(Box::new(centre)));
    draft.name = "Ústredňa".into();
    draft.settings.sender = "Posel".into();
    draft.secrets = vec![("password".into(), "secret08".into())];
    draft.pace.window = SendingWindow::ALWAYS;
    draft
}

async fn begin() -> (TestBed, SmppServer, AccountId) {
    let (bed, server) = (TestBed::new().await, SmppServer::start().await);
    let id = sms::save(&bed.admin(), None, smpp(&server)).await.unwrap();
    (bed, server, id)
}

async fn account_state(bed: &TestBed, id: AccountId) -> AccountState {
    accounts::list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id).unwrap().state
}

#[tokio::test]
async fn a_text_leaves_and_its_receipt_comes_over_the_same_connection() {
    let (bed, server, _) = begin().await;
    let id = send(&bed, "Eva <0903 622 237>", "Vaša zásielka čaká.").await;
    assert_eq!(carry(&bed).await, 1);
    assert_eq!((server.parts()[0].recipient.as_str(), state(&bed, id).await), ("421903622237", DeliveryState::Accepted));
    server.receipt("m-1", "DELIVRD", "2605282230");
    assert_eq!(ask(&bed).await, 1);
    let delivery = seen(&bed, id).await.deliveries.remove(0);
    assert_eq!((delivery.state, delivery.parts[0].state), (DeliveryState::Delivered, SmsState::Delivered));
    assert_eq!(server.n_acknowledged(), 0, "it is acknowledged only after it was stored");
    ask(&bed).await;
    assert_eq!((server.n_acknowledged(), server.n_connections()), (1, 1));
}

#[tokio::test]
async fn a_receipt_that_comes_before_the_answer_is_not_lost() {
    let (bed, server, _) = begin().await;
    server.receipt("m-1", "DELIVRD", "2605282230");
    ask(&bed).await;
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Delivered);
}

#[tokio::test]
async fn each_part_of_a_long_text_is_followed_and_all_have_to_arrive() {
    let (bed, server, _) = begin().await;
    let draft = MessageDraft {
        channel: Channel::Sms,
        to: "0903622237".into(),
        body: "č".repeat(71).into(),
        keeps_diacritics: true,
        ..MessageDraft::default()
    };
    let id = messages::send(&bed.admin(), None, draft).await.unwrap().id;
    carry(&bed).await;
    assert_eq!(server.parts().len(), 2);
    server.receipt("m-2", "DELIVRD", "2605282230");
    ask(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Accepted);
    server.receipt("m-1", "DELIVRD", "2605282231");
    ask(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Delivered);
}

#[tokio::test]
async fn the_connection_is_kept_alive_while_nothing_is_open() {
    let (bed, server, _) = begin().await;
    let next = sms::turn(&bed.engine).await.unwrap().next_due.unwrap();
    assert!(next.since(bed.engine.clock().now()) <= seconds(30));
    for _ in 0..3 {
        bed.advance(seconds(30));
        sms::turn(&bed.engine).await.unwrap();
    }
    assert_eq!(server.n_connections(), 1);
    assert!(3 <= server.n_enquiries());
}

#[tokio::test]
async fn a_centre_that_says_goodbye_is_connected_to_anew() {
    let (bed, server, _) = begin().await;
    send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    server.say_goodbye();
    server.receipt("m-1", "DELIVRD", "2605282230");
    assert_eq!(ask(&bed).await, 1);
    let id = send(&bed, "0903622237", "y").await;
    carry(&bed).await;
    assert_eq!((state(&bed, id).await, server.n_connections()), (DeliveryState::Accepted, 2));
}

#[tokio::test]
async fn a_centre_that_wants_fewer_gets_them_later_and_none_twice() {
    let (bed, server, _) = begin().await;
    server.faults(&[Some(CentreFault::Status(0x58))]);
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    assert_eq!((server.parts().len(), state(&bed, id).await), (0, DeliveryState::Waiting));
    bed.advance(minutes(30));
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((server.parts().len(), state(&bed, id).await), (1, DeliveryState::Accepted));
}

#[tokio::test]
async fn an_answer_that_never_comes_leaves_the_end_unknown_for_a_person() {
    let (bed, server, _) = begin().await;
    server.faults(&[Some(CentreFault::CloseAfter)]);
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    ask(&bed).await;
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((server.parts().len(), state(&bed, id).await), (1, DeliveryState::Unknown));
}

#[tokio::test]
async fn a_wrong_password_stops_the_account_and_nobody_knocks_again() {
    let (bed, server) = (TestBed::new().await, SmppServer::start().await);
    let mut draft = smpp(&server);
    draft.secrets = vec![("password".into(), "wrong".into())];
    let account = sms::save(&bed.admin(), None, draft).await.unwrap();
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    assert!(matches!(account_state(&bed, account).await, AccountState::Trouble { .. }));
    assert_eq!(state(&bed, id).await, DeliveryState::Waiting);
    let n = server.binds().len();
    ask(&bed).await;
    assert_eq!(server.binds().len(), n);
}

#[tokio::test]
async fn trying_an_account_binds_and_sends_nothing() {
    let (bed, server, account) = begin().await;
    let probe = sms::test(&bed.admin(), Some(account), smpp(&server)).await.unwrap();
    assert_eq!(probe, SmsProbe { credit: None, trouble: None, calls: false, answers: true, is_kept: true });
    let mut wrong = smpp(&server);
    wrong.secrets = vec![("password".into(), "wrong".into())];
    let trouble = sms::test(&bed.admin(), None, wrong).await.unwrap().trouble.unwrap();
    assert!(trouble.contains("ESME_RINVPASWD") && !trouble.contains("wrong"), "{trouble}");
    assert!(server.parts().is_empty());
}

#[tokio::test]
async fn an_account_that_only_sends_waits_for_no_receipts() {
    let (bed, server) = (TestBed::new().await, SmppServer::start().await);
    let mut draft = smpp(&server);
    let SmsGateway::Smpp(centre) = &mut draft.settings.gateway else { panic!("no centre") };
    centre.bind = SmppBind::Transmitter;
    sms::save(&bed.admin(), None, draft).await.unwrap();
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    server.receipt("m-1", "DELIVRD", "2605282230");
    assert_eq!((ask(&bed).await, state(&bed, id).await), (0, DeliveryState::Accepted));
}

#[tokio::test]
async fn the_password_is_asked_for_again_when_the_protection_changes() {
    let (bed, server, account) = begin().await;
    let mut draft = smpp(&server);
    draft.secrets.clear();
    sms::save(&bed.admin(), Some(account), draft.clone()).await.unwrap();
    let SmsGateway::Smpp(centre) = &mut draft.settings.gateway else { panic!("no centre") };
    centre.is_tls = true;
    let refusal = crate::refused(sms::save(&bed.admin(), Some(account), draft).await);
    assert_eq!(refusal, model::Refusal::field("secrets.password", model::Fault::Missing));
}

#[tokio::test]
async fn a_centre_that_lets_one_in_never_sees_two_whatever_is_saved_and_tried_meanwhile() {
    let (bed, server, account) = begin().await;
    server.let_one_in();
    let admin = bed.admin();
    for _ in 0..3 {
        let id = send(&bed, "0903622237", "x").await;
        carry(&bed).await;
        assert_eq!(state(&bed, id).await, DeliveryState::Accepted);
        sms::save(&admin, Some(account), smpp(&server)).await.unwrap();
        let id = send(&bed, "0903622237", "y").await;
        carry(&bed).await;
        assert_eq!(state(&bed, id).await, DeliveryState::Accepted);
        send(&bed, "0903622237", "z").await;
        let (probe, _) = tokio::join!(sms::test(&admin, Some(account), smpp(&server)), carry(&bed));
        assert_eq!(probe.unwrap().trouble, None);
    }
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((server.n_turned_away(), server.parts().len()), (0, 9));
    assert_eq!(account_state(&bed, account).await, AccountState::Active);
}

#[tokio::test]
async fn where_plain_texts_leave_in_latin_1_they_are_counted_as_they_leave() {
    let (bed, server) = (TestBed::new().await, SmppServer::start().await);
    let mut draft = smpp(&server);
    draft.settings.parts_max = 1;
    let SmsGateway::Smpp(centre) = &mut draft.settings.gateway else { panic!("no centre") };
    centre.encoding = SmppEncoding::Latin1;
    sms::save(&bed.admin(), None, draft).await.unwrap();
    let text = |words: &str| MessageDraft {
        channel: Channel::Sms,
        to: "0903622237".into(),
        body: words.into(),
        ..MessageDraft::default()
    };
    let dear = format!("{}€", "x".repeat(100));
    let refusal = crate::refused(messages::send(&bed.admin(), None, text(&dear)).await);
    assert_eq!(refusal, model::Refusal::field("body", model::Fault::TooManyParts { max: 1 }));
    messages::send(&bed.admin(), None, text(&"x".repeat(101))).await.unwrap();
    carry(&bed).await;
    assert_eq!(server.parts().len(), 1);
}
