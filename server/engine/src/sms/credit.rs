//! The credit of accounts for text messages: it is asked for, warns, and makes messages wait.

use delivery::sms::{Amount, AskFailure, SmsGateway};
use model::time::minutes;
use model::{Account, AccountId, Change, CreditLevel, Decimal, Deed, Moment, Transport};
use store::Tx;
use store::sms_accounts::Asked;

use crate::notices::{self, Notice};
use crate::{Ctx, Engine, Error};

/// How often the credit is asked for, in milliseconds.
const PAUSE: i64 = minutes(30);
/// The same while there is too little of it.
const PAUSE_LOW: i64 = minutes(5);
/// How long messages wait for credit at a gateway that does not tell any.
const UNTOLD: i64 = minutes(30);

/// An amount of a gateway, with four decimal places.
pub(super) fn decimal(amount: Amount) -> Decimal {
    Decimal(amount.0 / 100)
}

/// Notes, in the transaction of what came back, that the gateway has no credit left; what waits for the account waits on.
pub(crate) async fn out_of_credit(ctx: &Ctx, tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    if store::sms_accounts::stop(tx, id, ctx.now().plus(PAUSE_LOW)).await? {
        ctx.log(tx, Deed::SmsStopped(id)).await?;
    }
    Ok(())
}

/// Asks an account's gateway for its credit and notes what it means.
pub(super) async fn ask(engine: &Engine, account: &Account, gateway: &SmsGateway, before: &Asked) -> Result<(), Error> {
    let Transport::Sms(settings) = &account.transport else { return Ok(()) };
    let answer = gateway.credit().await;
    let (ctx, now) = (Ctx::system(engine), engine.clock().now());
    let mut tx = engine.store.write().await?;
    match answer {
        Ok(amount) => {
            let credit = decimal(amount);
            // Who has said that nothing is left is believed until something is added; less than a text costs may be left.
            let is_as_before = credit.0 <= 0 || before.credit == Some(credit);
            let level = match settings.level(credit) {
                _ if before.is_stopped && is_as_before && settings.stop_below.is_none() => CreditLevel::Stopped,
                level => level,
            };
            note(&ctx, &mut tx, account.id, Some(credit), level).await?;
        }
        // Nobody knows when it is topped up: the gateway is tried again after a while.
        Err(AskFailure::NotSupported) => note(&ctx, &mut tx, account.id, None, CreditLevel::Enough).await?,
        Err(failure) => {
            store::sms_accounts::note_trouble(&mut tx, account.id, &failure.to_string(), now.plus(PAUSE_LOW)).await?;
        }
    }
    tx.commit().await?;
    engine.tell(Change::Accounts);
    engine.bell.ring();
    Ok(())
}

/// Tells whoever is chosen that the credit fell below a limit, once for each time it does. What cannot be told now, as without an account
/// for mails, is told later.
pub(super) async fn tell(engine: &Engine, account: &Account, asked: &Asked) -> Result<(), Error> {
    let Transport::Sms(settings) = &account.transport else { return Ok(()) };
    let next = settings.to_tell(asked.told, asked.level, asked.credit);
    if next == asked.told {
        return Ok(());
    }
    let ctx = Ctx::system(engine);
    let mut tx = engine.store.write().await?;
    if asked.told < next {
        let notice = if next == CreditLevel::Stopped { Notice::CreditStopped } else { Notice::CreditLow };
        let amount = |it: Option<Decimal>| it.map_or_else(|| "0".to_owned(), |it| it.to_string().replace('.', ","));
        let values = [
            ("account", account.name.clone()),
            ("credit", amount(asked.credit)),
            ("limit", amount(settings.warn_below)),
            ("url", format!("{}/settings/accounts/{}", engine.public_url, account.id)),
        ];
        match notices::send(&ctx, &mut tx, &settings.notify, notice, &values).await {
            Ok(0) if !settings.notify.is_nobody() => {
                tracing::warn!(account = %account.id, "nobody is left to be told about the credit");
                return Ok(());
            }
            Ok(_) => {}
            Err(Error::Refused(refusal)) => {
                tracing::warn!(account = %account.id, ?refusal, "nobody could be told about the credit");
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
    store::sms_accounts::set_told(&mut tx, account.id, next).await?;
    tx.commit().await?;
    engine.tell(Change::Messages);
    engine.bell.ring();
    Ok(())
}

/// Notes, in the transaction of what came back, that the gateway took a text: where only that shows that there is credit again, whoever is
/// chosen is told anew when it ends the next time.
pub(crate) async fn took(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    let Some(stands) = store::sms_accounts::asked(tx).await?.into_iter().find(|it| it.account == id) else { return Ok(()) };
    if stands.told != CreditLevel::Stopped || stands.level == CreditLevel::Stopped {
        return Ok(());
    }
    let account = store::accounts::for_sending(tx, id).await?;
    if matches!(&account.transport, Transport::Sms(it) if !it.tells_its_end(stands.credit)) {
        store::sms_accounts::set_told(tx, id, stands.level).await?;
    }
    Ok(())
}

async fn note(ctx: &Ctx, tx: &mut Tx, id: AccountId, credit: Option<Decimal>, level: CreditLevel) -> Result<(), Error> {
    let ask_at: Moment = ctx.now().plus(match (credit, level) {
        (None, _) => UNTOLD,
        (Some(_), CreditLevel::Enough) => PAUSE,
        (Some(_), CreditLevel::Low | CreditLevel::Stopped) => PAUSE_LOW,
    });
    let before = store::sms_accounts::note_credit(tx, id, credit, level, ctx.now(), ask_at).await?;
    match (before, level) {
        (CreditLevel::Enough | CreditLevel::Low, CreditLevel::Stopped) => ctx.log(tx, Deed::SmsStopped(id)).await.map(drop),
        (CreditLevel::Enough, CreditLevel::Low) => ctx.log(tx, Deed::SmsCreditLow(id)).await.map(drop),
        (CreditLevel::Stopped, CreditLevel::Enough | CreditLevel::Low) => ctx.log(tx, Deed::SmsResumed(id)).await.map(drop),
        _ => Ok(()),
    }
}
