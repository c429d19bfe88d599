//! Carrying one delivery.

use std::sync::atomic::{AtomicBool, Ordering};

use delivery::mime::{FileContent, Mail, MailFile, Mailbox, Place};
use delivery::{Connection, Content, Envelope, Outcome, Relay, Verdict};
use model::message::Role;
use model::{Account, EmailAddress, MessageId, Moment};
use store::captured::NewCaptured;
use store::deliveries::Leased;
use store::messages::Parts;

use super::settle::{self, End, Reached};
use crate::{Ctx, Engine, Error};

/// How often a message is offered again at once because the warm connection had gone stale or was given up.
const AT_ONCE: u32 = 3;

/// What came of it for the rest of the batch.
pub(super) enum Carried {
    /// The delivery has ended or waits for its next try.
    Settled,
    /// The relay does not take anything from this account until then.
    AccountRests(Moment),
}

/// The mail that was built last; the recipients of one message follow each other and share it.
#[derive(Default)]
pub(super) struct Cargo(Option<(MessageId, String, Vec<u8>)>);

/// Carries one leased delivery and settles it.
pub(super) async fn one(
    engine: &Engine,
    account: &Account,
    relay: Option<&Relay>,
    leased: &Leased,
    cargo: &mut Cargo,
) -> Result<Carried, Error> {
    let began_at = engine.clock().now();
    let mail = match load(engine, leased.message, cargo).await? {
        Ok(mail) => mail,
        Err(fault) => {
            let end = End::rejected(Reached::Leased, began_at, &fault);
            return settle::delivery(engine, account, leased, &end).await;
        }
    };
    match relay {
        None => capture(engine, leased, &mail.1, &mail.2, began_at).await,
        Some(relay) => smtp(engine, account, relay, leased, &mail.2, began_at).await,
    }
}

/// Keeps what would have left, in one transaction with the state.
async fn capture(engine: &Engine, leased: &Leased, subject: &str, content: &[u8], began_at: Moment) -> Result<Carried, Error> {
    let ctx = Ctx::system(engine);
    let now = engine.clock().now();
    let mut tx = engine.store.write().await?;
    store::deliveries::hand(&mut tx, leased, now).await?;
    let mail = NewCaptured { message: leased.message, delivery: leased.id, recipient: &leased.address, subject, content };
    store::captured::put(&engine.store, &mut tx, mail, now).await?;
    let end = End::accepted(began_at, "", String::new(), String::new());
    settle::write(&ctx, &mut tx, leased, &end).await?;
    tx.commit().await?;
    engine.tell(model::Change::Captured);
    Ok(Carried::Settled)
}

/// Offers the mail to the relay, over the warm connection if there is one.
async fn smtp(
    engine: &Engine,
    account: &Account,
    relay: &Relay,
    leased: &Leased,
    mail: &[u8],
    began_at: Moment,
) -> Result<Carried, Error> {
    let content = match Content::new(mail) {
        Ok(content) => content,
        Err(fault) => {
            let end = End::rejected(Reached::Leased, began_at, &fault.to_string());
            return settle::delivery(engine, account, leased, &end).await;
        }
    };
    let envelope = Envelope {
        sender: EmailAddress::parse(&account.sender_address).ok(),
        recipient: leased.address.clone(),
        id: Some(format!("posel-{}", leased.id)),
    };
    let mut end = None;
    for _ in 0..AT_ONCE {
        let connection = match engine.connections.take(account.id).await {
            Some(connection) => Ok(connection),
            None => Connection::open(relay).await,
        };
        let mut connection = match connection {
            Ok(connection) => connection,
            Err(trouble) => {
                let outcome = Outcome::NotSent { trouble };
                end = Some(End::of(&outcome, Reached::Leased, began_at, relay, String::new()));
                break;
            }
        };
        let tls = connection.security_note().map(ToString::to_string).unwrap_or_default();
        let handed = AtomicBool::new(false);
        let outcome = connection
            .transmit(&envelope, &content, async || {
                let mut tx = engine.store.write().await?;
                store::deliveries::hand(&mut tx, leased, engine.clock().now()).await?;
                tx.commit().await?;
                handed.store(true, Ordering::SeqCst);
                Ok::<(), Error>(())
            })
            .await?;
        if connection.is_reusable() {
            engine.connections.keep(account.id, connection).await;
        }
        let verdict = outcome.verdict();
        let reached = if handed.load(Ordering::SeqCst) { Reached::Handed } else { Reached::Leased };
        end = Some(End::of(&outcome, reached, began_at, relay, tls));
        if verdict != Verdict::AtOnce {
            break;
        }
    }
    match end {
        Some(end) => settle::delivery(engine, account, leased, &end).await,
        None => Ok(Carried::Settled),
    }
}

type Built<'a> = &'a (MessageId, String, Vec<u8>);

/// Builds the mail of a message, unless it was built for the recipient before. A mail that cannot be built says why.
async fn load<'a>(engine: &Engine, id: MessageId, cargo: &'a mut Cargo) -> Result<Result<Built<'a>, String>, Error> {
    if cargo.0.as_ref().is_none_or(|it| it.0 != id) {
        match build(engine, id).await? {
            Ok((subject, bytes)) => cargo.0 = Some((id, subject, bytes)),
            Err(fault) => return Ok(Err(fault)),
        }
    }
    Ok(cargo.0.as_ref().ok_or_else(|| "the mail is empty".to_owned()))
}

/// Builds the mail of a message: subject and bytes (RFC 5322). A mail that cannot be built says why.
pub(crate) async fn build(engine: &Engine, id: MessageId) -> Result<Result<(String, Vec<u8>), String>, Error> {
    let mut reader = engine.store.read().await?;
    let parts = match store::messages::parts(&engine.store, &mut reader, id).await {
        Ok(parts) => parts,
        Err(error @ store::Error::Damaged { .. }) => return Ok(Err(error.to_string())),
        Err(error) => return Err(error.into()),
    };
    let mut files = Vec::new();
    for file in store::attachments::of_message(&engine.store, &mut reader, id).await? {
        match store::attachments::content(&engine.store, &mut reader, id, file.id).await {
            Ok((file, content)) => files.push(MailFile {
                name: file.name,
                media_type: file.media_type,
                content: FileContent::new(&content),
                place: Place::Attached,
            }),
            Err(error @ store::Error::Damaged { .. }) => return Ok(Err(error.to_string())),
            Err(error) => return Err(error.into()),
        }
    }
    let subject = parts.subject.clone();
    Ok(delivery::mime::build(&mail(parts, files)).map(|built| (subject, built.bytes)).map_err(|fault| fault.to_string()))
}

fn mail(parts: Parts, files: Vec<MailFile>) -> Mail {
    let list = |role: Role| {
        let of_role = parts.recipients.iter().filter(|it| it.role == role);
        of_role.map(|it| mailbox(&it.name, it.address.clone())).collect()
    };
    let parsed = |text: &str| EmailAddress::parse(text).ok();
    let (to, cc) = (list(Role::To), list(Role::Cc));
    // A sender that is no address cannot have been stored; the recipient's own would be the harmless one to show.
    let sender = parsed(&parts.sender_address).or_else(|| parts.recipients.first().map(|it| it.address.clone()));
    Mail {
        from: mailbox(&parts.sender_name, sender.unwrap_or_else(|| unreachable!("a message without recipients is never queued"))),
        reply_to: parsed(&parts.reply_to).map(|it| mailbox("", it)).into_iter().collect(),
        to,
        cc,
        subject: parts.subject,
        date_ms: parts.created_at.0,
        message_id: parts.header_id,
        text: parts.text,
        html: Some(parts.html),
        files,
        headers: Vec::new(),
    }
}

fn mailbox(name: &str, address: EmailAddress) -> Mailbox {
    Mailbox { name: (!name.is_empty()).then(|| name.to_owned()), address }
}
