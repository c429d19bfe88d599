//! From the settings of an account to its gateway.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use delivery::HttpWay;
use delivery::sms::web::{HttpSettings, Secrets};
use delivery::sms::{
    EuroSms, EuroSmsDigest, EuroSmsMode, EuroSmsSettings, GoSms, GoSmsMode, GoSmsSettings, HttpGateway, Sender, SmsGateway,
};
use model::{Account, AccountId, Fault, Refusal, SmsSettings, Transport};
use secrecy::SecretString;
use store::Connection;

use super::centre;
use crate::{Engine, Error};

/// The gateways of accounts. They are kept as long as their settings are, because they remember tokens and
/// keep connections.
#[derive(Default)]
pub(crate) struct Gateways(Mutex<HashMap<AccountId, (SmsSettings, SmsGateway)>>);

impl Gateways {
    fn kept(&self) -> MutexGuard<'_, HashMap<AccountId, (SmsSettings, SmsGateway)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets the gateway of an account whose settings or secrets changed, and says goodbye where a connection is kept.
    pub(crate) fn forget(&self, id: AccountId) {
        let kept = self.kept().remove(&id);
        if let Some((_, gateway)) = kept.filter(|it| it.1.pause().is_some()) {
            tokio::spawn(async move { gateway.close().await });
        }
    }

    /// Says goodbye to an account's gateway and waits until that is done; it is connected to anew when it is needed.
    pub(super) async fn part(&self, id: AccountId) {
        let gateway = self.kept().get(&id).map(|it| it.1.clone());
        if let Some(gateway) = gateway {
            gateway.close().await;
        }
    }

    /// Says goodbye wherever a connection is kept.
    pub(super) async fn part_all(&self) {
        let all: Vec<SmsGateway> = self.kept().values().map(|it| it.1.clone()).collect();
        for gateway in all {
            gateway.close().await;
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
    if let Some((_, gateway)) = engine.gateways.kept().get(&account.id).filter(|it| it.0 == *settings) {
        return Ok(Some(gateway.clone()));
    }
    let secrets = store::sms_accounts::secrets(&engine.store, connection, account.id).await?;
    let callback = store::sms_accounts::callback(&engine.store, connection, account.id).await?;
    let gateway = made(engine, settings, secrets.into_iter().collect(), Some(callback))?;
    if let Some(it) = &gateway {
        engine.gateways.kept().insert(account.id, (settings.clone(), it.clone()));
    }
    Ok(gateway)
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
