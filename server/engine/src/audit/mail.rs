//! The mail about where the action log ended: once for each day, also after days in which nothing ran.

use model::{Change, Day, Deed, Faults, LocalTime, NoticeTo, Permission};

use super::anchors;
use crate::notices::{self, Notice};
use crate::{Ctx, Engine, Error};

/// Of how many days one mail tells at most.
const DAYS: i64 = 31;

/// Whom the mail goes to; nobody when it is off.
///
/// # Errors
/// Refuses who may not see the log.
pub async fn mail(ctx: &Ctx) -> Result<NoticeTo, Error> {
    ctx.require(Permission::LogView)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::log_mail::get(&mut reader).await?.0)
}

/// Changes whom the mail goes to; nobody switches it off. Who switches it on is told of yesterday first.
///
/// # Errors
/// Names wrong fields; refuses who may not change settings.
pub async fn set_mail(ctx: &Ctx, to: NoticeTo) -> Result<(), Error> {
    ctx.require(Permission::SettingsManage)?;
    let mut faults = Faults::default();
    to.check("notify", &mut faults);
    faults.finish()?;
    let mut tx = ctx.engine.store.write().await?;
    let (before, _) = store::log_mail::get(&mut tx).await?;
    if before.is_nobody() {
        store::log_mail::set_last(&mut tx, Day(LocalTime::of(ctx.now()).day.0 - 2)).await?;
    }
    store::log_mail::set(&mut tx, &to).await?;
    ctx.log_changed(&mut tx, Deed::LogMailChanged, (&before, &to)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Mails where the log ended on the days that are over and were not told yet. What cannot leave now, as without an account for mails or
/// because nobody chosen may sign in any more, is told with a later day.
///
/// # Errors
/// Fails when the database fails; then nothing was told.
pub async fn mail_turn(engine: &Engine) -> Result<(), Error> {
    let ctx = Ctx::system(engine);
    let yesterday = Day(LocalTime::of(ctx.now()).day.0 - 1);
    let mut tx = engine.store.write().await?;
    let (to, last) = store::log_mail::get(&mut tx).await?;
    if to.is_nobody() || yesterday <= last {
        return Ok(());
    }
    let n = (yesterday.0 - last.0).min(DAYS);
    let ended = anchors(&mut tx, yesterday, n).await?;
    if let Some(newest) = ended.first() {
        let line = |it: &model::LogAnchor| format!("{}   --anchor {}:{}", shown(it.day), it.entry, it.hash);
        let values = [
            ("day", shown(newest.day)),
            ("anchors", ended.iter().map(line).collect::<Vec<_>>().join("\n")),
            ("url", format!("{}/log", engine.public_url)),
        ];
        match notices::send(&ctx, &mut tx, &to, Notice::LogAnchor, &values).await {
            Ok(0) => {
                tracing::warn!("nobody is left to be told where the action log ended");
                return Ok(());
            }
            Ok(_) => {}
            Err(Error::Refused(refusal)) => {
                tracing::warn!(?refusal, "where the action log ended could not be mailed");
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
    store::log_mail::set_last(&mut tx, yesterday).await?;
    tx.commit().await?;
    engine.tell(Change::Messages);
    engine.bell.ring();
    Ok(())
}

/// A day as it is written in Slovakia and Czechia.
fn shown(day: Day) -> String {
    let (year, month, day) = day.parts();
    format!("{day}. {month}. {year}")
}
