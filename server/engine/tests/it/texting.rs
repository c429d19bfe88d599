//! Text messages: from the click over the gateway to the receipt, and everything that can come between.

use delivery::testing::{EuroSmsServer, HttpFault, HttpSaid, HttpServer};
use engine::sms::{self, Called, Caller};
use engine::testbed::TestBed;
use engine::{accounts, capture, contacts, history, messages, outbox, suppressions, templates, worker};
use model::message::UNDO_MS;
use model::time::{hours, minutes};
use model::{
    AccountId, AccountState, Channel, Chosen, ContactDraft, CreditLevel, Decimal, DeliveryState, Fault, Hold, Language,
    LongestText, MessageDetail, MessageDraft, MessageId, MessageState, Moment, Noun, Refusal, SendingWindow, SmsAccountDraft,
    SmsGateway, SmsState, SuppressionReason, SuppressionsDraft, SurveyOrder, TemplateBody, TemplateDraft, TemplateText,
    TestOrder,
};
use secrecy::ExposeSecret;

use crate::refused;

/// The first uuid that the gateway gives.
const FIRST: &str = "d0e17e57-f455-430e-844d-000000000000";

fn text(to: &str, words: &str) -> MessageDraft {
    MessageDraft { channel: Channel::Sms, to: to.into(), body: words.into(), ..MessageDraft::default() }
}

fn local(base: &str) -> String {
    format!("http://127.0.0.1:{}", base.rsplit_once(':').unwrap().1)
}

pub fn eurosms(server: &EuroSmsServer) -> SmsAccountDraft {
    let settings = server.settings();
    let gateway = SmsGateway::EuroSms { base: local(&settings.base), id: settings.id.clone(), is_test: false };
    let mut draft = SmsAccountDraft::new(gateway);
    draft.name = "EuroSMS".into();
    draft.settings.sender = "Posel".into();
    draft.secrets = vec![("key".into(), settings.key.expose_secret().to_owned())];
    draft.pace.window = SendingWindow::ALWAYS;
    draft
}

fn captures() -> SmsAccountDraft {
    let mut draft = SmsAccountDraft::new(SmsGateway::Capture);
    draft.name = "Skúška".into();
    draft.pace.window = SendingWindow::ALWAYS;
    draft
}

pub async fn account(bed: &TestBed, draft: SmsAccountDraft) -> AccountId {
    sms::save(&bed.admin(), None, draft).await.unwrap()
}

pub async fn send(bed: &TestBed, to: &str, words: &str) -> MessageId {
    messages::send(&bed.admin(), None, text(to, words)).await.unwrap().id
}

pub async fn carry(bed: &TestBed) -> u32 {
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap().carried
}

pub async fn ask(bed: &TestBed) -> u32 {
    bed.advance(minutes(2));
    sms::turn(&bed.engine).await.unwrap().receipts
}

pub async fn seen(bed: &TestBed, id: MessageId) -> MessageDetail {
    history::open(&bed.admin(), id).await.unwrap()
}

pub async fn state(bed: &TestBed, id: MessageId) -> DeliveryState {
    seen(bed, id).await.deliveries[0].state
}

async fn token(bed: &TestBed, id: AccountId) -> String {
    let all = accounts::list(&bed.admin()).await.unwrap();
    let standing = all.into_iter().find(|it| it.id == id).unwrap().sms.unwrap();
    standing.callback_url.strip_prefix("https://posel.example/callback/sms/").unwrap().to_owned()
}

async fn call(bed: &TestBed, token: &str, query: &str) -> Called {
    sms::called(&bed.engine, &Caller { token, query, media_type: "", body: b"" }).await.unwrap()
}

#[tokio::test]
async fn a_text_leaves_without_diacritics_and_its_receipt_says_that_it_arrived() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, eurosms(&server)).await;
    let id = send(&bed, "Eva <0903 622 237>", "Vaša zásielka čaká.").await;
    assert_eq!(carry(&bed).await, 1);
    let taken = server.segments();
    assert_eq!((taken[0].text.as_str(), taken[0].number.as_str()), ("Vasa zasielka caka.", "421903622237"));
    let message = seen(&bed, id).await;
    assert_eq!((message.channel, message.state, message.from.as_str()), (Channel::Sms, MessageState::Sent, "Posel"));
    assert_eq!((message.subject.as_str(), message.text.as_str()), ("Vasa zasielka caka.", "Vasa zasielka caka."));
    assert_eq!(message.deliveries[0].parts[0].state, SmsState::Taken);
    server.move_segment(&taken[0].uuid, "DELIVRD", "2026-05-28 22:30:00");
    assert_eq!(ask(&bed).await, 1);
    let delivery = seen(&bed, id).await.deliveries.remove(0);
    assert_eq!((delivery.state, delivery.parts[0].state), (DeliveryState::Delivered, SmsState::Delivered));
    assert_eq!((delivery.parts[0].price, delivery.parts[0].word.as_str()), (Some(Decimal(265)), "DELIVRD"));
}

#[tokio::test]
async fn each_part_of_a_long_text_is_followed_and_all_have_to_arrive() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, eurosms(&server)).await;
    let mut draft = text("0903622237", &"č".repeat(71));
    draft.keeps_diacritics = true;
    let id = messages::send(&bed.admin(), None, draft).await.unwrap().id;
    carry(&bed).await;
    let uuids: Vec<String> = server.segments().into_iter().map(|it| it.uuid).collect();
    assert_eq!(uuids.len(), 2);
    server.move_segment(&uuids[1], "DELIVRD", "2026-05-28 22:30:00");
    ask(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Accepted);
    server.move_segment(&uuids[0], "DELIVRD", "2026-05-28 22:31:00");
    ask(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Delivered);
}

#[tokio::test]
async fn a_text_with_more_parts_than_allowed_is_refused_while_it_is_written() {
    let bed = TestBed::new().await;
    account(&bed, captures()).await;
    let refusal = refused(messages::send(&bed.admin(), None, text("0903622237", &"a".repeat(153 * 4 + 1))).await);
    assert_eq!(refusal, Refusal::field("body", Fault::TooManyParts { max: 4 }));
}

#[tokio::test]
async fn without_an_account_for_texts_nothing_is_taken_in() {
    let bed = TestBed::new().await;
    let refusal = refused(messages::send(&bed.admin(), None, text("0903622237", "x")).await);
    assert_eq!(refusal, Refusal::field("account", Fault::Missing));
}

#[tokio::test]
async fn an_account_of_the_other_channel_carries_nothing() {
    let bed = TestBed::new().await;
    let id = account(&bed, captures()).await;
    let letter = MessageDraft {
        account: Some(id),
        to: "eva@x.sk".into(),
        subject: "x".into(),
        body: "x".into(),
        ..MessageDraft::default()
    };
    assert_eq!(refused(messages::send(&bed.admin(), None, letter).await), Refusal::field("account", Fault::Gone));
}

#[tokio::test]
async fn capture_keeps_texts_beside_mails() {
    let bed = TestBed::new().await;
    account(&bed, captures()).await;
    let id = send(&bed, "0903622237", "Prvý riadok\ndruhý").await;
    carry(&bed).await;
    assert_eq!(seen(&bed, id).await.state, MessageState::Sent);
    let row = capture::list(&bed.admin(), None).await.unwrap().rows.remove(0);
    assert_eq!((row.channel, row.recipient.as_str(), row.subject.as_str()), (Channel::Sms, "+421903622237", "Prvy riadok druhy"));
    let kept = capture::open(&bed.admin(), row.id).await.unwrap();
    assert_eq!((kept.text.as_str(), kept.has_html), ("Prvy riadok\ndruhy", false));
}

#[tokio::test]
async fn a_number_that_must_not_be_written_to_gets_nothing() {
    let bed = TestBed::new().await;
    account(&bed, captures()).await;
    let draft = SuppressionsDraft { targets: "+421903622237".into(), reason: SuppressionReason::Requested, note: String::new() };
    suppressions::add(&bed.admin(), draft).await.unwrap();
    let id = send(&bed, "0903622237", "x").await;
    assert_eq!(state(&bed, id).await, DeliveryState::Suppressed);
}

#[tokio::test]
async fn a_call_of_the_gateway_only_makes_us_ask_it() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let account = account(&bed, eurosms(&server)).await;
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    sms::turn(&bed.engine).await.unwrap();
    let token = token(&bed, account).await;
    // A lie is answered and changes nothing.
    let lie = server.callback_query(FIRST).replace("ENROUTE", "DELIVRD");
    assert_eq!(call(&bed, &token, &lie).await, Called::Kept("text/plain; charset=utf-8", format!("ok|{FIRST}")));
    sms::turn(&bed.engine).await.unwrap();
    assert_eq!(state(&bed, id).await, DeliveryState::Accepted);
    server.move_segment(FIRST, "DELIVRD", "2026-05-28 22:30:00");
    call(&bed, &token, &server.callback_query(FIRST)).await;
    assert!(0 < sms::turn(&bed.engine).await.unwrap().receipts);
    assert_eq!(state(&bed, id).await, DeliveryState::Delivered);
}

#[tokio::test]
async fn calls_without_the_secret_or_without_sense_are_not_listened_to() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let account = account(&bed, eurosms(&server)).await;
    let token = token(&bed, account).await;
    assert_eq!(call(&bed, "guessed", "sms_uuid=x&delivery_result=DELIVRD").await, Called::Stranger);
    assert_eq!(call(&bed, &token, "hello=world").await, Called::Unreadable);
    // An id that nobody knows is kept and answered, so that it does not come again.
    let stranger = "sms_uuid=abc&delivery_result=DELIVRD&segment=1&recipient=421903622237";
    assert_eq!(call(&bed, &token, stranger).await, Called::Kept("text/plain; charset=utf-8", "ok|abc".to_owned()));
}

#[tokio::test]
async fn a_receipt_that_comes_before_the_answer_is_not_lost() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let account = account(&bed, eurosms(&server)).await;
    let early = format!("sms_uuid={FIRST}&delivery_result=DELIVRD&segment=1&recipient=421903622237");
    call(&bed, &token(&bed, account).await, &early).await;
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Delivered);
}

#[tokio::test]
async fn receipts_twice_and_in_the_wrong_order_never_move_a_text_backwards() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, eurosms(&server)).await;
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    for word in ["DELIVRD", "DELIVRD", "ENROUTE", "EXPIRED", "UNKNOWN"] {
        server.move_segment(FIRST, word, "2026-05-28 22:30:00");
        ask(&bed).await;
        assert_eq!(state(&bed, id).await, DeliveryState::Delivered, "{word}");
    }
    assert_eq!(seen(&bed, id).await.state, MessageState::Sent);
}

#[tokio::test]
async fn what_the_network_gives_up_comes_back_as_not_delivered() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, eurosms(&server)).await;
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    server.move_segment(FIRST, "UNDELIV", "2026-05-28 22:30:00");
    ask(&bed).await;
    let message = seen(&bed, id).await;
    assert_eq!((message.deliveries[0].state, message.state), (DeliveryState::Returned, MessageState::Failed));
}

#[tokio::test]
async fn an_answer_that_never_comes_leaves_the_end_unknown_until_a_receipt_proves_it() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, eurosms(&server)).await;
    server.http().fault("/send/", HttpFault::CloseAfter);
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Unknown);
    bed.advance(hours(1));
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((server.segments().len(), state(&bed, id).await), (1, DeliveryState::Unknown));
    server.move_segment(FIRST, "ENROUTE", "2026-05-28 22:30:00");
    ask(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Accepted);
    server.move_segment(FIRST, "DELIVRD", "2026-05-28 22:31:00");
    ask(&bed).await;
    assert_eq!((server.segments().len(), state(&bed, id).await), (1, DeliveryState::Delivered));
}

#[tokio::test]
async fn after_a_crash_what_was_handed_over_is_unknown_and_not_sent_again() {
    let (mut bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, eurosms(&server)).await;
    server.http().fault("/send/", HttpFault::CloseAfter);
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    bed.crash().await;
    bed.advance(hours(2));
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((server.segments().len(), state(&bed, id).await), (1, DeliveryState::Unknown));
}

#[tokio::test]
async fn a_gateway_that_takes_nothing_twice_is_simply_given_an_unknown_text_again() {
    let bed = TestBed::new().await;
    let server = HttpServer::start(|_| HttpSaid::new(200, "<result><err>0</err><sms_id>7</sms_id></result>")).await;
    let (_, description) = sms::presets(&bed.admin()).await.unwrap().remove(0);
    let description = description.replace("https://api.smsbrana.cz", &local(&server.base()));
    let mut draft = SmsAccountDraft::new(SmsGateway::Http { description });
    draft.name = "SMSbrána".into();
    draft.secrets = vec![("login".into(), "firma".into()), ("password".into(), "tajné".into())];
    draft.pace.window = SendingWindow::ALWAYS;
    account(&bed, draft).await;
    server.fault("send_sms", HttpFault::CloseAfter);
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Unknown);
    ask(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Waiting);
    carry(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Accepted);
    let references: Vec<String> = server
        .asked()
        .iter()
        .flat_map(|it| it.query())
        .filter_map(|(name, value)| (name == "user_id").then_some(value))
        .collect();
    assert_eq!((references.len(), &references[0]), (2, &references[1]));
}

#[tokio::test]
async fn used_up_credit_makes_texts_wait_and_topping_it_up_lets_them_leave() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let account = account(&bed, eurosms(&server)).await;
    server.leave_credit(0);
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    let message = seen(&bed, id).await;
    assert_eq!((message.deliveries[0].state, message.deliveries[0].attempts.len()), (DeliveryState::Waiting, 0));
    let held = outbox::look(&bed.admin()).await.unwrap().accounts.into_iter().find(|it| it.id == account).unwrap();
    assert_eq!(held.hold, Hold::Credit);
    // Longer than any message is worth trying.
    bed.advance(hours(24 * 5));
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!(state(&bed, id).await, DeliveryState::Waiting);
    server.leave_credit(10);
    sms::turn(&bed.engine).await.unwrap();
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((state(&bed, id).await, server.segments().len()), (DeliveryState::Accepted, 1));
}

#[tokio::test]
async fn credit_at_the_stop_limit_holds_texts_back_before_the_gateway_refuses_them() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let mut draft = eurosms(&server);
    draft.settings.warn_below = Some(Decimal(500_000));
    draft.settings.stop_below = Some(Decimal(50_000));
    let account = account(&bed, draft).await;
    let level = async || {
        let all = accounts::list(&bed.admin()).await.unwrap();
        all.into_iter().find(|it| it.id == account).unwrap().sms.unwrap().level
    };
    server.leave_credit(20);
    sms::turn(&bed.engine).await.unwrap();
    assert_eq!(level().await, CreditLevel::Low);
    server.leave_credit(4);
    bed.advance(minutes(31));
    sms::turn(&bed.engine).await.unwrap();
    assert_eq!(level().await, CreditLevel::Stopped);
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    assert_eq!((state(&bed, id).await, server.segments().len()), (DeliveryState::Waiting, 0));
}

#[tokio::test]
async fn a_wrong_key_stops_the_account_once_and_no_text_fails() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let mut draft = eurosms(&server);
    draft.secrets = vec![("key".into(), "wrong".into())];
    let account = account(&bed, draft).await;
    let id = send(&bed, "0903622237; 0905123456", "x").await;
    carry(&bed).await;
    let all = accounts::list(&bed.admin()).await.unwrap();
    let state = all.into_iter().find(|it| it.id == account).unwrap().state;
    assert!(matches!(&state, AccountState::Trouble { reply, .. } if reply.contains("WRONG_SIGNATURE")), "{state:?}");
    assert!(seen(&bed, id).await.deliveries.iter().all(|it| it.state == DeliveryState::Waiting));
}

#[tokio::test]
async fn a_number_that_the_gateway_calls_wrong_fails_alone() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, eurosms(&server)).await;
    server.refuse_number("421905123456");
    let id = send(&bed, "0903622237; 0905123456", "x").await;
    carry(&bed).await;
    let states: Vec<DeliveryState> = seen(&bed, id).await.deliveries.iter().map(|it| it.state).collect();
    assert_eq!(states, [DeliveryState::Accepted, DeliveryState::Rejected]);
}

#[tokio::test]
async fn a_busy_gateway_is_tried_again_later() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, eurosms(&server)).await;
    server.http().fault("/send/", HttpFault::Say(HttpSaid::new(503, "down")));
    let id = send(&bed, "0903622237", "x").await;
    carry(&bed).await;
    assert_eq!(state(&bed, id).await, DeliveryState::Waiting);
    bed.advance(hours(1));
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((state(&bed, id).await, server.segments().len()), (DeliveryState::Accepted, 1));
}

#[tokio::test]
async fn at_night_texts_wait_until_the_morning() {
    let bed = TestBed::new().await;
    let mut draft = captures();
    draft.pace.window = SendingWindow { days: 0x7f, from: 7 * 60, until: 21 * 60 };
    let account = account(&bed, draft).await;
    // The clock of a bed begins at 22:26 in Bratislava.
    let id = send(&bed, "0903622237", "x").await;
    assert_eq!((carry(&bed).await, state(&bed, id).await), (0, DeliveryState::Waiting));
    let held = outbox::look(&bed.admin()).await.unwrap().accounts.into_iter().find(|it| it.id == account).unwrap();
    assert_eq!(held.hold, Hold::Closed(Moment(1_780_030_800_000)));
    bed.advance(hours(9));
    assert_eq!((carry(&bed).await, state(&bed, id).await), (1, DeliveryState::Accepted));
}

#[tokio::test]
async fn a_test_of_a_template_leaves_as_a_text_message() {
    let bed = TestBed::new().await;
    account(&bed, captures()).await;
    let draft = TemplateDraft {
        name: "Pripravené".into(),
        channel: Channel::Sms,
        sender_name: "Sklad".into(),
        texts: vec![TemplateText {
            body: TemplateBody::Sms("Dobrý deň, {{ contact.name }}".into()),
            ..TemplateText::empty(Language::Sk, Channel::Sms)
        }],
        ..TemplateDraft::default()
    };
    let order = TestOrder { draft, language: Language::Sk, to: "0903 622 237".into(), contact: None, template: None };
    let sent = engine::templates::test(&bed.admin(), order).await.unwrap();
    carry(&bed).await;
    let message = seen(&bed, sent.message).await;
    assert_eq!((message.channel, message.from.as_str()), (Channel::Sms, "Sklad"));
    assert!(message.text.starts_with("Dobry den, ") && message.state == MessageState::Sent, "{}", message.text);
    assert_eq!(engine::templates::test_addresses(&bed.admin(), Channel::Sms).await.unwrap(), "0903 622 237");
}

#[tokio::test]
async fn a_text_sent_again_goes_to_the_same_numbers() {
    let bed = TestBed::new().await;
    account(&bed, captures()).await;
    let id = send(&bed, "Eva <0903622237>", "x").await;
    carry(&bed).await;
    let again = messages::resend(&bed.admin(), vec![id]).await.unwrap().remove(0);
    carry(&bed).await;
    let message = seen(&bed, again.id).await;
    assert_eq!((message.channel, message.state), (Channel::Sms, MessageState::Sent));
    assert_eq!(message.recipients[0].address.as_str(), "+421903622237");
}

#[tokio::test]
async fn secrets_are_not_given_away_to_another_place_and_not_shown() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let id = account(&bed, eurosms(&server)).await;
    let stored = accounts::list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id).unwrap();
    assert_eq!(stored.sms.as_ref().unwrap().secrets, ["key"]);
    let mut same = eurosms(&server);
    same.secrets.clear();
    assert_eq!(sms::test(&bed.admin(), Some(id), same.clone()).await.unwrap().credit, Some(Decimal(1_005_000)));
    same.settings.gateway = SmsGateway::EuroSms { base: "http://127.0.0.1:9".into(), id: server.settings().id, is_test: false };
    let refusal = refused(sms::save(&bed.admin(), Some(id), same).await);
    assert_eq!(refusal, Refusal::field("secrets.key", Fault::Missing));
}

#[tokio::test]
async fn a_description_that_cannot_be_used_says_why() {
    let bed = TestBed::new().await;
    let mut draft = SmsAccountDraft::new(SmsGateway::Http { description: "{".into() });
    draft.name = "Iná".into();
    let refusal = refused(sms::save(&bed.admin(), None, draft).await);
    assert!(matches!(&refusal, Refusal::Invalid(it) if matches!(it[0].fault, Fault::Described(_))), "{refusal:?}");
}

#[tokio::test]
async fn the_sender_typed_into_a_message_beats_the_account_s() {
    let bed = TestBed::new().await;
    let mut draft = captures();
    draft.settings.sender = "Posel".into();
    account(&bed, draft).await;
    let own = MessageDraft { sms_sender: " Sklad-BA ".into(), ..text("0903622237", "x") };
    let id = messages::send(&bed.admin(), None, own.clone()).await.unwrap().id;
    assert_eq!(seen(&bed, id).await.from, "Sklad-BA");
    let usual = send(&bed, "0903622237", "x").await;
    assert_eq!(seen(&bed, usual).await.from, "Posel");
    let wrong = MessageDraft { sms_sender: "Sklad Žilina".into(), ..own };
    let refusal = refused(messages::send(&bed.admin(), None, wrong).await);
    assert_eq!(refusal, Refusal::field("sms_sender", Fault::Character));
}

#[tokio::test]
async fn a_text_is_measured_for_all_who_may_get_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let person = async |name: &str, phones: &[&str], language: Language| {
        let draft = ContactDraft {
            last_name: name.into(),
            language: Some(language),
            phones: phones.iter().map(|it| (*it).into()).collect(),
            emails: vec!["x@example.sk".into()],
            ..ContactDraft::default()
        };
        contacts::save(&admin, None, draft).await.unwrap()
    };
    let mut ids = Vec::new();
    for (name, phones, language) in [
        ("Nová", &["0903 622 237"][..], Language::Sk),
        ("Kľučiarová", &["0903 622 238"], Language::Sk),
        ("Žáčková", &["0903 622 239"], Language::Cs),
        ("Tichá", &[], Language::Sk),
    ] {
        ids.push(person(name, phones, language).await);
    }
    let spoken =
        |language, words: String| TemplateText { body: TemplateBody::Sms(words), ..TemplateText::empty(language, Channel::Sms) };
    let texts = vec![
        spoken(Language::Sk, format!("{}{{{{ contact.last_name }}}}", "x".repeat(151))),
        spoken(Language::Cs, "Dobrý den, {{ contact.last_name }}".into()),
    ];
    let draft = TemplateDraft { channel: Channel::Sms, texts, ..TemplateDraft::default() };
    let order = SurveyOrder { draft, chosen: Chosen::Ticked(ids), after: None };
    let survey = templates::survey(&admin, order.clone()).await.unwrap();
    assert_eq!((survey.people, survey.without, survey.missing, survey.parts, survey.next), (3, 1, 0, 4, None));
    let longest = LongestText { name: "Kľučiarová".into(), parts: 2, units: 161 };
    assert_eq!(survey.longest, Some(longest.clone()));

    let mut unicode = order.clone();
    unicode.draft.keeps_diacritics = true;
    let survey = templates::survey(&admin, unicode).await.unwrap();
    assert_eq!(survey.longest, Some(LongestText { parts: 3, ..longest }));

    let mut open = order.clone();
    open.draft.texts[0].body = TemplateBody::Sms("{{ contact.company }}".into());
    let survey = templates::survey(&admin, open).await.unwrap();
    assert_eq!((survey.people, survey.missing), (1, 2));

    let mut wrong = order.clone();
    wrong.draft.texts[1].body = TemplateBody::Sms("{{ contact.nam }}".into());
    let Refusal::Invalid(faults) = refused(templates::survey(&admin, wrong).await) else { panic!("measured") };
    assert_eq!(faults[0].field, "texts.cs.body");
    let mail = SurveyOrder { draft: TemplateDraft::default(), ..order };
    assert_eq!(refused(templates::survey(&admin, mail).await), Refusal::IllegalStep(Noun::Template));
}
