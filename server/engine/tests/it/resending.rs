//! Sending again: what would go is known before, and nobody gets twice what others never got.

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::{accounts, history, messages, suppressions, worker};
use model::message::{Role, UNDO_MS};
use model::{
    AccountDraft, DeliveryState, MessageDraft, MessageId, MessageState, Permission, Refusal, ResendCount, ResendLook, Security,
    SmtpSettings, SuppressionReason, SuppressionsDraft,
};

use crate::refused;

async fn relay(bed: &TestBed) -> ScriptedServer {
    let server = ScriptedServer::start().await;
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: server.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let (name, sender_address) = ("Relay".into(), "obchod@example.sk".into());
    let draft = AccountDraft { name, smtp, sender_address, hourly_limit: None, ..AccountDraft::default() };
    accounts::save(&bed.admin(), None, draft).await.unwrap();
    server
}

async fn carry(bed: &TestBed) {
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
}

/// A message that reached one of four.
async fn partly_sent(bed: &TestBed, server: &ScriptedServer) -> MessageId {
    for bad in ["zle@example.sk", "nie@example.sk"] {
        server.rule(Rule::at(At::Recipient).for_recipient(bad).answer("550 5.1.1 no such user").once());
    }
    let draft = MessageDraft {
        to: "eva@example.sk".into(),
        cc: "zle@example.sk, nie@example.sk".into(),
        subject: "Ponuka".into(),
        body: "Dobrý deň".into(),
        ..MessageDraft::default()
    };
    let id = messages::send(&bed.admin(), None, draft).await.unwrap().id;
    carry(bed).await;
    let ban = SuppressionsDraft { targets: "nie@example.sk".into(), reason: SuppressionReason::Requested, note: String::new() };
    suppressions::add(&bed.admin(), ban).await.unwrap();
    id
}

#[tokio::test]
async fn what_would_go_is_known_before_it_goes() {
    let bed = TestBed::new().await;
    let server = relay(&bed).await;
    let id = partly_sent(&bed, &server).await;
    let admin = bed.admin();
    let waiting = messages::send(
        &admin,
        None,
        MessageDraft {
            to: "jan@example.sk".into(),
            subject: "Neskôr".into(),
            body: "Dobrý deň".into(),
            ..MessageDraft::default()
        },
    );
    let waiting = waiting.await.unwrap().id;
    let look = messages::look(&bed.admin(), vec![id, waiting, MessageId(999_999)]).await.unwrap();
    let expected = ResendLook {
        ids: vec![id],
        not_possible: 2,
        everybody: ResendCount { goes: 2, suppressed: 1, invalid: 0 },
        unreached: ResendCount { goes: 1, suppressed: 1, invalid: 0 },
        had_it: 1,
    };
    assert_eq!(look, expected);
    let other = bed.user_with(&[Permission::MessageResend, Permission::MessagesViewOwn]).await;
    assert_eq!(messages::look(&other, vec![id]).await.unwrap(), ResendLook { not_possible: 1, ..ResendLook::default() });
    let nobody = bed.user_with(&[Permission::MessagesViewAll]).await;
    assert_eq!(refused(messages::look(&nobody, vec![id]).await), Refusal::NotPermitted(Permission::MessageResend));
}

#[tokio::test]
async fn only_those_whom_it_did_not_reach_get_it_again() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = relay(&bed).await;
    let id = partly_sent(&bed, &server).await;
    let again = messages::resend_to_unreached(&admin, vec![id]).await.unwrap().remove(0);
    assert_eq!((again.recipients, again.suppressed), (2, 1));
    carry(&bed).await;
    let new = history::open(&admin, again.id).await.unwrap();
    let to: Vec<_> = new.recipients.iter().map(|it| (it.address.to_string(), it.role)).collect();
    assert_eq!(to, [("zle@example.sk".to_owned(), Role::To), ("nie@example.sk".to_owned(), Role::Cc)]);
    assert_eq!((new.state, new.resend_of), (MessageState::PartlySent, Some(id)));
    assert_eq!(new.deliveries.iter().filter(|it| it.state == DeliveryState::Accepted).count(), 1);
    assert_eq!((server.n_copies("eva@example.sk"), server.n_copies("zle@example.sk")), (1, 1));
    // Taken back, it is a draft for those alone.
    let third = messages::resend_to_unreached(&admin, vec![id]).await.unwrap().remove(0);
    messages::undo(&admin, third.id).await.unwrap();
    let draft = messages::open_draft(&admin, third.id).await.unwrap().draft;
    assert_eq!((draft.to.as_str(), draft.cc.as_str()), ("zle@example.sk", "nie@example.sk"));
}

#[tokio::test]
async fn what_reached_everybody_goes_to_nobody_else() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let _server = relay(&bed).await;
    let draft = MessageDraft {
        to: "eva@example.sk".into(),
        subject: "Ponuka".into(),
        body: "Dobrý deň".into(),
        ..MessageDraft::default()
    };
    let id = messages::send(&admin, None, draft).await.unwrap().id;
    carry(&bed).await;
    let look = messages::look(&admin, vec![id]).await.unwrap();
    assert_eq!((look.had_it, look.everybody.goes, look.unreached.goes), (1, 1, 0));
    assert_eq!(messages::resend_to_unreached(&admin, vec![id]).await.unwrap(), []);
}
