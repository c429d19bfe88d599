//! Mails about the credit for text messages: once for each time that it falls below a limit.

use delivery::testing::EuroSmsServer;
use engine::testbed::{ADMIN_EMAIL, TestBed};
use engine::{capture, sms, worker};
use model::time::{hours, minutes};
use model::{Decimal, DeliveryState, NoticeTo, SmsAccountDraft, UserId};

use crate::texting::{account, eurosms, send, state};

fn watched(server: &EuroSmsServer) -> SmsAccountDraft {
    let mut draft = eurosms(server);
    draft.settings.warn_below = Some(Decimal(100_000));
    draft.settings.stop_below = Some(Decimal(20_000));
    draft.settings.notify = NoticeTo { users: vec![UserId(2)], addresses: "uctaren@example.sk".into() };
    draft
}

/// Asks for the credit, lets what there is to tell leave, and counts the mails that left since the beginning.
async fn told(bed: &TestBed, server: &EuroSmsServer, credit: u64) -> Vec<(String, String)> {
    server.leave_credit(credit);
    bed.advance(hours(1));
    sms::turn(&bed.engine).await.unwrap();
    worker::turn(&bed.engine).await.unwrap();
    let rows = capture::list(&bed.admin(), None).await.unwrap().rows;
    rows.into_iter().map(|it| (it.recipient, it.subject)).collect()
}

#[tokio::test]
async fn the_credit_is_told_once_below_each_limit_and_again_after_it_was_topped_up() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    assert_eq!(bed.admin().actor.id, UserId(2));
    account(&bed, watched(&server)).await;
    assert!(told(&bed, &server, 12).await.is_empty());
    let first = told(&bed, &server, 9).await;
    let (to, subjects): (Vec<_>, Vec<_>) = first.into_iter().unzip();
    assert_eq!(subjects, ["Kredit na SMS sa míňa: EuroSMS", "Kredit na SMS sa míňa: EuroSMS"]);
    assert!(to.contains(&ADMIN_EMAIL.to_owned()) && to.contains(&"uctaren@example.sk".to_owned()));
    // It hovers about the limit: nobody is told again.
    for credit in [10, 9, 8] {
        assert_eq!(told(&bed, &server, credit).await.len(), 2, "{credit}");
    }
    let stopped = told(&bed, &server, 1).await;
    assert_eq!((stopped.len(), stopped[0].1.as_str()), (4, "SMS čakajú na kredit: EuroSMS"));
    assert_eq!(told(&bed, &server, 50).await.len(), 4);
    assert_eq!(told(&bed, &server, 9).await.len(), 6);
}

#[tokio::test]
async fn what_was_told_is_not_told_again_after_a_crash() {
    let (mut bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    account(&bed, watched(&server)).await;
    assert_eq!(told(&bed, &server, 5).await.len(), 2);
    bed.crash().await;
    assert_eq!(told(&bed, &server, 5).await.len(), 2);
}

#[tokio::test]
async fn without_anybody_to_tell_no_mail_is_made() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let mut draft = watched(&server);
    draft.settings.notify = NoticeTo::default();
    account(&bed, draft).await;
    assert!(told(&bed, &server, 1).await.is_empty());
}

#[tokio::test]
async fn a_credit_too_small_for_one_text_is_told_once_and_again_after_a_text_left() {
    let (bed, server) = (TestBed::new().await, EuroSmsServer::start().await);
    let mut draft = eurosms(&server);
    draft.settings.notify = NoticeTo { users: Vec::new(), addresses: "uctaren@example.sk".into() };
    account(&bed, draft).await;
    // The gateway says that half a unit is left, and refuses each text.
    server.leave_credit(0);
    let look = async || {
        for _ in 0..5 {
            bed.advance(minutes(10));
            worker::turn(&bed.engine).await.unwrap();
            sms::turn(&bed.engine).await.unwrap();
        }
        worker::turn(&bed.engine).await.unwrap();
        let rows = capture::list(&bed.admin(), None).await.unwrap().rows;
        rows.into_iter().filter(|it| it.recipient == "uctaren@example.sk").count()
    };
    let id = send(&bed, "0903622237", "x").await;
    assert_eq!((look().await, state(&bed, id).await), (1, DeliveryState::Waiting));
    assert_eq!(look().await, 1);
    server.leave_credit(1);
    assert_eq!(look().await, 1);
    assert_ne!(state(&bed, id).await, DeliveryState::Waiting);
    send(&bed, "0903622237", "y").await;
    assert_eq!(look().await, 2);
}
