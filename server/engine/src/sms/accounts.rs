//! Use cases about accounts for text messages; what they share with others is in [`crate::accounts`].

use delivery::sms::web::smsbrana;
use delivery::sms::{AskFailure, Callbacks};
use model::{Account, AccountId, AccountState, Change, Decimal, Deed, Permission, SmsAccountDraft, SmsProbe, Transport};
use serde::Serialize;
use store::sms_accounts::CallbackSecret;
use store::{Connection, Tx};

use super::credit::decimal;
use super::gateway::made;
use crate::{Ctx, Error, secret};

/// What the action log compares: the account, and the names of the secrets that were typed anew.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    account: Account,
    new_secrets: Vec<String>,
}

/// Makes an account for text messages, or changes the one given. The first one becomes the one that text messages leave by.
///
/// # Errors
/// Names wrong fields and missing secrets; refuses an account that is not there.
pub async fn save(ctx: &Ctx, id: Option<AccountId>, draft: SmsAccountDraft) -> Result<AccountId, Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let (store, now) = (&ctx.engine.store, ctx.now());
    let mut tx = store.write().await?;
    let secrets = effective_secrets(ctx, &mut tx, id, &draft).await?;
    made(&ctx.engine, &draft.settings, secrets.clone(), None)?;
    let typed: Vec<String> = draft.secrets.iter().filter(|it| !it.1.is_empty()).map(|it| it.0.clone()).collect();
    // Secrets that were stored for another place are not given away to this one.
    let draft = SmsAccountDraft { secrets: named(&draft, secrets), ..draft };
    let id = match id {
        Some(id) => {
            let before = store::accounts::by_id(&mut tx, id, now).await?;
            // Already now, so that nobody who was refused under the old settings stops the account between the commit and its end.
            ctx.engine.connections.forget(id);
            store::sms_accounts::change(store, &mut tx, id, &draft, now).await?;
            if matches!(before.state, AccountState::Trouble { .. }) {
                store::accounts::set_state(&mut tx, id, &AccountState::Active).await?;
            }
            let after = store::accounts::by_id(&mut tx, id, now).await?;
            let told = (&Told { account: before, new_secrets: Vec::new() }, &Told { account: after, new_secrets: typed });
            ctx.log_changed(&mut tx, Deed::AccountChanged(id), told).await?;
            id
        }
        None => {
            let token = secret::make()?;
            let callback = CallbackSecret { text: &token, hash: &secret::hash(&token) };
            let is_first = store::accounts::all(&mut tx, now).await?.iter().all(|it| !matches!(it.transport, Transport::Sms(_)));
            let id = store::sms_accounts::create(store, &mut tx, &draft, &callback, now).await?;
            ctx.log(&mut tx, Deed::AccountCreated(id)).await?;
            if is_first {
                store::accounts::make_default(&mut tx, id).await?;
                ctx.log(&mut tx, Deed::AccountMadeDefault(id)).await?;
            }
            id
        }
    };
    tx.commit().await?;
    ctx.engine.forget_connection(id);
    ctx.engine.bell.ring();
    ctx.engine.sms_bell.notify_one();
    ctx.tell(Change::Accounts);
    Ok(id)
}

/// Asks the gateway for the credit with what is typed, and sends nothing. Secrets that are not typed are the stored ones, but only for the
/// place that they were stored for.
///
/// # Errors
/// Names wrong fields and missing secrets; refuses an account that is not there.
pub async fn test(ctx: &Ctx, id: Option<AccountId>, draft: SmsAccountDraft) -> Result<SmsProbe, Error> {
    ctx.require(Permission::AccountsManage)?;
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let secrets = effective_secrets(ctx, &mut tx, id, &draft).await?;
    // With any secret at all the gateway says whether it could call.
    let gateway = made(&ctx.engine, &draft.settings, secrets, Some(secret::make()?))?;
    ctx.log(&mut tx, Deed::AccountTested(id)).await?;
    tx.commit().await?;
    let Some(gateway) = gateway else {
        return Ok(SmsProbe { credit: None, trouble: None, calls: false, answers: false, is_kept: false });
    };
    let able = gateway.capabilities();
    // A message centre may let nobody in twice: until the trial is over nobody else is there for this account.
    let _away = match id.filter(|_| gateway.pause().is_some()) {
        Some(id) => Some(ctx.engine.gateways.part(id).await),
        None => None,
    };
    let answer = match gateway.reach().await {
        Ok(()) => gateway.credit().await,
        Err(failure) => Err(failure),
    };
    gateway.close().await;
    let (credit, trouble): (Option<Decimal>, Option<String>) = match answer {
        Ok(amount) => (Some(decimal(amount)), None),
        Err(AskFailure::NotSupported) => (None, None),
        Err(failure) => (None, Some(failure.to_string())),
    };
    let polls = able.polls;
    let answers = polls.segments || polls.groups || polls.changes || polls.references;
    let (calls, is_kept) = (able.callbacks != Callbacks::Never, gateway.pause().is_some());
    Ok(SmsProbe { credit, trouble, calls, answers, is_kept })
}

/// Descriptions of gateways over HTTP whose interface is known: name and JSON.
///
/// # Errors
/// Refuses who does not manage accounts.
pub async fn presets(ctx: &Ctx) -> Result<Vec<(String, String)>, Error> {
    ctx.require(Permission::AccountsManage)?;
    Ok(vec![("SMSbrána".to_owned(), serde_json::to_string_pretty(&smsbrana()).map_err(store::Error::from)?)])
}

/// Tells how the accounts for text messages stand. Only who manages accounts is told by which address gateways call us.
pub(crate) async fn add_standings(ctx: &Ctx, connection: &mut Connection, accounts: &mut [Account]) -> Result<(), Error> {
    let mut standings = store::sms_accounts::standings(&ctx.engine.store, connection).await?;
    let manages = ctx.may(Permission::AccountsManage);
    for account in accounts {
        let Some(mut standing) = standings.remove(&account.id) else { continue };
        standing.callback_url = match manages {
            true => format!("{}/callback/sms/{}", ctx.engine.public_url, standing.callback_url),
            false => String::new(),
        };
        if !manages {
            standing.secrets.clear();
            standing.trouble.clear();
        }
        account.has_password = !standing.secrets.is_empty();
        account.sms = Some(standing);
    }
    Ok(())
}

/// What is typed, over what is stored for the same place.
async fn effective_secrets(
    ctx: &Ctx,
    tx: &mut Tx,
    id: Option<AccountId>,
    draft: &SmsAccountDraft,
) -> Result<Vec<(String, String)>, Error> {
    let mut secrets = std::collections::BTreeMap::new();
    if let Some(id) = id {
        let account = store::accounts::by_id(tx, id, ctx.now()).await?;
        let is_same = matches!(&account.transport, Transport::Sms(it)
            if it.gateway.kind() == draft.settings.gateway.kind() && it.gateway.place() == draft.settings.gateway.place());
        if is_same {
            secrets = store::sms_accounts::secrets(&ctx.engine.store, tx, id).await?;
        }
    }
    secrets.extend(draft.secrets.iter().cloned());
    secrets.retain(|_, value| !value.is_empty());
    Ok(secrets.into_iter().collect())
}

/// A value for each secret that the gateway wants; an empty one is forgotten.
fn named(draft: &SmsAccountDraft, secrets: Vec<(String, String)>) -> Vec<(String, String)> {
    let value = |name: &String| secrets.iter().find(|it| it.0 == *name).map(|it| it.1.clone()).unwrap_or_default();
    draft.settings.gateway.secrets().into_iter().map(|name| (name.clone(), value(&name))).collect()
}
