//! From a leased delivery to the bytes of its mail.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use delivery::mime::{FileContent, FileEncoder, LINE, Mail, MailFile, Mailbox, Place, SharedContent};
use model::message::{Role, sms_title};
use model::{AttachmentId, Channel, EmailAddress, MessageId};
use store::PIECE;
use store::blobs::Content;
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

/// The contents of files that mails on their way carry. Those of a campaign carry the same ones: each is read and encoded once as long as
/// any of them is there.
#[derive(Default)]
pub(super) struct Carried(Mutex<HashMap<AttachmentId, SharedContent>>);

impl Carried {
    fn get(&self, id: AttachmentId) -> Option<FileContent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id)?.get()
    }

    fn keep(&self, id: AttachmentId, content: &FileContent) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, it| it.get().is_some());
        all.insert(id, content.share());
    }
}

/// Where the contents of files are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Files {
    /// In the mail.
    Inside,
    /// Beside it, to be put in piece by piece.
    Apart,
}

/// What is written in a message.
pub(super) enum Written {
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

/// Fetches the messages of leased deliveries, each once, and their files, unless they are carried already.
pub(super) async fn load(engine: &Engine, leased: Vec<Leased>, carried: &Carried) -> Result<Vec<Load>, Error> {
    let mut ids: Vec<MessageId> = leased.iter().map(|it| it.message).collect();
    ids.sort_unstable_by_key(|it| it.0);
    ids.dedup();
    let mut letters = HashMap::new();
    for (id, (written, _)) in written(engine, &ids, Files::Inside, carried).await? {
        letters.insert(id, Arc::new(Letter { written, built: OnceCell::new() }));
    }
    let gone = || Arc::new(Letter { written: Err("the message is gone".to_owned()), built: OnceCell::new() });
    let load = |leased: Leased| Load { letter: letters.get(&leased.message).cloned().unwrap_or_else(gone), leased };
    Ok(leased.into_iter().map(load).collect())
}

/// Builds the mail of a message as it leaves: subject and bytes (RFC 5322). A mail that cannot be built says why.
pub(crate) async fn build(engine: &Engine, id: MessageId) -> Result<Result<(String, Vec<u8>), String>, Error> {
    match one(engine, id).await? {
        Ok(Written::Mail(mail)) => Ok(make(engine, &mail).await?.map(|it| (it.subject, it.bytes))),
        Ok(Written::Text(_)) => Ok(Err("a text message is no e-mail".to_owned())),
        Err(fault) => Ok(Err(fault)),
    }
}

/// Builds the hidden copy of a mail: what its recipients see, under a Message-ID of its own, so that a report about the copy is never taken
/// for one about the mail, and without its links for unsubscribing, which are the recipient's. A mail that cannot be built says why.
pub(super) async fn build_copy(engine: &Engine, id: MessageId) -> Result<Result<Vec<u8>, String>, Error> {
    match one(engine, id).await? {
        Ok(Written::Mail(mut mail)) => {
            mail.headers = vec![("References".to_owned(), format!("<{}>", mail.message_id))];
            mail.message_id = format!("copy.{}", mail.message_id);
            Ok(make(engine, &mail).await?.map(|it| it.bytes))
        }
        Ok(Written::Text(_)) => Ok(Err("a text message is no e-mail".to_owned())),
        Err(fault) => Ok(Err(fault)),
    }
}

/// What is written in one message, with its files inside.
async fn one(engine: &Engine, id: MessageId) -> Result<Result<Written, String>, Error> {
    let found = written(engine, &[id], Files::Inside, &Carried::default()).await?.pop();
    let (_, (written, _)) = found.ok_or(model::Refusal::NotFound(model::Noun::Message))?;
    Ok(written)
}

/// What is written in a message, with the contents of the files that are not inside it; a damaged one says so.
pub(super) type Read = (Result<Written, String>, Vec<Content>);

/// What is written in these messages.
pub(super) async fn written(
    engine: &Engine,
    ids: &[MessageId],
    place: Files,
    carried: &Carried,
) -> Result<Vec<(MessageId, Read)>, Error> {
    let mut reader = engine.store.read().await?;
    let mut mails = Vec::with_capacity(ids.len());
    for mut letter in store::messages::letters(&engine.store, &mut reader, ids).await? {
        let words = std::mem::replace(&mut letter.words, Ok(Words::default()));
        let mut contents = Vec::new();
        let mail = match words {
            Ok(words) if letter.channel == Channel::Sms => {
                Ok(Written::Text(Text { sender: letter.sender_name.clone(), words: words.text }))
            }
            Ok(words) if letter.attachments == 0 => Ok(Written::Mail(Box::new(mail(engine, &letter, words, Vec::new())))),
            Ok(words) => files(engine, &mut reader, letter.id, place, carried).await?.map(|(files, apart)| {
                contents = apart;
                Written::Mail(Box::new(mail(engine, &letter, words, files)))
            }),
            Err(error) => Err(error.to_string()),
        };
        mails.push((letter.id, (mail, contents)));
    }
    Ok(mails)
}

/// The files of a message and, unless they are inside, their contents; a damaged one says so.
async fn files(
    engine: &Engine,
    reader: &mut store::Reader,
    id: MessageId,
    place: Files,
    carried: &Carried,
) -> Result<Result<(Vec<MailFile>, Vec<Content>), String>, Error> {
    let (mut files, mut contents) = (Vec::new(), Vec::new());
    for file in store::attachments::of_message(&engine.store, reader, id).await? {
        let inside = match place {
            Files::Inside => encoded(engine, reader, file.id, carried).await,
            Files::Apart => {
                let content = store::attachments::content(reader, file.id).await?;
                // Whoever reads is told of damage before the first byte, not by an end in the middle.
                let whole = content.verify(&engine.store, reader).await;
                contents.push(content);
                whole.map(|()| FileContent::default())
            }
        };
        match inside {
            Ok(content) => files.push(MailFile { name: file.name, media_type: file.media_type, content, place: Place::Attached }),
            Err(error @ store::Error::Damaged { .. }) => return Ok(Err(error.to_string())),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Ok((files, contents)))
}

/// A file as mails carry it: only its base64 is ever whole.
async fn encoded(
    engine: &Engine,
    reader: &mut store::Reader,
    id: AttachmentId,
    carried: &Carried,
) -> Result<FileContent, store::Error> {
    const { assert!(PIECE.is_multiple_of(LINE), "pieces are whole lines of base64") };
    if let Some(content) = carried.get(id) {
        return Ok(content);
    }
    let mut content = store::attachments::content(reader, id).await?;
    let mut encoder = FileEncoder::default();
    while let Some(piece) = content.next(&engine.store, reader).await? {
        encoder.add(&piece);
    }
    let content = encoder.finish();
    carried.keep(id, &content);
    Ok(content)
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
