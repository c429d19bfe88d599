//! Senders: an address is used only once somebody has answered for it.

use engine::testbed::{ADMIN_EMAIL, TestBed};
use engine::{Ctx, accounts, history, messages, senders, suppressions};
use model::time::days;
use model::{
    AccountDraft, AccountId, DomainName, Fault, Identity, Language, MessageDraft, MessageId, Permission, QuestionState, Refusal,
    Security, SenderQuestion, SenderState, SmtpSettings, SuppressionReason, SuppressionsDraft,
};

use crate::refused;

const ADDRESS: &str = "predaj@jedla.sk";

fn account(sender_address: &str) -> AccountDraft {
    AccountDraft {
        name: "Obchod".into(),
        smtp: SmtpSettings { host: "127.0.0.1".into(), port: 1, security: Security::None, user_name: String::new() },
        sender_address: sender_address.into(),
        ..AccountDraft::default()
    }
}

fn question(address: &str) -> SenderQuestion {
    SenderQuestion {
        address: address.into(),
        language: Language::Sk,
        subject: "Potvrďte adresu".into(),
        text: "Dobrý deň, potvrďte adresu:".into(),
    }
}

async fn state(ctx: &Ctx, address: &str) -> Option<SenderState> {
    let all = senders::list(ctx).await.unwrap().addresses;
    all.into_iter().find(|it| it.address.as_str() == address).map(|it| it.state)
}

/// The secret of the link that was sent last.
async fn ask(ctx: &Ctx, address: &str) -> String {
    let id = senders::ask(ctx, question(address)).await.unwrap().id;
    let text = history::open(ctx, id).await.unwrap().text;
    text.rsplit_once("/sender/").unwrap().1.trim().to_owned()
}

/// A message that waits for release under the sender that its account had then.
async fn prepared_under_a_former_sender(ctx: &Ctx) -> MessageId {
    let id: AccountId = accounts::save(ctx, None, account(ADDRESS)).await.unwrap();
    let draft = MessageDraft { to: "eva@example.sk".into(), subject: "Ponuka".into(), body: "Text".into(), ..Default::default() };
    let message = messages::prepare(ctx, None, draft).await.unwrap();
    accounts::save(ctx, Some(id), account("obchod@example.sk")).await.unwrap();
    message
}

fn unconfirmed(field: &str) -> Refusal {
    Refusal::field(field, Fault::Unconfirmed { address: ADDRESS.to_owned() })
}

#[tokio::test]
async fn a_message_does_not_leave_under_an_address_that_nobody_answers_for() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let message = prepared_under_a_former_sender(&admin).await;
    assert_eq!(refused(messages::release(&admin, vec![message]).await), unconfirmed("sender"));
    let domain = DomainName::parse("jedla.sk").unwrap();
    senders::vouch(&admin, domain.clone()).await.unwrap();
    assert_eq!(messages::release(&admin, vec![message]).await.unwrap().len(), 1);
    let domains = senders::list(&admin).await.unwrap().domains;
    assert_eq!(domains.iter().find(|it| it.domain == domain).and_then(|it| it.vouched.clone()).unwrap().1, "Adam Správca");
}

#[tokio::test]
async fn the_end_of_the_word_for_a_domain_ends_its_senders() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let message = prepared_under_a_former_sender(&admin).await;
    let domain = DomainName::parse("jedla.sk").unwrap();
    senders::vouch(&admin, domain.clone()).await.unwrap();
    senders::unvouch(&admin, domain).await.unwrap();
    assert_eq!(refused(messages::release(&admin, vec![message]).await), unconfirmed("sender"));
}

#[tokio::test]
async fn whoever_reads_an_address_confirms_it_once_by_the_newest_link() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let message = prepared_under_a_former_sender(&admin).await;
    let first = ask(&admin, ADDRESS).await;
    let second = ask(&admin, ADDRESS).await;
    assert!(matches!(state(&admin, ADDRESS).await, Some(SenderState::Asked(_))));
    assert_eq!(refused(senders::confirm(&bed.guest(), &first).await), Refusal::LinkExpired);
    assert_eq!(senders::page(&bed.guest(), &second).await.unwrap().state, QuestionState::Open);
    let at = bed.engine.clock().now();
    assert_eq!(senders::confirm(&bed.guest(), &second).await.unwrap().state, QuestionState::Confirmed(at));
    assert_eq!(state(&admin, ADDRESS).await, Some(SenderState::Confirmed(at)));
    assert_eq!(messages::release(&admin, vec![message]).await.unwrap().len(), 1);
    assert_eq!(refused(senders::ask(&admin, question(ADDRESS)).await), Refusal::field("address", Fault::Confirmed));
}

#[tokio::test]
async fn a_link_that_came_too_late_confirms_nothing() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let token = ask(&admin, ADDRESS).await;
    bed.advance(days(7));
    assert_eq!(senders::confirm(&bed.guest(), &token).await.unwrap().state, QuestionState::Closed);
    assert_eq!(state(&bed.admin(), ADDRESS).await, Some(SenderState::Expired));
}

#[tokio::test]
async fn an_address_of_an_account_needs_no_confirmation_and_is_listed_with_its_account() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    accounts::save(&admin, None, account("Predaj@Jedla.sk")).await.unwrap();
    let listed = senders::list(&admin).await.unwrap().addresses;
    let own = listed.iter().find(|it| it.address.normalized() == ADDRESS).unwrap();
    assert_eq!((own.id, &own.state), (None, &SenderState::OfAccount("Obchod".to_owned())));
    assert_eq!(refused(senders::ask(&admin, question(ADDRESS)).await), Refusal::field("address", Fault::Confirmed));
}

#[tokio::test]
async fn a_removed_sender_is_used_no_more() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let message = prepared_under_a_former_sender(&admin).await;
    let token = ask(&admin, ADDRESS).await;
    senders::confirm(&bed.guest(), &token).await.unwrap();
    let listed = senders::list(&admin).await.unwrap().addresses;
    let id = listed.iter().find(|it| it.address.as_str() == ADDRESS).and_then(|it| it.id).unwrap();
    senders::remove(&admin, id).await.unwrap();
    assert_eq!(refused(messages::release(&admin, vec![message]).await), unconfirmed("sender"));
    assert!(senders::remove(&admin, id).await.is_err());
}

#[tokio::test]
async fn who_must_not_be_written_to_is_sent_no_link() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let draft = SuppressionsDraft { targets: ADDRESS.into(), reason: SuppressionReason::Requested, note: String::new() };
    suppressions::add(&admin, draft).await.unwrap();
    assert_eq!(refused(senders::ask(&admin, question(ADDRESS)).await), Refusal::field("address", Fault::Suppressed));
}

#[tokio::test]
async fn a_writer_asks_only_for_the_own_address() {
    let bed = TestBed::new().await;
    let writer = bed.user_with(&[Permission::MessageWrite, Permission::MessageSend]).await;
    assert_eq!(refused(senders::ask(&writer, question(ADDRESS)).await), Refusal::NotPermitted(Permission::AccountsManage));
    assert_eq!(refused(senders::ask_own(&writer, question(ADDRESS)).await), Refusal::field("address", Fault::Gone));
    assert_eq!(senders::ask_own(&writer, question("user0@example.sk")).await.unwrap().recipients, 1);
}

#[tokio::test]
async fn the_own_address_is_chosen_once_it_may_be_used_and_then_messages_leave_under_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let own = senders::own(&admin).await.unwrap();
    assert_eq!((own.identity, own.address.as_str(), own.is_usable), (Identity::Account, ADMIN_EMAIL, false));
    let fault = Fault::Unconfirmed { address: ADMIN_EMAIL.to_owned() };
    assert_eq!(refused(senders::set_own(&admin, Identity::Own).await), Refusal::field("identity", fault));
    let token = ask(&admin, ADMIN_EMAIL).await;
    senders::confirm(&bed.guest(), &token).await.unwrap();
    senders::set_own(&admin, Identity::Own).await.unwrap();
    let draft = MessageDraft { to: "eva@example.sk".into(), subject: "Ponuka".into(), body: "Text".into(), ..Default::default() };
    let sent = messages::send(&admin, None, draft).await.unwrap();
    assert_eq!(history::open(&admin, sent.id).await.unwrap().from, format!("Adam Správca <{ADMIN_EMAIL}>"));
}
