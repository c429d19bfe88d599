//! Receipts in answers and calls.

use serde_json::Value;

use super::{
    fault::SettingsFault,
    pick::{Finder, Pick, Subject},
    settings::{ReceiptReading, TimeForm, TimeReading},
};
use crate::{
    sms::{Amount, GatewayZone, Receipt, Reference, SegmentId, SmsState, local_time::with_offset, receipt::number},
    visible::visible,
};

/// A reading that is known to be right.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    list: Option<String>,
    id: Option<Finder>,
    pub reference: Option<Finder>,
    recipient: Option<Finder>,
    state: Finder,
    states: Vec<(String, SmsState)>,
    at: Option<(Finder, TimeForm, GatewayZone)>,
    price: Option<Finder>,
    error: Option<Finder>,
}

impl Reading {
    pub fn new(settings: &ReceiptReading) -> Result<Self, SettingsFault> {
        let optional = |pick: &Option<Pick>, place| match pick {
            Some(pick) => pick.compile().map(Some).ok_or(SettingsFault::Pick(place)),
            None => Ok(None),
        };
        let list = settings.list.clone();
        if list.as_ref().is_some_and(|it| !it.is_empty() && !it.starts_with('/')) {
            return Err(SettingsFault::Pick("the list of receipts"));
        }
        let at = match &settings.at {
            Some(TimeReading { pick, form, zone }) => {
                Some((pick.compile().ok_or(SettingsFault::Pick("the time of a receipt"))?, form.clone(), *zone))
            }
            None => None,
        };
        Ok(Self {
            list,
            id: optional(&settings.id, "the id of a receipt")?,
            reference: optional(&settings.reference, "the reference of a receipt")?,
            recipient: optional(&settings.recipient, "the number of a receipt")?,
            state: settings.state.compile().ok_or(SettingsFault::Pick("the state of a receipt"))?,
            states: settings.states.clone(),
            at,
            price: optional(&settings.price, "the price of a receipt")?,
            error: optional(&settings.error, "the error of a receipt")?,
        })
    }

    /// What is told; items without a state are left out.
    pub fn receipts(&self, subject: &Subject) -> Vec<Receipt> {
        match &self.list {
            None => self.receipt(&subject.json, &subject.text).into_iter().collect(),
            Some(at) => {
                let items = subject.json.pointer(at).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                items.iter().filter_map(|item| self.receipt(item, &item.to_string())).collect()
            }
        }
    }

    fn receipt(&self, json: &Value, text: &str) -> Option<Receipt> {
        let find = |finder: &Option<Finder>| finder.as_ref().and_then(|it| it.find(json, text));
        let word = self.state.find(json, text)?;
        let word = word.trim();
        Some(Receipt {
            segment: find(&self.id).and_then(|it| SegmentId::new(&it)),
            reference: find(&self.reference).and_then(|it| Reference::parse(it.trim()).ok()),
            recipient: find(&self.recipient).and_then(|it| number(&it)),
            number: None,
            state: self.states.iter().find(|it| it.0 == word).map(|it| it.1),
            word: visible(word.as_bytes(), 64),
            at: self.at.as_ref().and_then(|(finder, form, zone)| time(&finder.find(json, text)?, form, *zone)),
            sent_at: None,
            price: find(&self.price).and_then(|it| Amount::parse(&it)),
            carrier: None,
            error: find(&self.error).map(|it| visible(it.as_bytes(), 200)),
        })
    }
}

fn time(text: &str, form: &TimeForm, zone: GatewayZone) -> Option<i64> {
    let text = text.trim();
    match form {
        TimeForm::Rfc3339 => with_offset(text),
        TimeForm::UnixSeconds => text.parse::<i64>().ok()?.checked_mul(1000),
        TimeForm::UnixMilliseconds => text.parse().ok(),
        TimeForm::Form(form) => zone.read_as(form, text),
    }
}
