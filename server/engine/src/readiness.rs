//! Use cases about readiness: looks at the chain from an account to a mailbox, link by link, and names what is missing.

mod dmarc;
mod names;
mod reverse;
mod signing;
mod spf;
mod unsubscribe;

use model::{
    Account, AccountDraft, AccountId, AccountState, BounceMailbox, EmailAddress, Evidence, Finding, MailboxDraft, Noun,
    Permission, ProbeStage, ProbeStep, Readiness, ReadinessCheck, Refusal, SmtpSettings, Transport,
};
use store::dkim_keys::StoredKey;

use crate::{Ctx, Error};

/// Looks at one link of the chain. Asked one after another, the answers tell how far it has come.
///
/// # Errors
/// Refuses an account that is not there, and one without a relay.
pub async fn check(ctx: &Ctx, account: AccountId, check: ReadinessCheck) -> Result<Readiness, Error> {
    ctx.require(Permission::AccountsManage)?;
    let scene = Scene::read(ctx, account).await?;
    let dns = ctx.engine.dns();
    match check {
        ReadinessCheck::Account => Ok(standing(&scene)),
        ReadinessCheck::Sender => Ok(sender(&scene)),
        ReadinessCheck::Relay => relay(ctx, &scene).await,
        ReadinessCheck::Spf => Ok(spf::look(dns, &scene.return_domain, &scene.smtp.host).await),
        ReadinessCheck::Dkim => Ok(signing::look(dns, &scene.domain, &scene.keys).await),
        ReadinessCheck::Dmarc => {
            let facts = dmarc::Facts {
                domain: &scene.domain,
                return_domain: &scene.return_domain,
                signs: signing::signs(&scene.keys),
                report_to: &scene.account.sender_address,
            };
            Ok(dmarc::look(dns, &facts).await)
        }
        ReadinessCheck::ReverseName => Ok(reverse::look(dns, &scene.smtp.host).await),
        ReadinessCheck::Mailbox => mailbox(ctx, &scene).await,
        ReadinessCheck::Unsubscribe => Ok(unsubscribe::look(&ctx.engine.public_url, signing::signs(&scene.keys))),
    }
}

/// What is known here about an account.
struct Scene {
    account: Account,
    smtp: SmtpSettings,
    /// Behind the `@` of the sender.
    domain: String,
    /// Behind the `@` of the return path.
    return_domain: String,
    mailbox: Option<BounceMailbox>,
    keys: Vec<StoredKey>,
    is_held: bool,
    is_usable: bool,
}

impl Scene {
    async fn read(ctx: &Ctx, id: AccountId) -> Result<Self, Error> {
        let mut reader = ctx.engine.store.read().await?;
        let account = store::accounts::for_sending(&mut reader, id).await?;
        let Transport::Smtp(smtp) = account.transport.clone() else { return Err(Refusal::BuiltIn(Noun::Account).into()) };
        let domain = EmailAddress::parse(&account.sender_address).map(|it| it.domain().to_owned()).unwrap_or_default();
        let mailbox = store::bounce_mailboxes::of_account(&mut reader, id).await?;
        let returns = mailbox.as_ref().and_then(|it| EmailAddress::parse(&it.settings.address).ok());
        let keys = match model::DomainName::parse(&domain) {
            Ok(domain) => store::dkim_keys::of_domain(&mut reader, &domain).await?,
            Err(_) => Vec::new(),
        };
        Ok(Self {
            return_domain: returns.map_or_else(|| domain.clone(), |it| it.domain().to_owned()),
            is_held: store::sending::is_paused(&mut reader).await?,
            is_usable: store::senders::is_usable(&mut reader, &account.sender_address).await?,
            account,
            smtp,
            domain,
            mailbox,
            keys,
        })
    }
}

fn standing(scene: &Scene) -> Readiness {
    let (finding, reply) = match &scene.account.state {
        _ if scene.is_held => (Finding::EverythingHeld, None),
        AccountState::Paused => (Finding::AccountPaused, None),
        AccountState::Trouble { reply, .. } => (Finding::AccountInTrouble, Some(reply)),
        AccountState::Active => (Finding::AccountSends, None),
    };
    let evidence = reply.map(|it| Evidence { asked: relay_of(&scene.smtp), answer: it.clone() });
    Readiness {
        check: ReadinessCheck::Account,
        finding,
        about: scene.account.name.clone(),
        evidence: evidence.into_iter().collect(),
        record: None,
    }
}

fn sender(scene: &Scene) -> Readiness {
    let finding = if scene.is_usable { Finding::SenderUsable } else { Finding::SenderUnusable };
    let about = scene.account.sender_address.clone();
    Readiness { check: ReadinessCheck::Sender, finding, about, evidence: Vec::new(), record: None }
}

/// Goes through all steps of a connection with the stored password, and sends nothing.
async fn relay(ctx: &Ctx, scene: &Scene) -> Result<Readiness, Error> {
    let account = &scene.account;
    let draft = AccountDraft {
        name: account.name.clone(),
        smtp: scene.smtp.clone(),
        password: None,
        sender_name: account.sender_name.clone(),
        sender_address: account.sender_address.clone(),
        reply_to: account.reply_to.clone(),
        hourly_limit: account.hourly_limit,
        pace: account.pace.clone(),
    };
    let steps = crate::accounts::test(ctx, Some(account.id), draft).await?;
    let told = |it: &ProbeStep| Evidence { asked: step(it.stage).to_owned(), answer: it.answer.clone() };
    Ok(Readiness {
        check: ReadinessCheck::Relay,
        finding: met(&steps),
        about: relay_of(&scene.smtp),
        evidence: steps.iter().map(told).collect(),
        record: None,
    })
}

/// A step by the word that stands for it in logs of mail servers.
fn step(stage: ProbeStage) -> &'static str {
    match stage {
        ProbeStage::Resolve => "DNS",
        ProbeStage::Connect => "TCP",
        ProbeStage::Greeting => "220",
        ProbeStage::Hello => "EHLO",
        ProbeStage::StartTls => "STARTTLS",
        ProbeStage::Certificate => "TLS",
        ProbeStage::Login => "AUTH",
        ProbeStage::Sender => "MAIL FROM",
    }
}

fn met(steps: &[ProbeStep]) -> Finding {
    match (steps.iter().find(|it| !it.passed), steps.iter().find_map(|it| it.hint)) {
        (Some(failed), _) => Finding::RelayFails(failed.stage, failed.hint),
        (None, Some(hint)) => Finding::RelayWarns(hint),
        (None, None) => Finding::RelayTakes,
    }
}

/// Opens the bounce mailbox with the stored password, and reads nothing.
async fn mailbox(ctx: &Ctx, scene: &Scene) -> Result<Readiness, Error> {
    let Some(mailbox) = &scene.mailbox else {
        let (check, about) = (ReadinessCheck::Mailbox, scene.account.name.clone());
        return Ok(Readiness { check, finding: Finding::MailboxMissing, about, evidence: Vec::new(), record: None });
    };
    let draft = MailboxDraft { settings: mailbox.settings.clone(), password: None };
    let probe = crate::bounces::test_mailbox(ctx, scene.account.id, draft).await?;
    let asked = format!("{}:{}", mailbox.settings.host, mailbox.settings.port);
    let (finding, answer) = match probe.trouble {
        Some((stage, words)) => (Finding::MailboxFails(stage), words),
        None => (Finding::MailboxOpens, probe.mails.unwrap_or_default().to_string()),
    };
    Ok(Readiness {
        check: ReadinessCheck::Mailbox,
        finding,
        about: mailbox.settings.address.clone(),
        evidence: vec![Evidence { asked, answer }],
        record: None,
    })
}

fn relay_of(smtp: &SmtpSettings) -> String {
    format!("{}:{}", smtp.host, smtp.port)
}

#[cfg(test)]
mod tests;
