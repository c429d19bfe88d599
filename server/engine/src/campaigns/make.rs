//! One recipient's message: what all have in common is done once, the values are put in and escaped for their place.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use content::letter::{self, Filled, Imprint, Letter};
use content::merge::Diacritics;
use model::campaign::doubt;
use model::message::sms_title;
use model::{
    CampaignKind, Channel, Contact, FieldDefinition, FieldDoubt, Language, MergeValue, MergeValues, MessageId, MissingField,
    PostalAddress, UnresolvedReason,
};
use render::{Body, Content as Mail, Picture};
use store::Connection;
use store::campaigns::Stored;
use store::campaigns::contents::Content;
use store::campaigns::prepared::{Fills, Made, Wanted, Words};

use super::cost::Length;
use crate::ctx::Actor;
use crate::reactions::Marker;
use crate::templates::{Office, all_fields};
use crate::{Ctx, Engine, Error};

/// What makes the messages of one campaign. Shared by the threads that do it.
pub(super) struct Maker {
    engine: Engine,
    /// What they are made from.
    pub content: Content,
    kind: CampaignKind,
    company: model::Company,
    own: Vec<FieldDefinition>,
    diacritics: Diacritics,
    length: Length,
    marker: Marker,
    texts: HashMap<Language, Arc<Text>>,
}

/// What a campaign says in one language.
struct Text {
    letter: Letter,
    fields: Vec<String>,
    /// What stands in the fields whoever it goes to.
    office: MergeValues,
    /// What stands in the fields of a sample.
    samples: MergeValues,
}

/// Message and place of a sample.
const NOBODY: (MessageId, i64) = (MessageId(0), 0);

/// Somebody for whom a message is made.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    /// The contact, unless the address belongs to nobody.
    pub contact: Option<&'a Contact>,
    /// Whether they agreed to be written to, so that it may be known whose reaction it is.
    pub agrees: bool,
}

/// A message with the pictures that it alone carries.
pub(super) struct Plate {
    /// The message.
    pub made: Made,
    /// Payment codes, called by the HTML by their names.
    pub pictures: Vec<Picture>,
}

/// A text filled for somebody.
struct Portion {
    text: Arc<Text>,
    filled: Filled,
    missing: Vec<MissingField>,
    build: i64,
}

impl Maker {
    /// Compiles the texts of a content.
    ///
    /// # Errors
    /// Names merge code that does not compile: an own field may have gone since.
    pub async fn of(ctx: &Ctx, connection: &mut Connection, it: &Stored, content: Content) -> Result<Self, Error> {
        let as_author = author(ctx, it);
        let office = Office::of(&as_author, connection).await?;
        let own = store::fields::all(connection).await?;
        let mut texts = HashMap::new();
        for text in &content.draft.texts {
            let fields = all_fields(connection, None, text.language).await?;
            let letter = Letter::compile(text, &letter::catalogue(&fields)).map_err(crate::templates::refused)?;
            let mut values = office.values(connection, None, text.language).await?;
            values.text("campaign.name", it.draft.name.trim());
            let samples = MergeValues::samples(&fields);
            let fields = letter.fields().into_iter().map(str::to_owned).collect();
            texts.insert(text.language, Arc::new(Text { letter, fields, office: values, samples }));
        }
        Ok(Self {
            engine: ctx.engine.clone(),
            diacritics: letter::diacritics(&content.draft),
            length: Length::of(ctx, connection, &content).await?,
            marker: Marker::of(&ctx.engine, connection, it.id, it.draft.measure).await?,
            content,
            kind: it.draft.kind,
            company: office.company,
            own,
            texts,
        })
    }

    /// The language somebody is spoken to who is written to in another.
    fn spoken(&self, wanted: Language) -> Language {
        self.content.draft.text_for(wanted, self.company.language).map_or(wanted, |it| it.language)
    }

    /// What all messages have in common: the texts in all languages, filled with samples.
    ///
    /// # Errors
    /// Fails when a text cannot be made at all.
    pub fn common(&self) -> Result<String, Error> {
        let mut common = String::new();
        for text in &self.content.draft.texts {
            let words = self.sample(text.language)?;
            common.push_str(&words.text);
            common.push('\n');
            common.push_str(&words.html);
            common.push('\n');
        }
        Ok(common)
    }

    /// What the campaign says to a sample in a language, which messages are compared with.
    ///
    /// # Errors
    /// Fails when the text cannot be made at all.
    pub fn sample(&self, language: Language) -> Result<Words, Error> {
        let Some(text) = self.texts.get(&self.spoken(language)) else { return Ok(Default::default()) };
        let mut values = text.samples.clone();
        values
            .0
            .extend(text.office.0.iter().filter(|it| *it.1 != MergeValue::Missing).map(|(path, it)| (path.clone(), it.clone())));
        crate::unsubscribe::put_links(&self.engine, MessageId(0), &mut values);
        let filled = text.letter.fill(&letter::values(&values), self.diacritics).unwrap_or_default();
        let (words, _) = self.rendered(text, filled, NOBODY)?;
        Ok(words)
    }

    /// The fields that are missing or doubtful for somebody, without making the message.
    pub fn missing(&self, wanted: &Wanted, contact: Option<&Contact>, fills: &Fills) -> Vec<MissingField> {
        let Some(portion) = self.fill(wanted, contact, fills, MessageId(0)) else { return vec![unmakeable()] };
        let mut missing = portion.missing;
        if self.content.draft.channel == Channel::Sms
            && let Ok((words, _)) = self.rendered(&portion.text, portion.filled, NOBODY)
        {
            missing.extend(self.too_long(&words.text).1);
        }
        missing
    }

    /// Makes somebody's message.
    ///
    /// # Errors
    /// Fails when the HTML cannot be read at all.
    pub fn make(
        &self,
        wanted: &Wanted,
        person: Person<'_>,
        fills: &Fills,
        (message, header_id): (MessageId, String),
    ) -> Result<Plate, Error> {
        // Of whoever did not agree to it, nothing but totals is counted.
        let is_named = person.agrees && !self.marker.is_idle();
        let place = if is_named { wanted.place } else { 0 };
        let (mut words, mut pictures, mut build, mut parts) = (Words::default(), Vec::new(), 0, 0);
        let language = self.spoken(wanted.language);
        let mut missing = vec![unmakeable()];
        if let Some(portion) = self.fill(wanted, person.contact, fills, message) {
            (missing, build) = (portion.missing, portion.build);
            (words, pictures) = self.rendered(&portion.text, portion.filled, (message, place))?;
            if self.content.draft.channel == Channel::Sms {
                let (n, doubt) = self.too_long(&words.text);
                parts = n;
                missing.extend(doubt);
            }
        }
        let made = Made {
            wanted: wanted.clone(),
            message,
            revision: person.contact.map(|it| it.revision),
            language,
            subject: words.subject,
            text: words.text,
            html: words.html,
            parts,
            missing,
            build,
            header_id,
            is_named,
        };
        Ok(Plate { made, pictures })
    }

    /// In how many parts a text message leaves, and what is wrong when those are too many.
    fn too_long(&self, text: &str) -> (u32, Option<MissingField>) {
        let (parts, max) = (self.length.parts(text), self.length.parts_max);
        let doubt = FieldDoubt::TooManyParts(max);
        (parts, (max < parts).then(|| MissingField { path: "body".to_owned(), doubt }))
    }

    /// Fills the text for somebody and lists what is missing or doubtful; nothing when it cannot be filled at all.
    fn fill(&self, wanted: &Wanted, contact: Option<&Contact>, fills: &Fills, message: MessageId) -> Option<Portion> {
        let language = self.spoken(wanted.language);
        let text = self.texts.get(&language)?.clone();
        let mut values = text.office.clone();
        match contact {
            Some(contact) => letter::put_contact(&mut values, contact, &self.own, language),
            None => values.text("contact.email", wanted.address.as_str()),
        }
        crate::unsubscribe::put_links(&self.engine, message, &mut values);
        let mut accepted = BTreeSet::new();
        for (place, path, value) in fills.iter().filter(|it| it.0 == 0 || it.0 == wanted.place) {
            match value {
                // What is filled in for everybody stands only where nothing, or nothing to be trusted, does.
                Some(words) if *place != 0 || is_open(values.0.get(path)) => values.text(path, words.as_str()),
                Some(_) => {}
                None => {
                    accepted.insert(path.clone());
                }
            }
        }
        let mut missing: Vec<MissingField> = Vec::new();
        for path in text.fields.iter().filter(|it| !accepted.contains(*it)) {
            if let Some(doubt) = values.0.get(path).and_then(doubt) {
                missing.push(MissingField { path: path.clone(), doubt });
            }
        }
        let filled = text.letter.fill(&letter::values(&values), self.diacritics).ok()?;
        for it in &filled.unresolved {
            let field = MissingField { path: it.path.clone(), doubt: FieldDoubt::Unresolved(it.reason) };
            if !missing.contains(&field) {
                missing.push(field);
            }
        }
        let build = text.build(language, &values);
        Some(Portion { text, filled, missing, build })
    }

    /// The message as it leaves, with the payment codes that stand in it.
    fn rendered(&self, text: &Text, filled: Filled, (message, place): (MessageId, i64)) -> Result<(Words, Vec<Picture>), Error> {
        let language = text.letter.language();
        let filled = if self.kind == CampaignKind::Commercial { self.with_imprint(filled, message, language) } else { filled };
        if self.content.draft.channel == Channel::Sms {
            // A text message has no subject; lists show how it begins.
            let words = Words { subject: sms_title(&filled.text), text: filled.text, ..Words::default() };
            return Ok((words, Vec::new()));
        }
        let html = filled.html_with_preheader();
        // A payment that no bank would understand stands as it was written; the check of the content tells of it.
        let (html, pictures) = match render::payments(&html, |name| ["cid:", &model::message::content_id(name)].concat()) {
            Ok(drawn) => (drawn.html, drawn.pictures),
            Err(_) => (html, Vec::new()),
        };
        let mail = Mail { subject: &filled.subject, body: Body::Html(&html), signature: "", language: language.code() };
        let rendered = render::email(&mail)?;
        let text = if filled.text.trim().is_empty() { rendered.subject.clone() } else { filled.text };
        let html = match self.marker.is_idle() {
            true => rendered.html,
            false => self.marker.marked(&self.engine, &rendered.html, place),
        };
        Ok((Words { subject: rendered.subject, text, html, content: None }, pictures))
    }

    fn with_imprint(&self, filled: Filled, message: MessageId, language: Language) -> Filled {
        let seat = PostalAddress {
            street: self.company.street.clone(),
            city: self.company.city.clone(),
            postcode: self.company.postcode.clone(),
            country: String::new(),
        };
        let links = crate::unsubscribe::links(&self.engine, message);
        let imprint = Imprint {
            unsubscribe: &links.unsubscribe,
            name: &self.company.name,
            number: &self.company.registration_number,
            seat: &seat.line(),
        };
        filled.with_imprint(&imprint, language)
    }
}

impl Text {
    /// A number that messages built alike share: in one language, with values in the same fields and the same answers to yes or no.
    fn build(&self, language: Language, values: &MergeValues) -> i64 {
        let mut parts = vec![language.code()];
        for path in &self.fields {
            parts.push(match values.0.get(path) {
                None | Some(MergeValue::Missing | MergeValue::Bool(false)) => "0",
                Some(_) => "1",
            });
        }
        store::campaigns::audience::key(&parts.concat()) & 0xffff_ffff
    }
}

/// Whether a value may be replaced by one for everybody.
fn is_open(value: Option<&MergeValue>) -> bool {
    value.is_none_or(|it| *it == MergeValue::Missing || doubt(it).is_some())
}

/// A text that would be longer than any text may be.
fn unmakeable() -> MissingField {
    MissingField { path: "body".to_owned(), doubt: FieldDoubt::Unresolved(UnresolvedReason::Unfit) }
}

/// The campaign's author, on whose behalf the background writes: only the name counts.
fn author(ctx: &Ctx, it: &Stored) -> Ctx {
    let actor = Actor { id: it.author.0, name: it.author.1.clone(), permissions: Default::default(), session: None };
    Ctx { engine: ctx.engine.clone(), actor, network: String::new() }
}
