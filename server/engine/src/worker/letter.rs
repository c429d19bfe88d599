//! From a leased delivery to the bytes of its mail.

use std::collections::HashMap;
use std::sync::Arc;

use delivery::mime::{FileContent, Mail, MailFile, Mailbox, Place};
use model::message::{Role, sms_title};
use model::{Channel, EmailAddress, MessageId};
use store::deliveries::Leased;
use store::messages::Words;
use tokio::sync::OnceCell;

use crate::{Engine, Error};

/// A leased delivery with its message.
pub(super) struct Load {
    /// The delivery.
    pub leased: Leased,
    /// The message, shared by its recipients.
    pub letter: Arc<Letter>,
}

/// A message that is on its way, built when the first of its recipients is served.
pub(super) struct Letter {
    written: Result<Written, String>,
    built: OnceCell<Result<Built, String>>,
}

/// What is written in a message.
enum Written {
    Mail(Box<Mail>),
    Text(Text),
}

/// A text message.
pub(super) struct Text {
    /// Who it comes from; empty leaves it to the account.
    pub sender: String,
    /// The final text.
    pub words: String,
}

/// A message as it leaves or is kept.
pub(super) struct Built {
    /// Subject; of a text message how it begins.
    pub subject: String,
    /// The mail (RFC 5322); of a text message its sender, a line break and the text.
    pub bytes: Vec<u8>,
}

impl Letter {
    /// The message; one that cannot be built says why.
    ///
    /// # Errors
    /// Fails when the keys that sign it cannot be read.
    pub async fn built(&self, engine: &Engine) -> Result<Result<&Built, &String>, Error> {
        let built = self.built.get_or_try_init(async || match &self.written {
            Ok(Written::Mail(mail)) => make(engine, mail).await,
            Ok(Written::Text(text)) => {
                let bytes = format!("{}\n{}", text.sender, text.words).into_bytes();
                Ok(Ok(Built { subject: sms_title(&text.words), bytes }))
            }
            Err(fault) => Ok(Err(fault.clone())),
        });
        Ok(built.await?.as_ref())
    }

    /// The text message.
    ///
    /// # Errors
    /// Says why there is none.
    pub fn text(&self) -> Result<&Text, String> {
        match &self.written {
            Ok(Written::Text(text)) => Ok(text),
            Ok(Written::Mail(_)) => Err("an e-mail is no text message".to_owned()),
            Err(fault) => Err(fault.clone()),
        }
    }
}

/// Fetches the messages of leased deliveries, each once.
pub(super) async fn load(engine: &Engine, leased: Vec<Leased>) -> Result<Vec<Load>, Error> {
    let mut ids: Vec<MessageId> = leased.iter().map(|it| it.message).collect();
    ids.sort_unstable_by_key(|it| it.0);
    ids.dedup();
    let mut letters = HashMap::new();
    for (id, written) in written(engine, &ids).await? {
        letters.insert(id, Arc::new(Letter { written, built: OnceCell::new() }));
    }
    let gone = || Arc::new(Letter { written: Err("the message is gone".to_owned()), built: OnceCell::new() });
    let load = |leased: Leased| Load { letter: letters.get(&leased.message).cloned().unwrap_or_else(gone), leased };
    Ok(leased.into_iter().map(load).collect())
}

/// Builds the mail of a message: subject and bytes (RFC 5322). A mail that cannot be built says why.
pub(crate) async fn build(engine: &Engine, id: MessageId) -> Result<Result<(String, Vec<u8>), String>, Error> {
    match written(engine, &[id]).await?.pop().ok_or(model::Refusal::NotFound(model::Noun::Message))?.1 {
        Ok(Written::Mail(mail)) => Ok(make(engine, &mail).await?.map(|it| (it.subject, it.bytes))),
        Ok(Written::Text(_)) => Ok(Err("a text message is no e-mail".to_owned())),
        Err(fault) => Ok(Err(fault)),
    }
}

/// The mail as it is made anew from what is kept, without the signatures of domains, whose keys change; a fault says why there is none.
///
/// # Errors
/// Refuses a message that is not there; fails when the database fails.
pub(crate) async fn unsigned(engine: &Engine, id: MessageId) -> Result<Result<Vec<u8>, String>, Error> {
    match written(engine, &[id]).await?.pop().ok_or(model::Refusal::NotFound(model::Noun::Message))?.1 {
        Ok(Written::Mail(mail)) => Ok(delivery::mime::build(&mail).map(|it| it.bytes).map_err(|it| it.to_string())),
        Ok(Written::Text(_)) => Ok(Err("a text message is no e-mail".to_owned())),
        Err(fault) => Ok(Err(fault)),
    }
}

/// What is written in these messages; a damaged one says so.
async fn written(engine: &Engine, ids: &[MessageId]) -> Result<Vec<(MessageId, Result<Written, String>)>, Error> {
    let mut reader = engine.store.read().await?;
    let mut mails = Vec::with_capacity(ids.len());
    for mut letter in store::messages::letters(&engine.store, &mut reader, ids).await? {
        let words = std::mem::replace(&mut letter.words, Ok(Words::default()));
        let mail = match words {
            Ok(words) if letter.channel == Channel::Sms => {
                Ok(Written::Text(Text { sender: letter.sender_name.clone(), words: words.text }))
            }
            Ok(words) if letter.attachments == 0 => Ok(Written::Mail(Box::new(mail(engine, &letter, words, Vec::new())))),
            Ok(words) => files(engine, &mut reader, letter.id)
                .await?
                .map(|files| Written::Mail(Box::new(mail(engine, &letter, words, files)))),
            Err(error) => Err(error.to_string()),
        };
        mails.push((letter.id, mail));
    }
    Ok(mails)
}

/// The files of a message; a damaged one says so.
async fn files(engine: &Engine, reader: &mut store::Reader, id: MessageId) -> Result<Result<Vec<MailFile>, String>, Error> {
    let mut files = Vec::new();
    for file in store::attachments::of_message(&engine.store, reader, id).await? {
        match store::attachments::content(&engine.store, reader, id, file.id).await {
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
    Ok(Ok(files))
}

/// Builds and signs a mail.
async fn make(engine: &Engine, mail: &Mail) -> Result<Result<Built, String>, Error> {
    match delivery::mime::build(mail) {
        Ok(built) => {
            let bytes = crate::dkim::signed(engine, mail.from.address.domain(), built.bytes).await?;
            Ok(Ok(Built { subject: mail.subject.clone(), bytes }))
        }
        Err(fault) => Ok(Err(fault.to_string())),
    }
}

fn mail(engine: &Engine, letter: &store::messages::Letter, words: Words, files: Vec<MailFile>) -> Mail {
    let list = |role: Role| {
        let of_role = letter.recipients.iter().filter(|it| it.role == role);
        of_role.filter_map(|it| Some(mailbox(&it.name, it.address.email()?.clone()))).collect()
    };
    let parsed = |text: &str| EmailAddress::parse(text).ok();
    // A sender that is no address cannot have been stored; the recipient's own would be the harmless one to show.
    let sender = parsed(&letter.sender_address).or_else(|| letter.recipients.iter().find_map(|it| it.address.email().cloned()));
    let files = files.into_iter().map(|it| placed(it, &words.html)).collect();
    Mail {
        from: mailbox(
            &letter.sender_name,
            sender.unwrap_or_else(|| unreachable!("a message without recipients is never queued")),
        ),
        reply_to: parsed(&letter.reply_to).map(|it| mailbox("", it)).into_iter().collect(),
        to: list(Role::To),
        cc: list(Role::Cc),
        subject: words.subject,
        date_ms: letter.created_at.0,
        message_id: letter.header_id.clone(),
        text: words.text,
        html: Some(words.html),
        files,
        headers: if letter.is_commercial { crate::unsubscribe::headers(engine, letter.id) } else { Vec::new() },
    }
}

/// A file that the HTML calls by its content id stands in the text.
fn placed(file: MailFile, html: &str) -> MailFile {
    let content_id = model::message::content_id(&file.name);
    match model::message::is_called(html, &content_id) {
        true => MailFile { place: Place::Inline { content_id }, ..file },
        false => file,
    }
}

fn mailbox(name: &str, address: EmailAddress) -> Mailbox {
    Mailbox { name: (!name.is_empty()).then(|| name.to_owned()), address }
}
