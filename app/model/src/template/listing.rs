//! Templates in their list: rows, filters, order.

use serde::{Deserialize, Serialize};

use super::RecordKey;
use crate::{Channel, Cursor, Direction, Language, Moment, TemplateId};

/// A template in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateRow {
    /// Which template.
    pub id: TemplateId,
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// When it is sent, in words; may be empty.
    pub hint: String,
    /// What it travels by.
    pub channel: Channel,
    /// The record type it is about.
    pub record: Option<RecordKey>,
    /// The languages it speaks.
    pub languages: Vec<Language>,
    /// Whether it is offered when a message is written.
    pub is_active: bool,
    /// Whether it came with the program and cannot be deleted.
    pub is_delivered: bool,
    /// Counts every change; a change of an older revision is refused as stale.
    pub revision: i64,
    /// Who changed it last; empty for the system.
    pub changed_by: String,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// Which record type a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RecordFilter {
    /// Only general ones.
    General,
    /// Only those about this record type.
    Of(RecordKey),
}

/// Which templates a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFilter {
    /// What words of name, description and hint begin with; case and diacritics do not matter.
    pub words: String,
    /// Only of this channel.
    pub channel: Option<Channel>,
    /// Only about this.
    pub record: Option<RecordFilter>,
    /// Only those that speak this language.
    pub language: Option<Language>,
    /// Only active ones, or only others.
    pub active: Option<bool>,
    /// Only those that came with the program, or only others.
    pub delivered: Option<bool>,
    /// Only those that came with the program and do not have the texts any more with which they came.
    #[serde(default)]
    pub is_touched: bool,
}

/// What templates are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TemplateSort {
    /// By name in the order of the Czech and Slovak alphabet.
    #[default]
    Name,
    /// By time of the last change.
    Updated,
}

/// A question for one page of templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateQuery {
    /// Which ones.
    pub filter: TemplateFilter,
    /// By what.
    pub sort: TemplateSort,
    /// Which way.
    pub direction: Direction,
    /// Behind which row.
    pub after: Option<Cursor>,
}
