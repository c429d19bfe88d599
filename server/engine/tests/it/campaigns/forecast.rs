//! When a campaign ends that several relays carry.

use delivery::testing::ScriptedServer;
use engine::testbed::TestBed;
use engine::{accounts, campaigns, outbox, stand_ins};
use model::time::{hours, seconds};
use model::{AccountDraft, AccountId, Security, SmtpSettings, StandIn, StandIns};

use super::{draft, prepared, seen, typed};

async fn account(bed: &TestBed, server: &ScriptedServer, name: &str, limit: u32) -> AccountId {
    let port = server.address().port();
    let smtp = SmtpSettings { host: "127.0.0.1".into(), port, security: Security::None, user_name: String::new() };
    let (name, sender_address) = (name.into(), format!("{name}@example.sk"));
    let draft = AccountDraft { name, smtp, sender_address, hourly_limit: Some(limit), ..AccountDraft::default() };
    accounts::save(&bed.admin(), None, draft).await.unwrap()
}

#[tokio::test]
async fn stand_ins_that_step_in_bring_the_end_nearer() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (a, b) = (ScriptedServer::start().await, ScriptedServer::start().await);
    let (home, other) = (account(&bed, &a, "prvy", 2).await, account(&bed, &b, "druhy", 4).await);
    let people = (0..12).map(|n| format!("clovek{n}@example.sk")).collect::<Vec<_>>().join(", ");
    let id = prepared(&bed, &admin, draft(typed(&people))).await;
    let others = vec![StandIn { account: other, rank: 2, weight: 1 }];
    let now = admin.now();
    for (overflows, expected) in [(false, hours(6)), (true, hours(2))] {
        stand_ins::save(&admin, home, StandIns { own_weight: 1, overflows, others: others.clone() }).await.unwrap();
        assert_eq!(seen(&bed, id).await.done_at, Some(now.plus(expected)), "{overflows}");
    }
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    let seen = outbox::look(&admin).await.unwrap();
    let done_at = seen.accounts.iter().find(|it| it.id == home).unwrap().done_at.unwrap();
    assert!((0..=seconds(2)).contains(&done_at.since(now.plus(hours(2)))), "{done_at:?}");
    // Who is stopped carries nothing.
    accounts::pause(&admin, other).await.unwrap();
    let seen = outbox::look(&admin).await.unwrap();
    let alone = seen.accounts.iter().find(|it| it.id == home).unwrap().done_at.unwrap();
    assert!((0..=seconds(2)).contains(&alone.since(now.plus(hours(6)))), "{alone:?}");
}
