//! Readiness: each link of the chain is looked at by itself, and says what it found with its evidence.

use std::time::Duration;

use delivery::dns::Dns;
use delivery::testing::ScriptedServer;
use engine::testbed::TestBed;
use engine::{accounts, outbox, readiness};
use model::{
    AccountDraft, AccountId, Finding, Noun, Permission, ProbeHint, ProbeStage, Readiness, ReadinessCheck, Refusal, Security,
    SmtpSettings,
};

use crate::refused;

/// An account whose relay listens at this port. No DNS answers.
async fn account_at(bed: &TestBed, port: u16) -> AccountId {
    bed.engine.ask_dns(Dns::at("127.0.0.1:9".parse().unwrap(), Duration::from_millis(50)));
    let draft = AccountDraft {
        name: "Relay".into(),
        smtp: SmtpSettings { host: "127.0.0.1".into(), port, security: Security::None, user_name: String::new() },
        sender_address: "obchod@example.sk".into(),
        ..AccountDraft::default()
    };
    accounts::save(&bed.admin(), None, draft).await.unwrap()
}

async fn look(bed: &TestBed, id: AccountId, check: ReadinessCheck) -> Readiness {
    readiness::check(&bed.admin(), id, check).await.unwrap()
}

#[tokio::test]
async fn an_account_that_works_is_found_so_link_by_link() {
    let (bed, relay) = (TestBed::new().await, ScriptedServer::start().await);
    let id = account_at(&bed, relay.address().port()).await;
    for (check, finding) in [
        (ReadinessCheck::Account, Finding::AccountSends),
        (ReadinessCheck::Sender, Finding::SenderUsable),
        (ReadinessCheck::Relay, Finding::RelayTakes),
        (ReadinessCheck::Spf, Finding::NoAnswer),
        (ReadinessCheck::Dkim, Finding::DkimNone),
        (ReadinessCheck::Dmarc, Finding::NoAnswer),
        (ReadinessCheck::ReverseName, Finding::NamePrivate),
        (ReadinessCheck::Mailbox, Finding::MailboxMissing),
        (ReadinessCheck::Unsubscribe, Finding::UnsubscribeUnsigned),
    ] {
        let found = look(&bed, id, check).await;
        assert_eq!((found.check, found.finding), (check, finding));
    }
    let evidence = look(&bed, id, ReadinessCheck::Relay).await.evidence;
    assert!(evidence.iter().any(|it| it.asked == "EHLO" && !it.answer.is_empty()), "{evidence:?}");
    assert!(relay.mails().is_empty());
}

#[tokio::test]
async fn a_relay_that_nobody_listens_at_is_named_with_its_step() {
    let bed = TestBed::new().await;
    let id = account_at(&bed, 1).await;
    let found = look(&bed, id, ReadinessCheck::Relay).await.finding;
    assert_eq!(found, Finding::RelayFails(ProbeStage::Connect, Some(ProbeHint::Refused)));
}

#[tokio::test]
async fn a_pause_breaks_the_chain_at_its_first_link() {
    let bed = TestBed::new().await;
    let id = account_at(&bed, 1).await;
    accounts::pause(&bed.admin(), id).await.unwrap();
    assert_eq!(look(&bed, id, ReadinessCheck::Account).await.finding, Finding::AccountPaused);
    outbox::pause(&bed.admin()).await.unwrap();
    assert_eq!(look(&bed, id, ReadinessCheck::Account).await.finding, Finding::EverythingHeld);
}

#[tokio::test]
async fn only_who_manages_accounts_looks_and_capture_has_no_chain() {
    let bed = TestBed::new().await;
    let writer = bed.user_with(&[Permission::MessageWrite]).await;
    let capture = accounts::list(&bed.admin()).await.unwrap()[0].id;
    let as_writer = readiness::check(&writer, capture, ReadinessCheck::Account).await;
    assert_eq!(refused(as_writer), Refusal::NotPermitted(Permission::AccountsManage));
    let of_capture = readiness::check(&bed.admin(), capture, ReadinessCheck::Account).await;
    assert_eq!(refused(of_capture), Refusal::BuiltIn(Noun::Account));
}
