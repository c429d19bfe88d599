//! From the settings of an account to its gateway.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use delivery::HttpWay;
use delivery::sms::web::{HttpSettings, Secrets};
use delivery::sms::{
    EuroSms, EuroSmsDigest, EuroSmsMode, EuroSmsSettings, GoSms, GoSmsMode, GoSmsSettings, HttpGateway, Parted, Sender,
    SmsGateway,
};
use model::{Account, AccountId, Fault, Refusal, SmsSettings, Transport};
use secrecy::SecretString;
use store::Connection;
use tokio::sync::watch;

use super::centre;
use crate::{Engine, Error};

/// The gateways of accounts. They are kept as long as their settings are, because they remember tokens and
/// keep connections.
#[derive(Default)]
pub(crate) struct Gateways {
    kept: Mutex<HashMap<AccountId, (SmsSettings, SmsGateway)>>,
    /// Accounts whose connection somebody is giving up or needs for a trial; who listens hears when that is over.
    away: Mutex<HashMap<AccountId, watch::Receiver<()>>>,
}

/// Keeps an account without a connection to its gateway as long as it lives.
pub(super) struct Away {
    _gateway: Option<Parted>,
    _over: watch::Sender<()>,
}

impl Gateways {
    fn kept(&self) -> MutexGuard<'_, HashMap<AccountId, (SmsSettings, SmsGateway)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn away(&self) -> MutexGuard<'_, HashMap<AccountId, watch::Receiver<()>>> {
        self.away.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets the gateway of an account whose settings or secrets changed, and says goodbye where a connection is kept. Nobody is connected
    /// anew before that is done, because a message centre may let nobody in twice.
    pub(crate) fn forget(&self, id: AccountId) {
        let kept = self.kept().remove(&id);
        if let Some((_, gateway)) = kept.filter(|it| it.1.pause().is_some()) {
            let (over, hears) = watch::channel(());
            self.away().insert(id, hears);
            tokio::spawn(async move {
                gateway.close().await;
                drop(over);
            });
        }
    }

    /// Says goodbye to an account's gateway and waits until that is done; it is connected to anew when what this gives is dropped.
    pub(super) async fn part(&self, id: AccountId) -> Away {
        self.wait(id).await;
        let (over, hears) = watch::channel(());
        self.away().insert(id, hears);
        let gateway = self.kept().get(&id).map(|it| it.1.clone());
        let parted = match gateway {
            Some(gateway) => gateway.part().await,
            None => None,
        };
        Away { _gateway: parted, _over: over }
    }

    /// Waits until nobody gives up the account's connection or needs it for a trial.
    async fn wait(&self, id: AccountId) {
        let hears = self.away().get(&id).cloned();
        if let Some(mut hears) = hears {
            // Nothing is ever said; it ends when the other side does.
            while hears.changed().await.is_ok() {}
        }
    }

    /// Says goodbye wherever a connection is kept.
    pub(super) async fn part_all(&self) {
        let all: Vec<SmsGateway> = self.kept().values().map(|it| it.1.clone()).collect();
        for gateway in all {
            gateway.close().await;
        }
    }

    fn kept_for(&self, id: AccountId, settings: &SmsSettings) -> Option<SmsGateway> {
        self.kept().get(&id).filter(|it| it.0 == *settings).map(|it| it.1.clone())
    }

    /// Keeps a gateway, unless somebody else made the same one meanwhile; gives the one that is kept. Nothing while nobody may be connected.
    fn keep(&self, id: AccountId, settings: &SmsSettings, gateway: SmsGateway) -> Option<SmsGateway> {
        let away = self.away();
        if away.get(&id).is_some_and(|it| it.has_changed().is_ok()) {
            return None;
        }
        let mut kept = self.kept();
        match kept.get(&id).filter(|it| it.0 == *settings) {
            Some((_, before)) => Some(before.clone()),
            None => {
                kept.insert(id, (settings.clone(), gateway.clone()));
                Some(gateway)
            }
        }
    }
}

/// The gateway of an account; nothing for one that captures, and for accounts that carry no text messages.
///
/// # Errors
/// Names damaged secrets; refuses settings that cannot be used.
pub(crate) async fn of_account(
    engine: &Engine,
    connection: &mut Connection,
    account: &Account,
) -> Result<Option<SmsGateway>, Error> {
    let Transport::Sms(settings) = &account.transport else { return Ok(None) };
    if let Some(gateway) = engine.gateways.kept_for(account.id, settings) {
        return Ok(Some(gateway));
    }
    loop {
        engine.gateways.wait(account.id).await;
        let version = engine.connections.version(account.id);
        let secrets = store::sms_accounts::secrets(&engine.store, connection, account.id).await?;
        let callback = store::sms_accounts::callback(&engine.store, connection, account.id).await?;
        let Some(gateway) = made(engine, settings, secrets.into_iter().collect(), Some(callback))? else { return Ok(None) };
        // One whose secrets were changed meanwhile is not kept.
        if engine.connections.version(account.id) != version {
            return Ok(Some(gateway));
        }
        if let Some(kept) = engine.gateways.keep(account.id, settings, gateway) {
            return Ok(Some(kept));
        }
    }
}

/// Makes a gateway of settings and secrets; nothing for one that captures.
///
/// # Errors
/// Names the field that cannot be used.
pub(super) fn made(
    engine: &Engine,
    settings: &SmsSettings,
    secrets: Vec<(String, String)>,
    callback: Option<String>,
) -> Result<Option<SmsGateway>, Refusal> {
    let mut secrets: Secrets = secrets.into_iter().map(|(name, value)| (name, SecretString::from(value))).collect();
    let mut secret = |name: &str| secrets.remove(name).ok_or_else(|| Refusal::field(format!("secrets.{name}"), Fault::Missing));
    let way = HttpWay { trust: engine.trust.clone(), ..HttpWay::default() };
    let callback_secret = callback.map(SecretString::from);
    Ok(Some(match &settings.gateway {
        model::SmsGateway::Capture => return Ok(None),
        model::SmsGateway::EuroSms { base, id, is_test } => SmsGateway::EuroSms(EuroSms::new(EuroSmsSettings {
            base: base.trim().to_owned(),
            id: id.trim().to_owned(),
            key: secret("key")?,
            sender: Sender::parse(&settings.sender).map_err(|_| Refusal::field("sender", Fault::Character))?,
            digest: EuroSmsDigest::Sha256,
            mode: if *is_test { EuroSmsMode::Test } else { EuroSmsMode::Live },
            callback_secret,
            way,
        })),
        model::SmsGateway::GoSms { base, client_id, channel, is_test } => SmsGateway::GoSms(GoSms::new(GoSmsSettings {
            base: base.trim().to_owned(),
            client_id: client_id.trim().to_owned(),
            client_secret: secret("client_secret")?,
            channel: *channel,
            mode: if *is_test { GoSmsMode::Test } else { GoSmsMode::Live },
            callback_secret,
            way,
        })),
        model::SmsGateway::Http { description } => {
            let wrong = |words: String| Refusal::field("gateway.description", Fault::Described(words));
            let mut described: HttpSettings = serde_json::from_str(description).map_err(|fault| wrong(fault.to_string()))?;
            if !settings.sender.trim().is_empty() {
                let sender = Sender::parse(&settings.sender).map_err(|_| Refusal::field("sender", Fault::Character))?;
                described.sender = Some(sender);
            }
            for name in settings.gateway.secrets() {
                if !secrets.contains_key(&name) {
                    return Err(Refusal::field(format!("secrets.{name}"), Fault::Missing));
                }
            }
            let gateway = HttpGateway::new(described, secrets, callback_secret, way);
            SmsGateway::Http(Box::new(gateway.map_err(|fault| wrong(fault.to_string()))?))
        }
        model::SmsGateway::Smpp(it) => {
            let sender = match settings.sender.trim() {
                "" => None,
                sender => Some(Sender::parse(sender).map_err(|_| Refusal::field("sender", Fault::Character))?),
            };
            SmsGateway::Smpp(Box::new(centre::made(it, secret("password")?, sender, engine.trust.clone())))
        }
    }))
}
