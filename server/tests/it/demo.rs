//! The believable company: everything is there to be looked at, and nothing of it can leave.

use axum::http::StatusCode;
use model::time::days;
use model::{
    Account, AccountState, ApprovalState, Campaign, CampaignQuery, CampaignReport, CampaignRow, CampaignSort, CampaignState,
    ContactCount, ContactFilter, Direction, MessageFilter, MessageState, Moment, Overview, Page, Transport,
};
use serde_json::json;
use server::demo;
use tempfile::TempDir;

use crate::bed::{Bed, Session};
use crate::boot::process::{Ended, posel};

/// 2026-11-20 13:00 UTC, a Friday.
const NOW: Moment = Moment(1_795_179_600_000);

/// A company that has written for two weeks.
async fn company() -> (Bed, Session) {
    let bed = Bed::fresh_at(demo::begin(NOW, 14)).await;
    demo::fill(&bed.engine, NOW, 14).await.unwrap();
    assert_eq!(bed.clock.now(), NOW);
    let input = json!({ "email": demo::ADMINISTRATOR, "password": demo::PASSWORD });
    let reply = bed.call("session/sign_in", None, input).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let session = reply.session();
    (bed, session)
}

async fn count(bed: &Bed, session: &Session, states: &[MessageState]) -> u64 {
    let filter = MessageFilter { states: states.to_vec(), ..MessageFilter::default() };
    bed.call("history/count_messages", Some(session), json!({ "filter": filter })).await.json()
}

#[tokio::test]
async fn the_company_of_the_demo_shows_everything_and_sends_nothing() {
    let (bed, session) = company().await;
    let everybody = json!({ "filter": ContactFilter::default() });
    let contacts: ContactCount = bed.call("contacts/count_contacts", Some(&session), everybody).await.json();
    assert_eq!((contacts.n, contacts.exact), (500, true));
    assert!(40 < count(&bed, &session, &[MessageState::Sent]).await);
    assert!(3 < count(&bed, &session, &[MessageState::Prepared]).await, "those of campaigns, too");
    assert!(0 < count(&bed, &session, &[MessageState::Failed]).await);
    let midnight = NOW.0 - NOW.0.rem_euclid(days(1));
    let overview: Overview = bed.call("overview/open_overview", Some(&session), json!({ "midnight": midnight })).await.json();
    // What the campaign that is held has not tried yet stands outside the queue.
    assert_eq!((overview.prepared, overview.unknown, overview.waiting), (3, 1, 2));
    assert!(5 < overview.sent_today && 0 < overview.failed, "{overview:?}");

    let accounts: Vec<Account> = bed.call("accounts/list_accounts", Some(&session), json!({})).await.json();
    for account in accounts {
        match account.transport {
            Transport::Capture => assert!(account.is_default),
            Transport::Smtp(_) => assert_eq!((account.is_default, account.state), (false, AccountState::Paused)),
            Transport::Sms(_) => panic!("no gateway is shown to whoever looks around"),
        }
    }
    let words = MessageFilter { words: "faktura".to_owned(), ..MessageFilter::default() };
    let found: u64 = bed.call("history/count_messages", Some(&session), json!({ "filter": words })).await.json();
    assert!(5 < found, "the letters can be found by their words, with and without diacritics");
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn the_demo_shows_campaigns_in_every_state_that_needs_somebody() {
    let (bed, session) = company().await;
    let query = CampaignQuery { sort: CampaignSort::Name, direction: Direction::Up, ..CampaignQuery::default() };
    let page: Page<CampaignRow> = bed.call("campaigns/list_campaigns", Some(&session), json!({ "query": query })).await.json();
    let states: Vec<(&str, CampaignState)> = page.rows.iter().map(|it| (it.name.as_str(), it.state)).collect();
    assert_eq!(
        states,
        [
            ("Jarná akcia na kuchyne z jaseňa", CampaignState::Draft),
            ("Olej na terasy pred zimou", CampaignState::Paused),
            ("Otváracie hodiny cez sviatky", CampaignState::Prepared),
            ("Pozvánka do nášho stánku", CampaignState::Finished),
        ]
    );
    let open = async |n: usize| -> Campaign {
        bed.call("campaigns/open_campaign", Some(&session), json!({ "id": page.rows[n].id })).await.json()
    };
    let (held, waiting) = (open(1).await, open(2).await);
    assert!(10 < held.counts.sent && 10 < held.counts.prepared + held.counts.waiting, "{:?}", held.counts);
    assert_eq!((waiting.approval.state, waiting.approval.is_mine_to_give), (ApprovalState::Requested, true));
    let report = json!({ "id": page.rows[3].id });
    let report: CampaignReport = bed.call("campaigns/show_campaign_report", Some(&session), report).await.json();
    assert!(20 < report.counts.sent && 1 < report.reasons.len() && 0 < report.unsubscribed, "{report:?}");
}

#[test]
fn a_folder_in_use_is_not_filled() {
    let home = TempDir::new().unwrap();
    std::fs::write(home.path().join("posel.db"), "").unwrap();
    let refused = Ended::of(posel().args(["demo", "--data"]).arg(home.path()));
    assert!(refused.errors.contains("give a folder that is new"), "{}", refused.errors);
}
