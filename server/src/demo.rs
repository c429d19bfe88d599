//! A believable Slovak and Czech company in a new folder: people, contacts, a year of letters.
//!
//! Everything is done by the use cases themselves, with a clock that is moved through the year; the letters go to a relay inside this
//! process, and in the end the account is stopped, so that nothing ever leaves.

mod ascii;
mod campaigns;
mod chance;
mod firms;
mod habits;
mod letters;
mod names;
mod people;
mod places;
mod relay;
mod sets;
mod staff;
mod suppressions;
mod templates;
mod writing;
mod year;

use std::net::SocketAddr;

use engine::{Ctx, Engine, accounts, contacts, indexer};
use model::time::{days, hours, minutes};
use model::{AccountDraft, AccountId, ContactDraft, ContactId, Moment, ParentLink, Relation, Security, SmtpSettings, Transport};

use chance::Chance;
use people::Acquaintance;
use relay::Relay;
use staff::Staff;

pub use staff::{ADMINISTRATOR, PASSWORD};

/// Why the folder could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A use case refused or failed.
    #[error(transparent)]
    Engine(#[from] engine::Error),
    /// No port of this machine is free.
    #[error("no port to listen on: {0}")]
    Port(#[from] std::io::Error),
}

/// Days in the past that letters are written for.
pub const YEAR: i64 = 364;

/// How many days before the first letter the company began to use Posel.
const BEFORE: i64 = 8;

/// How many days before the end everybody from the fair was invited.
const INVITED: i64 = 9;

/// How many hours before the end the reminder was begun that is held.
const REMINDED: i64 = 7;

/// When the clock must stand for letters of so many days, `now` being the moment at which they end.
pub fn begin(now: Moment, past: i64) -> Moment {
    now.plus(-days(past + BEFORE))
}

/// Fills a fresh engine whose clock stands at [`begin`]; in the end it stands at `now`.
///
/// # Errors
/// Fails when a use case fails, or no port of this machine is free.
pub async fn fill(engine: &Engine, now: Moment, past: i64) -> Result<(), Error> {
    let mut chance = Chance::new(2026);
    let staff = staff::employ(engine, &mut chance).await?;
    let known = meet(engine, &staff, &mut chance).await?;
    let relay = Relay::default();
    let address = relay.listen().await?;
    let (account, capture) = open_account(&staff.administrator, address).await?;
    let entries = year::entries(now, past, &mut chance);
    let desk = writing::Desk { engine, staff: &staff, known: &known, relay: &relay, account, capture };
    let bench = campaigns::Bench { engine, staff: &staff, known: &known, relay: &relay, account };
    let behind = |at: Moment| entries.partition_point(|it| it.at < at);
    let (invited, reminded) = (behind(now.plus(-days(INVITED))), behind(now.plus(-hours(REMINDED))));
    desk.write(&entries, 0..invited, &mut chance).await?;
    bench.invite().await?;
    desk.write(&entries, invited..reminded, &mut chance).await?;
    bench.remind().await?;
    bench.plan().await?;
    desk.write(&entries, reminded..entries.len(), &mut chance).await?;
    suppressions::write(&staff, &known).await?;
    sets::arrange(&staff, &known, &mut chance).await?;
    templates::write(&staff).await?;
    until(engine, now);
    close_account(&staff.administrator, account, capture).await?;
    while 0 < indexer::turn(engine).await? {}
    Ok(())
}

/// Moves the clock on to a moment; it never goes back.
fn until(engine: &Engine, at: Moment) {
    engine.clock().advance(at.since(engine.clock().now()).max(0));
}

/// Writes down whom the company knows.
async fn meet(engine: &Engine, staff: &Staff, chance: &mut Chance) -> Result<Vec<(ContactId, ContactDraft)>, Error> {
    let mut known: Vec<(ContactId, ContactDraft)> = Vec::new();
    let habits = habits::Habits::begin(staff).await?;
    // Chances of their own, so that a new habit changes nobody's name.
    let mut details = Chance::new(41);
    for Acquaintance { mut draft, of } in people::contacts(chance) {
        engine.clock().advance(minutes(chance.between(1, 12)));
        let ctx = chance.pick(&[&staff.manager, &staff.writers[0], &staff.writers[1]]);
        draft.parent = of.map(|of| ParentLink { contact: known[of].0, relation: Relation::of(draft.nature) });
        habits.describe(&mut draft, ctx, &mut details);
        let id = contacts::save(ctx, None, draft.clone()).await?;
        habits.agree(ctx, id, &draft, &mut details).await?;
        known.push((id, draft));
    }
    Ok(known)
}

fn draft(smtp: SmtpSettings) -> AccountDraft {
    AccountDraft {
        name: "Firemná pošta".to_owned(),
        smtp,
        password: None,
        sender_name: "Jaseňové dielo".to_owned(),
        sender_address: format!("obchod@{}", staff::DOMAIN),
        reply_to: String::new(),
        hourly_limit: None,
        pace: model::Pace::default(),
    }
}

/// Sets up the account for the relay of this process, and finds the one of Capture.
async fn open_account(administrator: &Ctx, address: SocketAddr) -> Result<(AccountId, AccountId), Error> {
    let smtp =
        SmtpSettings { host: address.ip().to_string(), port: address.port(), security: Security::None, user_name: String::new() };
    let account = accounts::save(administrator, None, draft(smtp)).await?;
    let all = accounts::list(administrator).await?;
    let capture = all.iter().find(|it| it.transport == Transport::Capture).map_or(account, |it| it.id);
    Ok((account, capture))
}

/// Gives the account the look of a real one and stops it; from now on letters go to Capture.
async fn close_account(administrator: &Ctx, account: AccountId, capture: AccountId) -> Result<(), Error> {
    let smtp = SmtpSettings {
        host: format!("smtp.{}", staff::DOMAIN),
        port: 587,
        security: Security::StartTls,
        user_name: format!("obchod@{}", staff::DOMAIN),
    };
    accounts::pause(administrator, account).await?;
    let limited = AccountDraft { hourly_limit: Some(600), password: Some(staff::PASSWORD.to_owned()), ..draft(smtp) };
    accounts::save(administrator, Some(account), limited).await?;
    Ok(accounts::make_default(administrator, capture).await?)
}
