//! The texts that come with the program, in its three languages. Each stands in a file of its own, which a person can read and mend:
//! what it is for, then for each language name, hint, subject, preheader and body.

use model::{
    Channel, Language, Noun, PlainText, RecordKey, Refusal, TemplateAttachment, TemplateBody, TemplateDraft, TemplateText, UserId,
};
use store::Tx;
use store::templates::DeliveredKey;

use crate::{Engine, Error};

macro_rules! files {
    ($($key:literal),+ $(,)?) => {
        /// The texts by their keys, in the order in which they are made.
        const FILES: &[(&str, &str)] = &[$(($key, include_str!(concat!("delivered/", $key, ".txt")))),+];
    };
}

files![
    "order_received",
    "order_state",
    "order_paid",
    "order_ready",
    "invoice_issued",
    "payment_call",
    "reminder_1",
    "reminder_2",
    "reminder_3",
    "complaint_settled",
    "reservation_guest",
    "reservation_house",
    "before_arrival",
    "address_change",
    "event_invitation",
    "news",
    "settlement",
    "addendum",
    "buyout_offer",
    "attachment_password",
    "daily_closing",
    "late_employee",
    "task_reminder",
];

/// A delivered text as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Delivered {
    channel: Channel,
    record: Option<RecordKey>,
    is_commercial: bool,
    attach: Option<String>,
    spoken: Vec<Spoken>,
}

/// What it is called and says in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spoken {
    name: String,
    hint: String,
    text: TemplateText,
}

/// Makes the delivered templates that are not there yet, named in a language.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn deliver(engine: &Engine, tx: &mut Tx, language: Language) -> Result<(), Error> {
    for (key, file) in FILES {
        if store::templates::delivered(tx, DeliveredKey(key)).await?.is_some() {
            continue;
        }
        if let Some(draft) = read(file).and_then(|it| it.draft(language)) {
            make(engine, tx, key, draft).await?;
        }
    }
    Ok(())
}

/// Makes what a newer version of the program delivers besides; nothing before the first run.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn complete(engine: &Engine) -> Result<(), Error> {
    let mut tx = engine.store.write().await?;
    if let Some(company) = store::company::get(&mut tx).await? {
        deliver(engine, &mut tx, company.language).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The texts of a key as they are delivered.
pub(super) fn texts(key: &str) -> Option<Vec<TemplateText>> {
    let (_, file) = FILES.iter().find(|(it, _)| *it == key)?;
    Some(read(file)?.spoken.into_iter().map(|it| it.text).collect())
}

/// Makes one; when somebody has taken its name already, with a number behind it.
async fn make(engine: &Engine, tx: &mut Tx, key: &str, draft: TemplateDraft) -> Result<(), Error> {
    let now = engine.clock().now();
    for n in 1..100 {
        let name = if n == 1 { draft.name.clone() } else { format!("{} ({n})", draft.name) };
        let draft = TemplateDraft { name, ..draft.clone() };
        match store::templates::create(&engine.store, tx, &draft, Some(DeliveredKey(key)), UserId::SYSTEM, now).await {
            Err(store::Error::Refused(Refusal::Invalid(_))) => {}
            made => return Ok(made.map(|_| ())?),
        }
    }
    Err(Refusal::Stale(Noun::Template).into())
}

impl Delivered {
    fn draft(self, language: Language) -> Option<TemplateDraft> {
        let named = self.spoken.iter().find(|it| it.text.language == language)?;
        Some(TemplateDraft {
            channel: self.channel,
            record: self.record,
            name: named.name.clone(),
            hint: named.hint.clone(),
            is_commercial: self.is_commercial,
            attachments: self.attach.map(TemplateAttachment::Document).into_iter().collect(),
            is_active: true,
            texts: self.spoken.into_iter().map(|it| it.text).collect(),
            ..TemplateDraft::default()
        })
    }
}

/// Reads a file: lines `key: value`, then a part for each language that begins with a line such as `= sk`.
fn read(file: &str) -> Option<Delivered> {
    let mut parts = file.split("\n= ");
    let head = parts.next()?;
    let channel = match value(head, "channel")? {
        "email" => Channel::Email,
        "sms" => Channel::Sms,
        _ => return None,
    };
    Some(Delivered {
        channel,
        record: value(head, "record").map(|it| RecordKey(it.to_owned())),
        is_commercial: value(head, "commercial") == Some("yes"),
        attach: value(head, "attach").map(str::to_owned),
        spoken: parts.map(|it| spoken(it, channel)).collect::<Option<_>>()?,
    })
}

fn spoken(part: &str, channel: Channel) -> Option<Spoken> {
    let (code, rest) = part.split_once('\n')?;
    let (head, body) = rest.split_once("\n\n")?;
    let body = body.trim_end().to_owned();
    let own = |key: &str| value(head, key).unwrap_or_default().to_owned();
    Some(Spoken {
        name: value(head, "name")?.to_owned(),
        hint: value(head, "hint")?.to_owned(),
        text: TemplateText {
            language: Language::from_code(code)?,
            subject: own("subject"),
            preheader: own("preheader"),
            body: match channel {
                Channel::Email => TemplateBody::Html(body),
                Channel::Sms => TemplateBody::Sms(body),
            },
            plain: PlainText::Made,
        },
    })
}

fn value<'a>(head: &'a str, key: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ")).map(str::trim)
}

#[cfg(test)]
mod tests;
