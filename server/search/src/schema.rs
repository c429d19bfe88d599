//! The fields of the index. Nothing is stored: only words, ids and times.

use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

use crate::Document;
use crate::analysis::Analyzer;

/// Raised whenever the fields, the analysis or the form of the files change: an index of another version is made anew.
pub(crate) const VERSION: u32 = 5;

pub(crate) const CREATED_AT: &str = "created_at";
pub(crate) const ID: &str = "id";

const EXACT: &str = "exact";
const STEMMED: &str = "stemmed";
const BEGINNINGS: &str = "beginnings";

/// What part of a message a word is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Everything: subject, body, sender, recipients, names of attachments and, where they are taken in, the words inside.
    All,
    /// The subject.
    Subject,
    /// The recipients.
    To,
    /// The sender.
    From,
    /// The names of the attachments and, where they are taken in, the words inside.
    Attachment,
    /// The name of the campaign, which is not among the words of the message.
    Campaign,
}

/// A text twice: its words as they stand, with positions for phrases, and their stems.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub exact: Field,
    pub stemmed: Field,
}

/// All fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub schema: Schema,
    pub id: Field,
    pub created_at: Field,
    pub author: Field,
    pub contact: Field,
    pub campaign: Field,
    all: Text,
    subject: Text,
    to: Text,
    from: Text,
    attachment: Text,
    campaign_name: Text,
}

impl Fields {
    /// Lays the fields out.
    pub fn new() -> Self {
        let mut schema = Schema::builder();
        let id = schema.add_i64_field(ID, INDEXED | FAST);
        let created_at = schema.add_i64_field(CREATED_AT, FAST);
        let author = schema.add_i64_field("author", INDEXED);
        let contact = schema.add_i64_field("contact", INDEXED);
        let campaign = schema.add_i64_field("campaign", INDEXED);
        let mut text = |name: &str| Text {
            exact: schema.add_text_field(&format!("{name}_exact"), placed()),
            stemmed: schema.add_text_field(&format!("{name}_stemmed"), weighed()),
        };
        let (all, subject, to, from, attachment) = (text("all"), text("subject"), text("to"), text("from"), text("attachment"));
        let campaign_name = text("campaign_name");
        let schema = schema.build();
        Self { schema, id, created_at, author, contact, campaign, all, subject, to, from, attachment, campaign_name }
    }

    /// The fields of a part.
    pub fn text(&self, part: Part) -> Text {
        match part {
            Part::All => self.all,
            Part::Subject => self.subject,
            Part::To => self.to,
            Part::From => self.from,
            Part::Attachment => self.attachment,
            Part::Campaign => self.campaign_name,
        }
    }

    /// A message as tantivy takes it.
    pub fn fill(&self, document: &Document) -> TantivyDocument {
        let mut filled = TantivyDocument::new();
        filled.add_i64(self.id, document.id);
        filled.add_i64(self.created_at, document.created_at);
        filled.add_i64(self.author, document.author);
        for contact in &document.contacts {
            filled.add_i64(self.contact, *contact);
        }
        if let Some(campaign) = document.campaign {
            filled.add_i64(self.campaign, campaign);
        }
        let mut put = |part: Part, value: &str| {
            for text in [self.text(part), self.all] {
                filled.add_text(text.exact, value);
                filled.add_text(text.stemmed, value);
            }
        };
        put(Part::Subject, &document.subject);
        put(Part::From, &document.sender);
        document.recipients.iter().for_each(|it| put(Part::To, it));
        document.attachments.iter().for_each(|it| put(Part::Attachment, it));
        document.contents.iter().for_each(|it| put(Part::Attachment, it));
        filled.add_text(self.campaign_name.exact, &document.campaign_name);
        filled.add_text(self.campaign_name.stemmed, &document.campaign_name);
        filled.add_text(self.all.exact, &document.body);
        filled.add_text(self.all.stemmed, &document.body);
        filled
    }
}

/// The analysis under the names that the fields use.
pub(crate) fn tokenizers() -> TokenizerManager {
    // The engine asks for its own default also for fields of numbers.
    let tokenizers = TokenizerManager::default();
    tokenizers.register(EXACT, TextAnalyzer::from(Analyzer::Exact));
    tokenizers.register(STEMMED, TextAnalyzer::from(Analyzer::Stemmed));
    tokenizers.register(BEGINNINGS, TextAnalyzer::from(Analyzer::Beginnings));
    tokenizers
}

/// Words as they stand, with their places for phrases; how often one stands there weighs nothing.
pub(crate) fn placed() -> TextOptions {
    options(EXACT, IndexRecordOption::WithFreqsAndPositions, false)
}

/// Stems, with how often each stands in how long a text, for the order by likeness.
pub(crate) fn weighed() -> TextOptions {
    options(STEMMED, IndexRecordOption::WithFreqs, true)
}

/// Beginnings of words: only whether they are there.
pub(crate) fn begun() -> TextOptions {
    options(BEGINNINGS, IndexRecordOption::Basic, false)
}

fn options(tokenizer: &str, record: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record).set_fieldnorms(lengths);
    TextOptions::default().set_indexing_options(indexing)
}
