//! Calls of gateways: what they say is kept before they are answered.

use delivery::sms::{Callback, CallbackContent, CallbackFault, CallbackRequest};
use model::Change;

use super::of_account;
use super::receipts::{apply, stored};
use crate::{Ctx, Engine, Error, secret};

/// A call as it came in.
pub struct Caller<'a> {
    /// The end of the path.
    pub token: &'a str,
    /// The query without its `?`, still encoded.
    pub query: &'a str,
    /// The media type of the body.
    pub media_type: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// How a call is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    /// It was kept: media type and body that the gateway wants to hear.
    Kept(&'static str, String),
    /// Nobody is called so.
    Stranger,
    /// It cannot be read.
    Unreadable,
}

/// Takes in the call of a gateway. Where the gateway can be asked, the call is only a hint to ask it at once; otherwise it is believed,
/// because only the gateway knows the address.
///
/// # Errors
/// Fails when the database fails; then the gateway calls again.
pub async fn called(engine: &Engine, caller: &Caller<'_>) -> Result<Called, Error> {
    let mut reader = engine.store.read().await?;
    let Some(id) = store::sms_accounts::called(&mut reader, &secret::hash(caller.token)).await? else {
        return Ok(Called::Stranger);
    };
    let account = store::accounts::for_sending(&mut reader, id).await?;
    let Some(gateway) = of_account(engine, &mut reader, &account).await? else { return Ok(Called::Stranger) };
    drop(reader);
    let request = CallbackRequest { secret: caller.token, query: caller.query, media_type: caller.media_type, body: caller.body };
    let Callback { content, acknowledgement } = match gateway.parse_callback(&request) {
        Ok(callback) => callback,
        Err(CallbackFault::NotExpected | CallbackFault::WrongSecret) => return Ok(Called::Stranger),
        Err(CallbackFault::Unreadable | CallbackFault::Incomplete) => return Ok(Called::Unreadable),
    };
    // Nobody reads what people write back; it is answered so that it does not come again.
    if let CallbackContent::Receipts(receipts) = content {
        let is_hint = gateway.capabilities().polls.segments;
        let ctx = Ctx::system(engine);
        let mut tx = engine.store.write().await?;
        for receipt in receipts.iter().filter_map(|it| stored(engine, it)) {
            let named = store::sms::named(&mut tx, id, &receipt.name).await?;
            match named.filter(|_| is_hint) {
                Some((delivery, _)) => store::sms::ask_now(&mut tx, delivery, ctx.now()).await?,
                None if is_hint => store::sms::keep(&mut tx, id, &receipt, ctx.now()).await?,
                None => {
                    apply(&ctx, &mut tx, id, &receipt).await?;
                }
            }
        }
        tx.commit().await?;
        engine.sms_bell.notify_one();
        engine.tell(Change::Messages);
    }
    Ok(Called::Kept(acknowledgement.media_type, acknowledgement.body))
}
