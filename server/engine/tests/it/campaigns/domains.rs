//! Campaigns to domains that take so many an hour.

use delivery::testing::ScriptedServer;
use engine::testbed::TestBed;
use engine::{accounts, campaigns};
use model::time::minutes;
use model::{AccountDraft, CampaignDraft, CampaignPace, DomainLimit, DomainName, Pace, Security, SendingWindow, SmtpSettings};

use super::{carry, draft, prepared, typed};

#[tokio::test]
async fn what_waited_for_its_domain_when_the_window_closed_does_not_stand_behind_itself_the_next_morning() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    let limit = DomainLimit { domain: DomainName::parse("example.sk").unwrap(), per_hour: 2 };
    let port = server.address().port();
    let relay = AccountDraft {
        name: "Relay".into(),
        smtp: SmtpSettings { host: "127.0.0.1".into(), port, security: Security::None, user_name: String::new() },
        sender_address: "obchod@example.sk".into(),
        hourly_limit: None,
        pace: Pace { domains: vec![limit], ..Pace::default() },
        ..AccountDraft::default()
    };
    let account = accounts::save(&admin, None, relay).await.unwrap();
    let window = SendingWindow { days: 0x7f, from: 8 * 60, until: 16 * 60 };
    let pace = CampaignPace { per_hour: None, window: Some(window) };
    let people: Vec<String> = (0..60).map(|n| format!("clovek{n}@example.sk")).collect();
    let draft = CampaignDraft { account: Some(account), pace, ..draft(typed(&people.join(", "))) };
    let id = prepared(&bed, &admin, draft).await;
    campaigns::release(&admin, id, None).await.unwrap();
    let mut before = 0;
    for _ in 0..3 {
        let now = bed.engine.clock().now();
        bed.advance(window.next_open(now).since(now));
        for _ in 0..17 {
            carry(&bed).await;
            bed.advance(minutes(30));
        }
        let n = server.mails().len();
        assert!((14..=18).contains(&(n - before)), "{before} and then {n}");
        before = n;
    }
}
