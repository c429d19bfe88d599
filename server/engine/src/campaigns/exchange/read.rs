//! XML as campaigns. Whatever is not as the schema says is refused with its line and its name, so that nothing gets lost in silence.

use std::io::Read;

use model::campaign::EXCHANGED_MAX;
use model::time::{days, hours, minutes, seconds};
use model::{
    CampaignContent, CampaignDraft, CampaignPace, CampaignStart, Channel, ConsentRule, Day, Language, Moment, PlainText,
    Reaction, SendingWindow, TableFault, TemplateBody, TemplateText, Unmatched, UnmatchedKind,
};
use store::Code;
use tables::read::{Element, Fault, Poured, tree_without};

use super::digits::Digits;
use super::part::{lone, only, require, unexpected, wrong, yes};
use super::portable::{NamedSet, Portable, PortableFile};
use super::sets;
use super::write::{DAYS, YES};

/// What comes of the files in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// The next piece of a file: [`PIECE`](crate::PIECE) bytes, or fewer at its end.
    Piece(Vec<u8>),
    /// The file ends.
    End,
}

/// Reads all campaigns of a document of at most so many bytes. Their files are handed out piece by piece, in their order.
///
/// # Errors
/// Refuses with the place what is no XML, no document of campaigns, or of a version that is not known.
pub(super) fn campaigns(
    source: &mut dyn Read,
    max: usize,
    each: &mut dyn FnMut(Came) -> Result<(), Fault>,
) -> Result<Vec<Portable>, Fault> {
    let (mut digits, mut are_good) = (Digits::default(), Vec::new());
    let root = tree_without(source, max, Some("file"), &mut |poured| match poured {
        Poured::Text(text) => digits.take(text, &mut |piece| each(Came::Piece(piece))),
        Poured::End => {
            are_good.push(std::mem::take(&mut digits).finish(&mut |piece| each(Came::Piece(piece)))?);
            each(Came::End)
        }
    })?;
    let mut files = Files { are_good, next: 0 };
    if root.name != "campaigns" {
        return Err(unexpected(&root, &root.name));
    }
    only(&root, &["version"], &["campaign"])?;
    match require(&root, "version")? {
        "1" => {}
        version => return Err(wrong(&root, "version", version)),
    }
    if root.children.is_empty() {
        return Err(root.fault(TableFault::Missing { name: "campaign".to_owned() }));
    }
    if let Some(over) = root.children.get(EXCHANGED_MAX) {
        return Err(over.fault(TableFault::TooManyElements { max: EXCHANGED_MAX as u64 }));
    }
    root.children.iter().map(|it| campaign(it, &mut files)).collect()
}

/// The files of a document in their order: whether each was base64.
struct Files {
    are_good: Vec<bool>,
    next: usize,
}

fn campaign(it: &Element, files: &mut Files) -> Result<Portable, Fault> {
    let attributes = ["name", "channel", "kind", "classification", "account", "measure", "approval", "diacritics"];
    only(it, &attributes, &["note", "sender", "template", "text", "file", "audience", "start", "pace"])?;
    let text = |name: &str| it.attribute(name).unwrap_or_default().to_owned();
    let switched = |name: &str, on: &str| match it.attribute(name) {
        None => Ok(false),
        Some(value) if value == on => Ok(true),
        Some(value) => Err(wrong(it, name, value)),
    };
    let channel = code(it, "channel")?.unwrap_or_default();
    let mut draft = CampaignDraft {
        name: require(it, "name")?.to_owned(),
        channel,
        kind: code(it, "kind")?.unwrap_or_default(),
        classification: text("classification"),
        wants_approval: switched("approval", "wanted")?,
        keeps_diacritics: switched("diacritics", "kept")?,
        note: lone(it, "note")?.map(|it| it.text.clone()).unwrap_or_default(),
        start: lone(it, "start")?.map_or(Ok(CampaignStart::AtOnce), start)?,
        pace: lone(it, "pace")?.map_or(Ok(CampaignPace::default()), pace)?,
        ..CampaignDraft::default()
    };
    for word in it.attribute("measure").unwrap_or_default().split_whitespace() {
        match word {
            "opens" => draft.measure.opens = true,
            "clicks" => draft.measure.clicks = true,
            _ => return Err(wrong(it, "measure", word)),
        }
    }
    if let Some(sender) = lone(it, "sender")? {
        only(sender, &["name"], &[])?;
        draft.sender_name = sender.attribute("name").unwrap_or_default().to_owned();
        draft.sender_address = sender.text.clone();
    }
    let mut portable = Portable { line: it.line, account: it.attribute("account").map(str::to_owned), ..Portable::default() };
    portable.template = lone(it, "template")?.map(|it| it.text.clone());
    let mut texts = Vec::new();
    for child in it.children.iter().filter(|it| it.name == "text") {
        if portable.template.is_some() {
            return Err(unexpected(child, "text"));
        }
        texts.push(own_text(child, channel)?);
    }
    draft.content = CampaignContent::Own(texts);
    for child in it.children.iter().filter(|it| it.name == "file") {
        if channel == Channel::Sms {
            return Err(unexpected(child, "file"));
        }
        portable.files.push(file(child, files)?);
    }
    if let Some(found) = lone(it, "audience")? {
        audience(found, &mut draft, &mut portable)?;
    }
    portable.draft = draft;
    Ok(portable)
}

/// A value of a closed set; nothing when it is not there.
pub(super) fn code<T: Code>(it: &Element, name: &str) -> Result<Option<T>, Fault> {
    it.attribute(name).map(|value| T::from_code(value).map_err(|_| wrong(it, name, value))).transpose()
}

fn own_text(it: &Element, channel: Channel) -> Result<TemplateText, Fault> {
    only(it, &["language"], &["subject", "preheader", "body", "plain"])?;
    let language = require(it, "language")?;
    let language = Language::from_code(language).ok_or_else(|| wrong(it, "language", language))?;
    let text = |name: &str| Ok::<_, Fault>(lone(it, name)?.map(|it| it.text.clone()).unwrap_or_default());
    let Some(body) = lone(it, "body")? else { return Err(it.fault(TableFault::Missing { name: "body".to_owned() })) };
    only(body, &["form"], &[])?;
    let words = body.text.clone();
    let body = match (channel, require(body, "form")?) {
        (Channel::Email, "html") => TemplateBody::Html(words),
        (Channel::Email, "mjml") => TemplateBody::Mjml(words),
        (Channel::Email, "blocks") => TemplateBody::Blocks(words),
        (Channel::Sms, "sms") => TemplateBody::Sms(words),
        (_, form) => return Err(wrong(body, "form", form)),
    };
    let plain = lone(it, "plain")?.map_or(PlainText::Made, |it| PlainText::Own(it.text.clone()));
    Ok(TemplateText { language, subject: text("subject")?, preheader: text("preheader")?, body, plain })
}

fn file(it: &Element, files: &mut Files) -> Result<PortableFile, Fault> {
    only(it, &["name", "type"], &[])?;
    let name = require(it, "name")?.to_owned();
    let place = files.next;
    files.next += 1;
    if files.are_good.get(place) != Some(&true) {
        return Err(wrong(it, "file", &name));
    }
    Ok(PortableFile { line: it.line, name, media_type: it.attribute("type").unwrap_or_default().to_owned(), place })
}

fn audience(it: &Element, draft: &mut CampaignDraft, portable: &mut Portable) -> Result<(), Fault> {
    let names = ["list", "segment", "got", "ticked", "matching", "exclude", "unmatched", "typed"];
    only(it, &["consent", "no-bulk"], &names)?;
    draft.audience.consent = match it.attribute("consent") {
        None => ConsentRule::NotWithdrawn,
        Some("given") => ConsentRule::Given,
        Some(other) => return Err(wrong(it, "consent", other)),
    };
    draft.audience.overrides_no_bulk = match it.attribute("no-bulk") {
        None => false,
        Some("overridden") => true,
        Some(other) => return Err(wrong(it, "no-bulk", other)),
    };
    draft.audience.typed = lone(it, "typed")?.map(|it| it.text.clone()).unwrap_or_default();
    let excluded = lone(it, "exclude")?;
    if let Some(excluded) = excluded {
        only(excluded, &[], &names[..5])?;
    }
    portable.include = all_sets(it)?;
    portable.exclude = excluded.map_or(Ok(Vec::new()), all_sets)?;
    let unmatched = it.children.iter().filter(|it| it.name == "unmatched");
    draft.unmatched = unmatched.map(undecided).collect::<Result<_, _>>()?;
    Ok(())
}

fn all_sets(it: &Element) -> Result<Vec<NamedSet>, Fault> {
    let found: Result<Vec<Option<NamedSet>>, Fault> = it.children.iter().map(sets::read).collect();
    Ok(found?.into_iter().flatten().collect())
}

fn undecided(it: &Element) -> Result<Unmatched, Fault> {
    only(it, &["kind", "excluded"], &[])?;
    let kind = require(it, "kind")?;
    let kind = UnmatchedKind::from_code(kind).ok_or_else(|| wrong(it, "kind", kind))?;
    Ok(Unmatched { kind, name: it.text.clone(), is_excluded: yes(it, "excluded")?.unwrap_or_default() })
}

/// How a reaction is called in files.
pub(super) fn reaction(it: &Element) -> Result<Option<Reaction>, Fault> {
    Ok(match it.attribute("reaction") {
        None => None,
        Some("opened") => Some(Reaction::Opened),
        Some("clicked") => Some(Reaction::Clicked),
        Some("nothing") => Some(Reaction::Nothing),
        Some(other) => return Err(wrong(it, "reaction", other)),
    })
}

fn start(it: &Element) -> Result<CampaignStart, Fault> {
    only(it, &["at", "kept"], &[])?;
    match (it.attribute("at"), it.attribute("kept")) {
        (Some(at), None) => moment(at).map(CampaignStart::At).ok_or_else(|| wrong(it, "at", at)),
        (None, Some(YES)) => Ok(CampaignStart::Kept),
        (None, Some(kept)) => Err(wrong(it, "kept", kept)),
        (None, None) => Err(it.fault(TableFault::Missing { name: "at".to_owned() })),
        (Some(_), Some(_)) => Err(unexpected(it, "kept")),
    }
}

/// A moment as `2026-05-28T20:26:40Z` (RFC 3339 in UTC, to the second).
fn moment(text: &str) -> Option<Moment> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let numbers: Vec<i64> = time.split(':').map(|it| it.parse().ok().filter(|_| it.len() == 2)).collect::<Option<_>>()?;
    let [hour @ 0..=23, minute @ 0..=59, second @ 0..=59] = numbers[..] else { return None };
    let day = Day::parse(day).ok().filter(|it| it.to_string() == day)?;
    Some(Moment(days(day.0) + hours(hour) + minutes(minute) + seconds(second)))
}

fn pace(it: &Element) -> Result<CampaignPace, Fault> {
    only(it, &["per-hour", "days", "from", "until"], &[])?;
    let per_hour = it.attribute("per-hour").map(|value| value.parse().map_err(|_| wrong(it, "per-hour", value))).transpose()?;
    let window = match (it.attribute("days"), it.attribute("from"), it.attribute("until")) {
        (None, None, None) => None,
        _ => Some(SendingWindow { days: weekdays(it)?, from: minute(it, "from")?, until: minute(it, "until")? }),
    };
    Ok(CampaignPace { per_hour, window })
}

fn weekdays(it: &Element) -> Result<u8, Fault> {
    let place = |word: &str| DAYS.iter().position(|it| *it == word).ok_or_else(|| wrong(it, "days", word));
    require(it, "days")?.split_whitespace().try_fold(0, |days, word| Ok(days | (1 << place(word)?)))
}

/// A minute of the day as `08:30`; `24:00` is midnight at the end.
fn minute(it: &Element, name: &str) -> Result<u16, Fault> {
    let text = require(it, name)?;
    let two = |it: &str| it.parse::<u16>().ok().filter(|_| it.len() == 2);
    let read = || {
        let (hour, minute) = text.split_once(':')?;
        let minute = two(hour)? * 60 + two(minute).filter(|it| *it < 60)?;
        (minute <= 1_440).then_some(minute)
    };
    read().ok_or_else(|| wrong(it, name, text))
}
