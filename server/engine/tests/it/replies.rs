//! What each kind of answer (RFC 5321 §4.2.1, RFC 3463) does to a delivery and to its account.

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::{accounts, history, messages, outbox, worker};
use model::message::UNDO_MS;
use model::{AccountDraft, DeliveryState, Hold, MessageDraft, Security, SmtpSettings};

/// What the account does afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Account {
    GoesOn,
    Rests,
    Stops,
}

/// Sends one message to a relay that answers so, and tells what became of both.
async fn play(rule: Rule) -> (DeliveryState, Account) {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let relay = ScriptedServer::start().await;
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: relay.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let (name, sender_address) = ("Relay".into(), "obchod@example.sk".into());
    let draft = AccountDraft { name, smtp, sender_address, ..AccountDraft::default() };
    accounts::save(&admin, None, draft).await.unwrap();
    relay.rule(rule);
    let letter = MessageDraft {
        to: "eva@example.sk".into(),
        subject: "Ponuka".into(),
        body: "Dobrý deň".into(),
        ..MessageDraft::default()
    };
    let id = messages::send(&admin, None, letter).await.unwrap().id;
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    let state = history::open(&admin, id).await.unwrap().deliveries[0].state;
    let seen = outbox::look(&admin).await.unwrap();
    let account = match seen.accounts.iter().find(|it| it.name == "Relay").map(|it| &it.hold) {
        Some(Hold::Trouble(_)) => Account::Stops,
        Some(Hold::Rests(_)) => Account::Rests,
        _ => Account::GoesOn,
    };
    (state, account)
}

#[tokio::test]
async fn answers_decide_about_the_delivery_and_the_account() {
    use Account::{GoesOn, Rests, Stops};
    use DeliveryState::{Accepted, Rejected, Waiting};
    for (at, answer, state, account) in [
        (At::Recipient, "251 2.1.5 will forward", Accepted, GoesOn),
        (At::Recipient, "450 4.2.0 Greylisted", Waiting, GoesOn),
        (At::Recipient, "452 4.2.2 mailbox full", Waiting, GoesOn),
        (At::Recipient, "452 4.5.3 too many recipients", Waiting, Rests),
        (At::Recipient, "550 5.1.1 no such user", Rejected, GoesOn),
        (At::Recipient, "552 5.2.2 over quota", Rejected, GoesOn),
        (At::Recipient, "554 5.7.1 Relay access denied", Waiting, Stops),
        (At::Mail, "451 4.7.1 too fast", Waiting, Rests),
        (At::Mail, "552 5.3.4 too big", Rejected, GoesOn),
        (At::Mail, "530 5.7.0 Authentication required", Waiting, Stops),
        (At::Data, "451 4.3.0 try again", Waiting, GoesOn),
        (At::Data, "554 5.6.0 no", Rejected, GoesOn),
        (At::Dot, "421 4.3.2 going down", Waiting, Rests),
        (At::Dot, "451 4.3.0 try again", Waiting, GoesOn),
        (At::Dot, "451 4.7.1 rate limit", Waiting, Rests),
        (At::Dot, "554 5.7.1 spam", Rejected, GoesOn),
        (At::Greeting, "421 4.3.2 busy", Waiting, Rests),
    ] {
        assert_eq!(play(Rule::at(at).answer(answer)).await, (state, account), "{at:?} {answer}");
    }
}

#[tokio::test]
async fn silence_after_the_final_dot_is_neither_a_yes_nor_a_no() {
    assert_eq!(play(Rule::at(At::Dot).close()).await, (DeliveryState::Unknown, Account::GoesOn));
    assert_eq!(play(Rule::at(At::Dot).take().close()).await, (DeliveryState::Unknown, Account::GoesOn));
}
